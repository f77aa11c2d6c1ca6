package trace

import (
	"errors"
	"fmt"
	"time"

	"gokata/checker/evidence"
)

// longestRegion bounds the times of a trace, so that sums over a million
// goroutines cannot overflow. The limits on a child are far below it.
const longestRegion = int64(time.Hour)

// fold is the state of the analysis after some events.
type fold struct {
	begun, ended bool
	root         int64 // goroutine that entered the region
	start, now   int64 // of the region; of the last event
	mine         map[int64]*goroutine
	active       int // how many of mine run the solution's code now

	busy, twice int64 // time in which at least one, at least two of mine ran
	work        int64
	collected   int64 // running time given to the garbage collector
	span        int64 // furthest span clock of all goroutines, settled so far
	created     int
	switches    int   // from running to anything else
	longest     int64 // running time of the busiest goroutine
	blocked     int64 // waiting time of all
	lived       int64 // lifetime of all but the root
	rootLived   int64
	blocks      map[blockKey]int64
}

// goroutine is one of the solution's goroutines.
type goroutine struct {
	id     int64
	born   int64
	state  state
	since  int64 // up to when clock and ran are settled; start of a wait
	pauses int   // ranges under way in which it runs for the collector
	clock  int64 // span clock
	ran    int64
	reason string // of a wait
	place  place
}

// active reports whether the goroutine runs the solution's code.
func (g *goroutine) active() bool { return g.state == running && g.pauses == 0 }

func newFold() *fold {
	return &fold{mine: map[int64]*goroutine{}, blocks: map[blockKey]int64{}}
}

// add takes the next event. It is an error of the trace if the event cannot be.
func (f *fold) add(e event) error {
	if f.ended {
		if e.kind == regionBegin {
			return errors.New("the trace holds more than one workload region")
		}
		return nil
	}
	if !f.begun {
		if e.kind == regionBegin {
			f.begin(e)
		}
		return nil
	}
	if e.at < f.now || e.at-f.start > longestRegion {
		return fmt.Errorf("time jumps from %d to %d ns", f.now, e.at)
	}
	f.advance(e.at)
	switch e.kind {
	case regionBegin:
		return errors.New("the trace holds more than one workload region")
	case regionEnd:
		if e.by != f.root {
			return errors.New("the workload region ends on another goroutine than it began")
		}
		f.end()
	case create:
		f.create(e)
	case move:
		f.move(e)
	case pause, resume:
		f.pause(e)
	}
	return nil
}

func (f *fold) begin(e event) {
	f.begun, f.root, f.start, f.now = true, e.by, e.at, e.at
	f.mine[f.root] = &goroutine{id: f.root, born: e.at, state: running, since: e.at}
	f.active = 1
}

// advance moves the clock, at which so far f.active goroutines have run.
func (f *fold) advance(at int64) {
	passed := at - f.now
	if f.active >= 1 {
		f.busy += passed
	}
	if f.active >= 2 {
		f.twice += passed
	}
	f.now = at
}

// settle books the running time of g up to now.
func (f *fold) settle(g *goroutine) {
	if g.state != running {
		return
	}
	ran := f.now - g.since
	g.since = f.now
	if g.pauses > 0 {
		f.collected += ran
		return
	}
	g.clock += ran
	g.ran += ran
	f.work += ran
	f.span = max(f.span, g.clock)
}

func (f *fold) create(e event) {
	if e.system {
		return
	}
	clock := int64(0)
	switch creator := f.mine[e.by]; {
	case creator != nil:
		f.settle(creator)
		clock = creator.clock
	case e.by == nobody:
		// A timer (time.AfterFunc) runs code of the solution. Who set it is not
		// known: put it behind all that ran before, which never flatters.
		clock = f.span
	default:
		return
	}
	f.created++
	g := &goroutine{id: e.who, born: f.now, state: e.to, since: f.now, clock: clock}
	f.mine[e.who] = g
	if g.active() {
		f.active++
	}
}

func (f *fold) move(e event) {
	g := f.mine[e.who]
	if g == nil {
		return
	}
	f.settle(g)
	wasActive := g.active()
	if g.state == waiting {
		f.endWait(g)
		if waker := f.mine[e.by]; waker != nil && waker != g {
			f.settle(waker)
			g.clock = max(g.clock, waker.clock)
		}
	}
	g.state, g.since = e.to, f.now
	if e.to == waiting {
		g.reason, g.place = e.reason, e.place
	}
	f.count(wasActive, g.active())
	if wasActive && e.to != running {
		f.switches++
	}
	if e.to == gone {
		f.bury(g)
	}
}

func (f *fold) pause(e event) {
	g := f.mine[e.who]
	if g == nil {
		return
	}
	f.settle(g)
	wasActive := g.active()
	if e.kind == pause {
		g.pauses++
	} else if g.pauses > 0 {
		g.pauses--
	}
	f.count(wasActive, g.active())
}

func (f *fold) count(was, is bool) {
	if was && !is {
		f.active--
	} else if is && !was {
		f.active++
	}
}

// bury books what is left of a goroutine that has ended.
func (f *fold) bury(g *goroutine) {
	f.longest = max(f.longest, g.ran)
	if g.id == f.root {
		f.rootLived = f.now - g.born
	} else {
		f.lived += f.now - g.born
	}
	delete(f.mine, g.id)
}

func (f *fold) end() {
	f.ended = true
	for _, g := range f.mine {
		f.settle(g)
		if g.state == waiting {
			f.endWait(g)
		}
		f.bury(g)
	}
}

// result gives the figures once all events were taken.
func (f *fold) result() (evidence.Trace, error) {
	if !f.begun {
		return evidence.Trace{}, ErrNoRegion
	}
	if !f.ended {
		return evidence.Trace{}, ErrUnfinished
	}
	return evidence.Trace{
		Work:       f.work,
		Span:       f.span,
		Busy:       f.busy,
		Wall:       f.now - f.start,
		GC:         f.collected,
		Lived:      f.lived,
		Overlap:    share(f.twice, f.busy),
		Mean:       share(f.work, f.busy),
		WaitShare:  share(f.blocked, f.lived+f.rootLived),
		Longest:    share(f.longest, f.work),
		Goroutines: f.created,
		Switches:   f.switches,
		Blocked:    rankBlocks(f.blocks, func(blockKey) bool { return true }),
		Queued:     rankBlocks(f.blocks, blockKey.queued),
	}, nil
}

func share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
