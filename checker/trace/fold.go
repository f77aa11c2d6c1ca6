package trace

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// longestRegion bounds the times of a trace, so that sums over a million
// goroutines cannot overflow. The limits on a child are far below it.
const longestRegion = int64(time.Hour)

// fold is the state of the analysis after some events.
type fold struct {
	rootFunc string // its last goroutine is the workload; empty: the region is
	next     int64  // goroutine that becomes the root as soon as it runs
	runs     int    // of the workload that have begun
	run
}

// run is what the fold knows of one run of the workload.
type run struct {
	begun, ended bool
	root         int64 // goroutine that entered the region
	start, now   int64 // of the region; of the last event
	mine         map[int64]*goroutine
	active       []*goroutine // of mine, those that run the solution's code now
	ready        int          // how many of mine run or are ready to run

	histogram [mostActive + 1]int64
	readiness [mostActive + 1]int64 // running time while that many ran or were ready
	collected int64                 // running time given to the garbage collector
	work      int64
	span      int64      // furthest span clock of all goroutines, settled so far
	furthest  *goroutine // the first whose clock came to span
	created   int
	peak      int   // most goroutines alive at once
	width     int   // most goroutines ready or running for any time
	switches  int   // from running to anything else
	calls     int64 // time in system calls
	lived     int64 // lifetime of all but the root
	rootLived int64
	longest   int64  // running time of the busiest goroutine
	longestAt *place // where it was started
	blocks    map[blockKey]*tally
	samples   map[*place]int
	origins   map[origin]*origin
	links     links
	segments  segments
}

// mostActive is how many goroutines at once the histogram tells apart.
const mostActive = 64

// newFold makes a fold over the region, or over the last goroutine that starts
// with rootFunc where that is not empty.
func newFold(rootFunc string) *fold { return &fold{rootFunc: rootFunc, next: nobody} }

// add takes the next event. It is an error of the trace if the event cannot be.
func (f *fold) add(e event) error {
	if e.place == nil {
		e.place = nowhere
	}
	if f.rootFunc != "" {
		if e = f.enter(e); e.kind == regionBegin {
			f.run = run{} // the last one counts
		}
	}
	switch {
	case e.kind == procs:
		return nil
	case f.ended && e.kind == regionBegin:
		return errors.New("the trace holds more than one workload region")
	case f.ended:
		return nil
	case !f.begun:
		if e.kind == regionBegin {
			f.begin(e)
		}
		return nil
	case e.kind == sample: // its time may lie a little before the last event's
		if f.mine[e.by] != nil {
			f.samples[e.place]++
		}
		return nil
	case e.at < f.now || uint64(e.at-f.start) > uint64(longestRegion): // also where the difference overflows
		return fmt.Errorf("time jumps from %d to %d ns", f.now, e.at)
	}
	f.advance(e.at)
	return f.apply(e)
}

// enter makes regions of the goroutines that start with rootFunc, in place of
// those that are in the trace.
func (f *fold) enter(e event) event {
	switch {
	case e.kind == regionBegin || e.kind == regionEnd:
		e.kind = procs // of no account
	case e.kind == create && e.start != nil && e.start.fn == f.rootFunc:
		f.next = e.who
	case e.kind == move && e.who == f.next && e.to == running:
		f.next = nobody
		e.kind, e.by = regionBegin, e.who
	case e.kind == move && e.to == gone && f.begun && e.who == f.root:
		e.kind, e.by = regionEnd, e.who
	}
	return e
}

func (f *fold) apply(e event) error {
	if by := f.mine[e.by]; by != nil && by.origin.learned == "" {
		by.origin.learned = e.place.outer
	}
	switch e.kind {
	case regionBegin:
		return errors.New("the trace holds more than one workload region")
	case regionEnd:
		if e.by != f.root {
			return errors.New("the workload region ends on another goroutine than it began")
		}
		f.end()
	case create:
		return f.create(e)
	case move:
		f.move(e)
	case pause, resume:
		f.pause(e)
	}
	return nil
}

func (f *fold) begin(e event) {
	f.run = run{
		begun: true, root: e.by, start: e.at, now: e.at,
		mine: map[int64]*goroutine{}, blocks: map[blockKey]*tally{},
		samples: map[*place]int{}, origins: map[origin]*origin{},
	}
	f.runs++
	g := &goroutine{id: e.by, born: e.at, since: e.at}
	g.origin = f.originOf(&start{fn: caller, own: true}, nowhere)
	g.link = f.links.add(link{prev: none, who: g.origin, at: nowhere})
	g.segment = f.segments.open(none, none)
	f.adopt(g, running)
	f.furthest = g
}

// caller stands for the function of the goroutine that calls the solution.
const caller = "main"

// adopt makes g one of the solution's goroutines.
func (f *fold) adopt(g *goroutine, s state) {
	f.mine[g.id] = g
	f.peak = max(f.peak, len(f.mine))
	f.change(g, s, 0)
}

// originOf gives the origin of goroutines that start so.
func (f *fold) originOf(s *start, at *place) *origin {
	key := origin{start: s, place: at}
	if f.origins[key] == nil {
		f.origins[key] = &key
	}
	return f.origins[key]
}

func (f *fold) create(e event) error {
	if e.start == nil {
		e.start = unknown
	}
	creator := f.mine[e.by]
	if e.start.system || creator == nil && e.by != nobody {
		return nil
	}
	if f.mine[e.who] != nil {
		return fmt.Errorf("goroutine %d is created twice", e.who)
	}
	if creator == nil {
		// A timer (time.AfterFunc) runs code of the solution. Who set it is not
		// known: put it behind all that ran before, which never flatters.
		for _, g := range f.active {
			f.settle(g)
		}
		creator = f.furthest
	}
	f.settle(creator)
	at := e.place
	if at.fn == "" && e.by != nobody { // library code starts goroutines of its own
		at = creator.origin.place
	}
	f.created++
	g := &goroutine{id: e.who, born: f.now, since: f.now, clock: creator.clock, place: nowhere}
	g.origin = f.originOf(e.start, at)
	g.link = f.links.add(link{from: g.clock, prev: creator.link, who: g.origin, at: at})
	g.segment = f.segments.open(none, f.cut(creator))
	f.adopt(g, e.to)
	return nil
}

// cut ends a segment of g, and returns the one to follow.
func (f *fold) cut(g *goroutine) int32 {
	ended, next := f.segments.cut(g.segment)
	g.segment = next
	return ended
}

func (f *fold) move(e event) {
	g := f.mine[e.who]
	if g == nil {
		return
	}
	f.settle(g)
	f.endWait(g)
	if waker := f.mine[e.by]; waker != nil && waker != g && g.state == waiting {
		f.wake(waker, g, e.place)
	}
	if g.active() && e.to != running {
		f.switches++
	}
	f.change(g, e.to, g.pauses)
	g.since = f.now
	switch e.to {
	case waiting:
		g.reason, g.place = e.reason, e.place
	case gone:
		f.bury(g)
	}
}

// wake puts g behind what waker has done so far.
func (f *fold) wake(waker, g *goroutine, at *place) {
	f.settle(waker)
	g.segment = f.segments.open(g.segment, f.cut(waker))
	if waker.clock <= g.clock {
		return
	}
	if at.fn == "" { // library code wakes: the end of wg.Go
		at = waker.origin.place
	}
	g.clock = waker.clock
	g.link = f.links.add(link{from: g.clock, prev: waker.link, wake: true, who: g.origin, at: at})
}

func (f *fold) pause(e event) {
	g := f.mine[e.who]
	if g == nil {
		return
	}
	f.settle(g)
	if e.kind == pause {
		f.change(g, g.state, g.pauses+1)
	} else {
		f.change(g, g.state, max(0, g.pauses-1))
	}
}

func (f *fold) end() {
	f.ended = true
	for _, id := range slices.Sorted(maps.Keys(f.mine)) {
		g := f.mine[id]
		f.settle(g)
		f.endWait(g)
		f.bury(g)
	}
}
