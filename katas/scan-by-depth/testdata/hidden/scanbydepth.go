// Package hidden holds the cases of scan-by-depth. An element says which inputs
// it is made of and how deep it is, so that order, operations and depth are
// counted and need no clock.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"check/probe"
	scanbydepth "check/solution"
)

// large is how many elements the limits of the brief are for.
const large = 1 << 16

// Suite lists corner cases, then what is counted: operations and depth, and how
// many operations follow one another when goroutines advance together.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "nil slice", New: lengths(0)},
		{Name: "one element", New: lengths(1)},
		{Name: "two elements", New: lengths(2)},
		{Name: "every length up to 70", New: lengths(upTo(70)...)},
		{Name: "strings", New: words},
		{Name: "linear functions", New: functions},
		{Name: "lengths that do not divide", New: lengths(1009, 4097, 20_011), Repeat: 3},
		{Name: "2^16 elements", New: counted},
		{Name: "2^16 elements, in step", New: inStep},
	}}
}

func upTo(n int) (all []int) {
	for i := range n + 1 {
		all = append(all, i)
	}
	return all
}

// part is what an element of xs is, or what op made of several: xs[from-1] to
// xs[to-1], in this order. The zero value is made of nothing, and what is made
// of it is nothing either.
type part struct{ from, to, depth int32 }

func inputs(n int) []part {
	if n == 0 {
		return nil
	}
	xs := make([]part, n)
	for i := range xs {
		xs[i] = part{from: int32(i + 1), to: int32(i + 1)}
	}
	return xs
}

func combine(a, b part) part {
	if a.from == 0 || b.from == 0 || a.to+1 != b.from {
		return part{}
	}
	return part{a.from, b.to, 1 + max(a.depth, b.depth)}
}

// right says what is wrong with the prefixes of xs, in words that are the same
// whenever nothing is.
func right(n int, xs, prefixes []part) string {
	if len(prefixes) != n {
		return fmt.Sprintf("%d prefixes of %d elements", len(prefixes), n)
	}
	for i, p := range prefixes {
		switch {
		case p.from == 0:
			return fmt.Sprintf("of %d prefixes number %d is made of elements that do not follow one another, or of a zero T", n, i)
		case p.from != 1 || int(p.to) != i+1:
			return fmt.Sprintf("of %d prefixes number %d is xs[%d] to xs[%d]", n, i, p.from-1, p.to-1)
		}
	}
	if !slices.Equal(xs, inputs(n)) {
		return fmt.Sprintf("xs, of %d elements, is changed", n)
	}
	return fmt.Sprintf("%d prefixes, each of all elements up to its own", n)
}

func lengths(ns ...int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		xs, prefixes := make([][]part, len(ns)), make([][]part, len(ns))
		for i, n := range ns {
			xs[i] = inputs(n)
		}
		input := fmt.Sprint(ns[0])
		if last := len(ns) - 1; last > 0 {
			input += fmt.Sprintf(" to %d", ns[last])
		}
		return probe.Task{
			Input: input + " elements",
			Run: func() {
				for i := range ns {
					prefixes[i] = scanbydepth.Scan(xs[i], combine)
				}
			},
			Output: func() string {
				var lines []string
				for i, n := range ns {
					lines = append(lines, right(n, xs[i], prefixes[i]))
				}
				return strings.Join(lines, "\n")
			},
		}
	}
}

func words(r *rand.Rand) probe.Task {
	xs := make([]string, 5+r.IntN(20))
	for i := range xs {
		xs[i] = string(rune('a' + r.IntN(26)))
	}
	var prefixes []string
	return probe.Task{
		Input:  fmt.Sprintf("%q, joined", xs),
		Run:    func() { prefixes = scanbydepth.Scan(xs, func(a, b string) string { return a + b }) },
		Output: func() string { return fmt.Sprintf("%q", prefixes) },
	}
}

// linear is x -> a*x + b modulo 2^64: one after the other they are linear
// again, and which one comes first matters.
type linear struct{ a, b uint64 }

func functions(r *rand.Rand) probe.Task {
	xs := make([]linear, 1000)
	for i := range xs {
		xs[i] = linear{r.Uint64() | 1, r.Uint64()}
	}
	var prefixes []linear
	return probe.Task{
		Input: "1000 functions x -> ax + b, each applied after the one before it",
		Run: func() {
			prefixes = scanbydepth.Scan(xs, func(f, g linear) linear { return linear{g.a * f.a, g.a*f.b + g.b} })
		},
		Output: func() string {
			var b strings.Builder
			for _, p := range prefixes {
				fmt.Fprintf(&b, "%x %x\n", p.a, p.b)
			}
			return b.String()
		},
	}
}

// counted counts operations, and reads the depth off the prefixes.
func counted(*rand.Rand) probe.Task {
	xs := inputs(large)
	var prefixes []part
	var operations atomic.Int64
	procs := runtime.GOMAXPROCS(0)
	return probe.Task{
		Input: "2^16 elements that know their depth",
		Run: func() {
			prefixes = scanbydepth.Scan(xs, func(a, b part) part {
				operations.Add(1)
				return combine(a, b)
			})
		},
		Output: func() string { return right(large, xs, prefixes) },
		Bounds: func() []probe.Bound {
			deepest := 0
			for _, p := range prefixes {
				deepest = max(deepest, int(p.depth))
			}
			reason, try := "underused", "Cut xs into as many blocks as runtime.GOMAXPROCS(0) says, or more, and combine their totals before the elements."
			if deepest >= large-1 {
				reason, try = "serial", "Combine blocks of xs that do not wait for each other; then bring in what stands before each block."
			}
			return []probe.Bound{
				probe.AtMost("operations", int(operations.Load()), 9*large/4,
					"overhead", "Touch every element twice, once for its block and once for what stands before the block, and not once for each power of two."),
				probe.AtMost("levels of depth", deepest, 2*large/procs+2*procs, reason, try),
			}
		},
	}
}

// One call of op in so many is held.
const oneIn = 128

// sampled says which. Multiples of irrational numbers are spread so evenly that
// of any run of calls, along a block or across a level of a tree, nearly the
// same share is held.
func sampled(p part) bool {
	const golden, root3 = 0x9e3779b97f4a7c15, 0xbb67ae8584caa73b
	return (uint64(p.to)*golden+uint64(p.from)*root3)>>57 == 0
}

// inStep holds one call in 128 until no goroutine can go on. The number of
// steps is how many of these followed one another, in whatever way: because one
// needs what the other gives, because the same goroutine makes both, because a
// lock keeps them apart.
func inStep(*rand.Rand) probe.Task {
	xs := inputs(large)
	var prefixes []part
	procs := runtime.GOMAXPROCS(0)
	all := probe.NewLockstep()
	limit := 3 * large / procs
	decided := func(steps, most int) bool {
		if procs < 4 { // two passes over two blocks take as long as one over all
			return most >= 2 || steps*oneIn >= large*3/4
		}
		return steps*oneIn > limit
	}
	return probe.Task{
		Input: "2^16 elements; one call of op in 128 waits until all goroutines do",
		Run: func() {
			if procs == 1 {
				prefixes = scanbydepth.Scan(xs, combine)
				return
			}
			all.Run(func() {
				prefixes = scanbydepth.Scan(xs, func(a, b part) part {
					p := combine(a, b)
					if p != (part{}) && sampled(p) {
						all.Hold(0)
						if decided(all.Steps(), all.Most()) {
							all.Release()
						}
					}
					return p
				})
			})
		},
		Output: func() string { return right(large, xs, prefixes) },
		Bounds: func() []probe.Bound {
			if procs == 1 {
				return nil
			}
			if bounds := all.Impatient("op"); bounds != nil {
				return bounds
			}
			reason := "serialised"
			if all.Alone() {
				reason = "serial"
			}
			bounds := []probe.Bound{probe.AtLeast("calls of op under way at once", all.Most(), 2,
				reason, "Start a goroutine for each block, and wait for all of them after the last one is started; hold no lock while op runs.")}
			if procs >= 4 {
				bounds = append(bounds, probe.AtMost("calls of op after one another, counted up to the limit", all.Steps()*oneIn, limit,
					"serialised", "Give both passes over the elements to several goroutines: the combining of blocks, and the bringing in of what stands before them."))
			}
			return bounds
		},
	}
}
