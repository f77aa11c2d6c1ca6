// Package hidden, continued: goroutines that advance together.
package hidden

import (
	"runtime"
	"strings"
	"sync"
	"time"

	"check/probe"
)

// lockstep makes the goroutines of a solution advance together. A call that is
// held goes on when nobody else can come: when every goroutine of the solution
// is held, waits for another one, or has ended. That is a step.
//
// So what is counted is the same on every machine: who gets no CPU for a while
// is runnable, and the others wait for it. The proof is in the states of the
// goroutines, as the runtime tells them, and not in a clock.
type lockstep struct {
	harness map[string]bool // ids of goroutines that are not the solution's
	wake    chan struct{}   // somebody is held
	over    chan struct{}   // closed when the solution has returned
	dump    []byte          // room for the stacks of all goroutines

	mu      sync.Mutex
	held    []held
	callers map[string]bool // ids of goroutines that were held
	open    bool            // nobody is held any more

	// What was counted.
	steps int
	most  int // calls held at once
	late  int // calls that were held when the solution returned
	there int // goroutines that were there when patience was over, 0 if it never was
}

type held struct {
	turn int
	gate chan struct{} // closed when it goes on
}

// patience is how many looks, a millisecond or more apart, may show nothing but
// goroutines that are busy without a call: honest ones need microseconds.
const patience = 300

// crowd is how many goroutines there may be at once. The states of more would
// take too long to list.
const crowd = 5000

func newLockstep() *lockstep {
	return &lockstep{
		harness: make(map[string]bool),
		wake:    make(chan struct{}, 1),
		over:    make(chan struct{}),
		dump:    make([]byte, 64<<10),
		callers: make(map[string]bool),
	}
}

// run calls f, which calls the solution, and returns when f does.
func (l *lockstep) run(f func()) {
	for _, g := range l.others() {
		l.harness[g.id] = true
	}
	var wg sync.WaitGroup
	wg.Go(l.watch)
	f()
	l.mu.Lock()
	l.late = len(l.held)
	l.mu.Unlock()
	l.release()
	close(l.over)
	wg.Wait()
}

// hold waits until nobody else can come. Of those who are held then, the ones
// with the lowest turn go on.
func (l *lockstep) hold(turn int) {
	id := goroutineID()
	l.mu.Lock()
	if l.open {
		l.mu.Unlock()
		return
	}
	h := held{turn, make(chan struct{})}
	l.held = append(l.held, h)
	l.callers[id] = true
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default: // the watcher knows
	}
	<-h.gate
}

// release lets everybody go on, now and from now on.
func (l *lockstep) release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = true
	for _, h := range l.held {
		close(h.gate)
	}
	l.held = nil
}

func (l *lockstep) watch() {
	for {
		select {
		case <-l.wake:
			for l.count() > 0 {
				l.settle()
			}
		case <-l.over:
			return
		}
	}
}

// settle waits until nobody else can come, and makes a step.
func (l *lockstep) settle() {
	pause := 20 * time.Microsecond
	for last, looks := 0, 0; looks < patience; {
		n := l.count()
		switch {
		case n == 0:
			return
		case l.quiet():
			l.step()
			return
		case n > last:
			last, looks = n, 0
		case pause == time.Millisecond:
			looks++
		}
		time.Sleep(pause)
		pause = min(2*pause, time.Millisecond)
	}
	l.there = runtime.NumGoroutine()
	l.release()
}

// impatient is the bound that is broken where patience was over: there are too
// many goroutines, or some that ask again and again.
func (l *lockstep) impatient(f string) []probe.Bound {
	switch {
	case l.there == 0:
		return nil
	case l.there > crowd:
		return []probe.Bound{probe.AtMost("goroutines at once", l.there, crowd,
			"unbounded", "Start a goroutine for many elements, and not for each one.")}
	}
	return []probe.Bound{probe.AtMost("goroutines, some of which keep asking while all calls of "+f+" wait", l.there, 0,
		"spinning", "Let a goroutine that waits for another one sleep: in a channel, a lock or a sync.WaitGroup.")}
}

func (l *lockstep) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.held)
}

func (l *lockstep) step() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.held) == 0 {
		return
	}
	l.steps++
	l.most = max(l.most, len(l.held))
	turn := l.held[0].turn
	for _, h := range l.held {
		turn = min(turn, h.turn)
	}
	var rest []held
	for _, h := range l.held {
		if h.turn == turn {
			close(h.gate)
		} else {
			rest = append(rest, h)
		}
	}
	l.held = rest
}

// quiet says whether no goroutine of the solution can do anything.
func (l *lockstep) quiet() bool {
	all := l.others()
	for _, g := range all {
		if !l.harness[g.id] && !g.blocked() {
			return false
		}
	}
	return len(all) > 0
}

type goroutine struct{ id, state string }

// others lists all goroutines but the one that asks; none where they are a
// crowd.
func (l *lockstep) others() (list []goroutine) {
	if runtime.NumGoroutine() > crowd {
		return nil
	}
	n := runtime.Stack(l.dump, true)
	for n == len(l.dump) { // there may be more
		l.dump = make([]byte, 2*n)
		n = runtime.Stack(l.dump, true)
	}
	first := true
	for part := range strings.SplitSeq(string(l.dump[:n]), "\n\n") {
		if !first {
			list = append(list, parse(part))
		}
		first = false
	}
	return list
}

// parse reads the head of a stack: "goroutine 7 [chan receive, 2 minutes]:".
func parse(stack string) goroutine {
	head, _, _ := strings.Cut(strings.TrimLeft(stack, "\n"), "\n")
	id, rest, _ := strings.Cut(strings.TrimPrefix(head, "goroutine "), " [")
	state, _, _ := strings.Cut(rest, "]")
	state, _, _ = strings.Cut(state, ",")
	state, _, _ = strings.Cut(state, " (")
	return goroutine{id, state}
}

// blocked says whether another goroutine must wake this one. Whatever else it
// may be (running, runnable, asleep, busy with the garbage collector) ends by
// itself.
func (g goroutine) blocked() bool {
	switch g.state {
	case "chan receive", "chan send", "select", "semacquire", "coroutine",
		"sync.Cond.Wait", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "sync.WaitGroup.Wait":
		return true
	}
	return false
}

func goroutineID() string {
	var head [64]byte
	return parse(string(head[:runtime.Stack(head[:], false)])).id
}
