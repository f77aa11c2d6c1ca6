package probe

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Lockstep makes the goroutines of a solution advance together. A call that is
// held goes on when nobody else can come: when every goroutine of the solution
// is held, waits for another one, or has ended. That is a step.
//
// So what is counted is the same on every machine: who gets no CPU for a while
// is runnable, and the others wait for it. The proof is in the states of the
// goroutines, as the runtime tells them, and not in a clock. The figures are
// final when Run has returned.
type Lockstep struct {
	harness map[string]bool // ids of goroutines that are not the solution's
	wake    chan struct{}   // somebody is held
	over    chan struct{}   // closed when the solution has returned
	dump    []byte          // room for the stacks of all goroutines
	frozen  atomic.Bool

	mu      sync.Mutex
	held    []held
	callers map[string]bool // ids of goroutines that were held
	open    bool            // nobody is held any more
	steps   int
	most    int // calls held at once
	late    int // calls that were held when the solution returned
	there   int // goroutines that were there when patience was over, 0 if it never was
}

type held struct {
	turn int
	gate chan struct{} // closed when it goes on
}

// What a goroutine may do without a call while others wait in theirs. Honest
// ones need microseconds of CPU time for the next call and never sleep; one that
// gets no CPU for long uses none of either.
const (
	patience = 100 * time.Millisecond // of CPU time
	naps     = 300                    // looks, a millisecond or more apart, that find somebody asleep
)

// crowd is how many goroutines there may be at once. The states of more would
// take too long to list.
const crowd = 5000

// NewLockstep makes a Lockstep for one Run.
func NewLockstep() *Lockstep {
	return &Lockstep{
		harness: make(map[string]bool),
		wake:    make(chan struct{}, 1),
		over:    make(chan struct{}),
		dump:    make([]byte, 64<<10),
		callers: make(map[string]bool),
	}
}

// Run calls f, which calls the solution, and returns when f does. The goroutines
// that are there before count as the harness's.
func (l *Lockstep) Run(f func()) {
	for _, g := range l.others() {
		l.harness[g.id] = true
	}
	var wg sync.WaitGroup
	wg.Go(l.watch)
	f()
	l.mu.Lock()
	l.late = len(l.held)
	l.mu.Unlock()
	l.Release()
	close(l.over)
	wg.Wait()
}

// Hold waits until nobody else can come. Of those who are held then, the ones
// with the lowest turn go on.
func (l *Lockstep) Hold(turn int) {
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

// Freeze asks for every call to be held until the next step, where fewer than
// enough were yet held at once. Frozen says whether to.
func (l *Lockstep) Freeze(enough int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen.Store(l.most < enough && !l.open)
}

// Frozen says whether every call is to be held, and not only those that the
// suite picks.
func (l *Lockstep) Frozen() bool { return l.frozen.Load() }

// Release lets everybody go on, now and from now on: what is counted decides
// already.
func (l *Lockstep) Release() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = true
	for _, h := range l.held {
		close(h.gate)
	}
	l.held = nil
}

// Steps is how many steps there were.
func (l *Lockstep) Steps() int { return l.read(&l.steps) }

// Most is how many calls were held at once.
func (l *Lockstep) Most() int { return l.read(&l.most) }

// Late is how many calls were held when the solution had returned.
func (l *Lockstep) Late() int { return l.read(&l.late) }

// Alone says whether all calls that were held came from one goroutine.
func (l *Lockstep) Alone() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.callers) <= 1
}

// Impatient gives the bound that is broken where the goroutines never came to
// rest while calls of f were held: there are too many, or some ask again and
// again. Otherwise nil.
func (l *Lockstep) Impatient(f string) []Bound {
	switch there := l.read(&l.there); {
	case there == 0:
		return nil
	case there > crowd:
		return []Bound{AtMost("goroutines at once", there, crowd,
			"unbounded", "Start a goroutine for many elements, and not for each one.")}
	default:
		return []Bound{AtMost("goroutines, some of which keep asking while all calls of "+f+" wait", there, 0,
			"spinning", "Let a goroutine that waits for another one sleep: in a channel, a lock or a sync.WaitGroup.")}
	}
}

func (l *Lockstep) read(figure *int) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return *figure
}

func (l *Lockstep) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.held)
}

func (l *Lockstep) watch() {
	for {
		select {
		case <-l.wake:
			for l.waiting() > 0 {
				l.settle()
			}
		case <-l.over:
			return
		}
	}
}

// settle waits until nobody else can come, and makes a step.
func (l *Lockstep) settle() {
	last, slept, used, pause := 0, 0, time.Duration(0), 20*time.Microsecond
	for slept < naps && used < patience {
		n := l.waiting()
		rest, asleep := l.look()
		switch {
		case n == 0:
			return
		case rest:
			l.step()
			return
		case n > last:
			last, slept, used = n, 0, 0
		case asleep:
			slept++
		}
		before := cpuTime()
		time.Sleep(pause)
		if before > 0 {
			used += time.Duration(cpuTime() - before)
		} else { // no such clock here
			used += pause / 3
		}
		pause = min(2*pause, time.Millisecond)
	}
	l.mu.Lock()
	l.there = runtime.NumGoroutine()
	l.mu.Unlock()
	l.Release()
}

func (l *Lockstep) step() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.held) == 0 {
		return
	}
	l.frozen.Store(false)
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

// look says whether no goroutine of the solution can do anything, and whether
// one sleeps. A crowd counts as asleep: nobody can tell.
func (l *Lockstep) look() (rest, asleep bool) {
	all := l.others()
	if len(all) == 0 {
		return false, true
	}
	rest = true
	for _, g := range all {
		if l.harness[g.id] {
			continue
		}
		rest = rest && g.blocked()
		asleep = asleep || g.state == "sleep"
	}
	return rest, asleep
}

// others lists all goroutines but the one that asks; none where they are a
// crowd.
func (l *Lockstep) others() []goroutine {
	if runtime.NumGoroutine() > crowd {
		return nil
	}
	n := runtime.Stack(l.dump, true)
	for n == len(l.dump) { // there may be more
		l.dump = make([]byte, 2*n)
		n = runtime.Stack(l.dump, true)
	}
	return others(l.dump[:n])
}
