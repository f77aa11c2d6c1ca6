// Package hidden holds the cases of stay-responsive. A stretch without a beat
// is measured in pieces of work: a machine that stands still does none, so no
// noise makes it longer.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"time"

	"check/probe"
	stayresponsive "check/solution"
)

// Suite lists work that waits, what a beat may meet, and work that computes.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "work that is over at once", New: over(0)},
		{Name: "work that is over before the first beat", New: over(5)},
		{Name: "work that waits", New: waits},
		{Name: "beats that take long", New: longBeats},
		{Name: "work that ends during a beat", New: endsInBeat},
		{Name: "work that computes", New: computes},
	}}
}

// patience is how many times tick somebody waits for what may never come. It
// counts waits, each of which this process has to wake up from, rather than
// time: a machine that stands still takes the solution's time and the harness's
// alike.
const (
	patience = 100
	tick     = 10 * time.Millisecond
)

// run is one call of Run, and what the harness sees of it.
type run struct {
	works, working atomic.Int64 // calls of work: all, and those under way
	beats, beating atomic.Int64 // calls of beat
	together       atomic.Bool  // a beat began before the one before it had ended
	over, late     atomic.Bool  // Run has returned; a beat began after that
	early, cut     bool         // Run returned during the work; during a beat
	tooLate        bool         // Run returned long after the work
}

// call calls Run. More is what the n-th beat does besides, counted from 1.
func (r *run) call(work func(yield func()), more func(n int64), every time.Duration) {
	stayresponsive.Run(func(yield func()) {
		r.works.Add(1)
		r.working.Add(1)
		work(yield)
		r.working.Add(-1)
	}, func() {
		if r.over.Load() {
			r.late.Store(true)
		}
		if r.beating.Add(1) > 1 {
			r.together.Store(true)
		}
		more(r.beats.Add(1))
		r.beating.Add(-1)
	}, every)
	r.early, r.cut = r.working.Load() > 0, r.beating.Load() > 0
	r.over.Store(true)
}

func (r *run) output() string {
	said := "work was called once"
	if n := r.works.Load(); n != 1 {
		said = fmt.Sprintf("work was called %d times", n)
	}
	for _, f := range []struct {
		is   bool
		said string
	}{
		{r.together.Load(), "a beat began before the one before it had ended"},
		{r.early, "work was under way when Run returned"},
		{r.cut, "a beat was under way when Run returned"},
		{r.late.Load(), "a beat began after Run had returned"},
		{r.tooLate, "Run returned long after work had"},
	} {
		if f.is {
			said += ", " + f.said
		}
	}
	return said
}

// over asks for a beat in some seconds, and lets work return long before: after
// so many ticks.
func over(ticks int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		const every = 3 * time.Second
		r := &run{}
		return probe.Task{
			Input: fmt.Sprintf("a beat every %v, work that returns after %v", every, time.Duration(ticks)*tick),
			Run: func() {
				worked, over, counted := make(chan struct{}), make(chan struct{}), make(chan struct{})
				go func() {
					defer close(counted)
					<-worked
					r.tooLate = !within(over, func() {})
				}()
				r.call(func(yield func()) {
					for range ticks {
						time.Sleep(tick)
						yield()
					}
					close(worked)
				}, func(int64) {}, every)
				close(over)
				<-counted
			},
			Output: r.output,
		}
	}
}

// within waits for c to be closed, and calls meanwhile at each tick.
func within(c <-chan struct{}, meanwhile func()) bool {
	t := time.NewTicker(tick)
	defer t.Stop()
	for range patience {
		select {
		case <-c:
			return true
		case <-t.C:
			meanwhile()
		}
	}
	return false
}

// longBeats holds the first beat until another one begins, which is not to
// come, for fifteen times as long as is between two beats.
func longBeats(*rand.Rand) probe.Task {
	const every = 2 * time.Millisecond
	r := &run{}
	held := make(chan struct{})
	return probe.Task{
		Input: fmt.Sprintf("a beat every %v, a first beat that takes 30 ms", every),
		Run: func() {
			r.call(func(yield func()) { within(held, yield) }, func(n int64) {
				if n != 1 {
					return
				}
				defer close(held)
				for range 15 {
					if time.Sleep(every); r.together.Load() {
						return
					}
				}
			}, every)
		},
		Output: r.output,
	}
}

// endsInBeat lets work return in the middle of the first beat, and holds that
// beat for so long that whoever does not wait for it has returned before.
func endsInBeat(*rand.Rand) probe.Task {
	const every = 2 * time.Millisecond
	r := &run{}
	begun := make(chan struct{})
	return probe.Task{
		Input: fmt.Sprintf("a beat every %v, work that returns during the first", every),
		Run: func() {
			r.call(func(yield func()) { within(begun, yield) }, func(n int64) {
				if n != 1 {
					return
				}
				close(begun)
				for range 20 {
					if time.Sleep(every); r.over.Load() {
						return
					}
				}
			}, every)
		},
		Output: r.output,
	}
}

// wanted is how many beats work waits for.
const wanted = 4

// waits is work that waits for beats and does not yield meanwhile.
func waits(*rand.Rand) probe.Task {
	const every = 5 * time.Millisecond
	r := &run{}
	begun := make(chan struct{}, wanted)
	met, awake := 0, 0
	return probe.Task{
		Input: fmt.Sprintf("a beat every %v, work that waits for %d beats", every, wanted),
		Run: func() {
			r.call(func(func()) {
				for range wanted {
					if !arrives(begun) {
						return
					}
					met++
				}
				awake = leastAwake()
			}, func(int64) {
				select {
				case begun <- struct{}{}:
				default:
				}
			}, every)
		},
		Output: r.output,
		Bounds: func() []probe.Bound {
			return []probe.Bound{
				probe.AtLeast("beats while the work waited", met, wanted, "not-overlapping",
					"Let a goroutine of its own beat: work that waits calls nothing."),
				probe.AtMost("goroutines awake between two beats", awake, 0, "spinning",
					"Wait for the next tick, without a default and without a loop that asks."),
			}
		},
	}
}

// arrives waits for a value of c.
func arrives(c <-chan struct{}) bool {
	for range patience {
		select {
		case <-c:
			return true
		case <-time.After(tick):
		}
	}
	return false
}

// computes is work that yields after each piece.
func computes(rnd *rand.Rand) probe.Task {
	const every = 5 * time.Millisecond
	calibrate()
	r := &run{}
	var g gaps
	procs := runtime.GOMAXPROCS(0)
	pieces := few
	if procs == 1 { // here the stretches without a beat are measured
		pieces = min(max(many, int(computing/fastest)), 4*many)
	}
	x := rnd.Uint64() | 1
	var took time.Duration
	return probe.Task{
		Input: fmt.Sprintf("a beat every %v, work that computes and yields", every),
		Run: func() {
			start := time.Now()
			r.call(func(yield func()) {
				g.begin()
				// Nothing is called in this loop but yield, since any call that may
				// grow the stack is a point at which the scheduler may interrupt.
				for range pieces {
					x = piece(x)
					g.done.Add(1)
					yield()
				}
				g.end()
			}, func(int64) { g.end() }, every)
			took = time.Since(start)
		},
		Output: r.output,
		Bounds: func() []probe.Bound {
			calibrate()
			most := 10 + 2*int(took/every)
			bounds := []probe.Bound{
				probe.AtMost(fmt.Sprintf("beats, of one every %v", every), int(r.beats.Load()), most, "overhead",
					"Beat about every so often, not whenever there is an occasion."),
			}
			if procs == 1 {
				bounds = append(bounds, probe.AtMost("milliseconds of computing without a beat", int(g.longest().Milliseconds()), 30, "not-overlapping",
					"With one P a goroutine gets the CPU when the work gives it up: make use of yield."))
			}
			return bounds
		},
	}
}
