package trace

import (
	"cmp"
	"slices"
	"strings"

	"gokata/checker/evidence"
)

// The span is a path through the run. To name it, each goroutine keeps by what
// its span clock came to stand where it does: a list of links, newest first,
// that shares its tail with the lists of others. A goroutine's list is renewed
// when it is created and when a goroutine ahead of it wakes it.

const (
	// mostLinks bounds the memory for links, 32 bytes each. A run with more
	// hand-overs has no path.
	mostLinks = 500_000
	// mostSteps is how many steps of the path a trace reports.
	mostSteps = 16
)

// Ways by which a path comes to a step.
const (
	byStart = "start" // the run begins
	byGo    = "go"    // the step before, or a timer, has started the goroutine
	byWake  = "wakes" // the step before has woken it
)

// link says how a goroutine's span clock came to stand at from.
type link struct {
	from int64 // ns on the clock
	prev int32 // index of the link that it came from, or none
	wake bool
	who  *origin
	at   *place
}

// links holds the links of a run.
type links struct {
	list []link
	over bool // there were too many
}

// add keeps a link and returns its index.
func (l *links) add(k link) int32 {
	if len(l.list) == mostLinks {
		*l = links{over: true}
	}
	if l.over {
		return 0
	}
	l.list = append(l.list, k)
	return int32(len(l.list) - 1)
}

// origin is what goroutines have in common that start at the same line with
// the same function.
type origin struct {
	start   *start
	place   *place // where the line is that starts them
	learned string // function of the learner that one of them was seen in
}

// name is the function that these goroutines run, without the path of its
// package. Where library code has started them, as wg.Go does, it is the
// learner's outermost function seen in one of their stacks; where no stack was
// seen, the one that called the library.
func (o *origin) name() string {
	if o.start.own {
		return base(o.start.fn)
	}
	return base(cmp.Or(o.learned, o.place.fn, o.start.fn))
}

// base drops the path of the package in a function's name.
func base(fn string) string {
	path, _, _ := strings.Cut(fn, "[") // of a type argument
	return fn[strings.LastIndexByte(path, '/')+1:]
}

// path gives the steps that lead to the clock reading span by the list that
// starts at last, and how many hand-overs it has. The running times of the
// steps add up to span.
func (l *links) path(last int32, span int64) (steps []evidence.Step, handovers int) {
	if l.over || len(l.list) == 0 {
		return nil, 0
	}
	var way []int32
	for i := last; i >= 0; i = l.list[i].prev {
		way = append(way, i)
	}
	slices.Reverse(way)
	type stretch struct {
		link *link
		ran  int64
	}
	var joined []stretch
	for n, i := range way {
		k, end := &l.list[i], span
		if n+1 < len(way) {
			end = l.list[way[n+1]].from
		}
		if n > 0 && k.alike(joined[len(joined)-1].link) {
			joined[len(joined)-1].ran += end - k.from
		} else {
			joined = append(joined, stretch{k, end - k.from})
		}
	}
	// The first stays, being the start of the run; of the others the longest. The
	// time of one that goes is booked to the one before.
	keep := make([]int, len(joined)-1)
	for i := range keep {
		keep[i] = i + 1
	}
	slices.SortFunc(keep, func(a, b int) int {
		return cmp.Or(cmp.Compare(joined[b].ran, joined[a].ran), cmp.Compare(a, b))
	})
	kept := make([]bool, len(joined))
	kept[0] = true
	for _, i := range keep[:min(len(keep), mostSteps-1)] {
		kept[i] = true
	}
	for i, s := range joined {
		if !kept[i] {
			steps[len(steps)-1].Ran += s.ran
			continue
		}
		steps = append(steps, evidence.Step{Func: s.link.who.name(), How: s.link.how(), At: s.link.at.at, Ran: s.ran})
	}
	return steps, len(way) - 1
}

func (k *link) how() string {
	switch {
	case k.prev < 0:
		return byStart
	case k.wake:
		return byWake
	}
	return byGo
}

// alike reports whether two links make steps that read the same.
func (k *link) alike(other *link) bool {
	return k.how() == other.how() && k.at.at == other.at.at &&
		(k.who == other.who || k.who.name() == other.who.name())
}
