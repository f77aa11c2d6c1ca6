package trace

import (
	"cmp"
	"slices"

	"gokata/checker/evidence"
)

const (
	// mostSlices is how many slices a timeline holds: more than a screen can show.
	mostSlices = 50_000
	// closeBy is how near slices are that may be joined, ns.
	closeBy = 1000
)

// timeline takes down what ran on which P. It sees each event after the fold,
// which knows what belongs to the solution.
type timeline struct {
	run    int  // of the fold
	inRun  bool // slices count
	start  int64
	procs  int64            // GOMAXPROCS
	lanes  map[int32]*lane  // by P
	on     map[int64]*lane  // where a goroutine runs
	names  map[int64]string // functions that goroutines start with
	slices []slice
}

// lane is a P and what runs there now.
type lane struct {
	proc  int32
	taken bool
	slice
}

// slice is an evidence.Slice on its way. Its kind is Other until the names of
// all goroutines are known.
type slice struct {
	from, to  int64
	goroutine int64
	proc      int32
	preempted bool
	what      evidence.What
	origin    *origin // of a goroutine of the solution's
}

func newTimeline() *timeline {
	return &timeline{lanes: map[int32]*lane{}, on: map[int64]*lane{}, names: map[int64]string{}}
}

// add takes an event that f has taken.
func (t *timeline) add(e event, f *fold) {
	t.learn(e)
	if t.run != f.runs {
		t.begin(e, f)
	}
	switch e.kind {
	case procs:
		t.procs = e.who
	case create, move:
		if e.to == running {
			t.enter(e.proc, e.who, e.at, f)
		} else {
			t.leave(e.who, e.at, e.to == runnable && e.reason == "preempted")
		}
	case pause, resume:
		if l := t.on[e.who]; l != nil {
			t.leave(e.who, e.at, false)
			t.enter(l.proc, e.who, e.at, f)
		}
	}
	if t.inRun && f.ended {
		for _, l := range t.on {
			t.record(l, f.now, false)
		}
		t.inRun = false
	}
}

// learn keeps the function that a goroutine starts with.
func (t *timeline) learn(e event) {
	switch {
	case e.kind == create && e.start != nil:
		t.names[e.who] = e.start.fn
	case e.place == nil || e.place.first == "":
	case e.by != nobody:
		t.names[e.by] = e.place.first
	case e.kind == move: // it was there before the trace
		t.names[e.who] = e.place.first
	}
}

// begin forgets what lies before the run that begins with e.
func (t *timeline) begin(e event, f *fold) {
	t.run, t.start, t.inRun, t.slices = f.runs, f.start, true, nil
	if t.on[f.root] == nil {
		t.enter(e.proc, f.root, e.at, f)
	}
	for g, l := range t.on {
		l.slice.from = f.start
		l.what, l.origin = belongs(g, f)
	}
}

// belongs says what it is that goroutine g does now.
func belongs(g int64, f *fold) (evidence.What, *origin) {
	switch mine := f.mine[g]; {
	case mine == nil:
		return evidence.Other, nil
	case mine.pauses > 0:
		return evidence.GC, mine.origin
	default:
		return evidence.Yours, mine.origin
	}
}

// enter puts g on a P.
func (t *timeline) enter(proc int32, g, at int64, f *fold) {
	if proc < 0 {
		return
	}
	l := t.lanes[proc]
	if l == nil {
		l = &lane{proc: proc}
		t.lanes[proc] = l
	}
	if l.taken {
		t.leave(l.goroutine, at, false)
	}
	t.leave(g, at, false)
	l.taken = true
	l.slice = slice{from: at, goroutine: g, proc: proc}
	l.what, l.origin = belongs(g, f)
	t.on[g] = l
}

// leave takes g off its P, if it is on one.
func (t *timeline) leave(g, at int64, preempted bool) {
	l := t.on[g]
	if l == nil {
		return
	}
	delete(t.on, g)
	l.taken = false
	t.record(l, at, preempted)
}

// record keeps what has run on a P until now.
func (t *timeline) record(l *lane, at int64, preempted bool) {
	if !t.inRun || at <= l.from {
		return
	}
	l.to, l.preempted = at, preempted
	t.slices = append(t.slices, l.slice)
	if len(t.slices) == 2*mostSlices {
		t.thin()
	}
}

// finish writes the timeline of the run that f has taken to its end.
func (t *timeline) finish(f *fold, out *evidence.Timeline) {
	if len(t.slices) > mostSlices {
		t.thin()
	}
	slices.SortFunc(t.slices, func(a, b slice) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.proc, b.proc))
	})
	numbers := map[int32]int{}
	*out = evidence.Timeline{Wall: f.now - f.start}
	for _, s := range t.slices {
		n, ok := numbers[s.proc]
		if !ok {
			n = len(numbers)
			numbers[s.proc] = n
		}
		fn := t.names[s.goroutine]
		if s.origin != nil {
			fn = s.origin.name()
		}
		out.Slices = append(out.Slices, evidence.Slice{
			Proc: n, From: s.from - t.start, To: s.to - t.start, What: t.kind(s),
			Goroutine: s.goroutine, Func: base(fn), Preempted: s.preempted,
		})
	}
	out.Procs = max(int(t.procs), len(numbers))
}

// kind says what a slice is, as far as names are known.
func (t *timeline) kind(s slice) evidence.What {
	if s.what == evidence.Other {
		switch t.names[s.goroutine] {
		case "runtime.gcBgMarkWorker", "runtime.bgsweep":
			return evidence.GC
		}
	}
	return s.what
}

// thin leaves at most mostSlices. First those are joined that are of the same
// kind and goroutine and close by. If that will not do, the shortest go: they
// are joined to a neighbour of their kind, whoever ran there, or left out.
func (t *timeline) thin() {
	t.join(func(before, s *slice) bool {
		return before.goroutine == s.goroutine
	}, func(*slice) bool { return true })
	if len(t.slices) <= mostSlices {
		return
	}
	lengths := make([]int64, len(t.slices))
	for i, s := range t.slices {
		lengths[i] = s.to - s.from
	}
	slices.Sort(lengths)
	short := lengths[len(lengths)-mostSlices-1]
	long := func(s *slice) bool { return s.to-s.from > short }
	t.join(func(_, s *slice) bool { return !long(s) }, long)
}

// join joins each slice to the one before on its P where these are of one kind,
// close by, and may be joined. Of the others, it keeps those that keep wants.
func (t *timeline) join(may func(before, s *slice) bool, keep func(*slice) bool) {
	last := map[int32]int{} // index of what was kept, by P
	kept := t.slices[:0]
	for _, s := range t.slices {
		if i, ok := last[s.proc]; ok {
			before := &kept[i]
			if t.kind(*before) == t.kind(s) && s.from-before.to < closeBy && may(before, &s) {
				before.to, before.preempted = s.to, s.preempted
				continue
			}
		}
		if keep(&s) {
			last[s.proc] = len(kept)
			kept = append(kept, s)
		}
	}
	t.slices = kept
}
