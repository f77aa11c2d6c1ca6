package probe

import (
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// Whatever the machine does, goroutines that can be held at once are.
func TestLockstepCountsThoseThatCanComeTogether(t *testing.T) {
	const workers, calls = 3, 5
	for name, c := range map[string]struct {
		lock                bool
		workers, most, step int
		alone               bool
	}{
		"side by side":        {false, workers, workers, calls, false},
		"one at a time":       {true, workers, 1, workers * calls, false},
		"only one there is":   {false, 1, 1, calls, true},
		"nobody makes a call": {false, 0, 0, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			l := NewLockstep()
			l.Run(func() {
				var mu sync.Mutex
				var wg sync.WaitGroup
				for range c.workers {
					wg.Go(func() {
						for range calls {
							if c.lock {
								mu.Lock()
							}
							l.Hold(0)
							if c.lock {
								mu.Unlock()
							}
						}
					})
				}
				wg.Wait()
			})
			if l.Most() != c.most || l.Steps() != c.step || l.Alone() != c.alone || l.Late() != 0 {
				t.Errorf("%d held at once, %d steps, alone %t, %d late; want %d, %d, %t, 0",
					l.Most(), l.Steps(), l.Alone(), l.Late(), c.most, c.step, c.alone)
			}
			if b := l.Impatient("f"); b != nil {
				t.Errorf("they waited for each other, but: %v", b)
			}
		})
	}
}

func TestLockstepLetsTheLowestTurnGoFirst(t *testing.T) {
	var mu sync.Mutex
	var order []int
	l := NewLockstep()
	l.Run(func() {
		var wg sync.WaitGroup
		for _, turn := range []int{3, 1, 2} {
			wg.Go(func() {
				l.Hold(turn)
				mu.Lock()
				order = append(order, turn)
				mu.Unlock()
			})
		}
		wg.Wait()
	})
	if !slices.Equal(order, []int{1, 2, 3}) {
		t.Errorf("they went on in the order %d", order)
	}
}

func TestLockstepSeesWhoIsLeftBehind(t *testing.T) {
	l, gate := NewLockstep(), make(chan struct{})
	l.Run(func() { // as in Hold, before the watcher is awake
		l.mu.Lock()
		l.held = append(l.held, held{gate: gate})
		l.mu.Unlock()
	})
	<-gate
	if l.Late() != 1 {
		t.Errorf("%d calls were held when f returned, want 1", l.Late())
	}
}

func TestLockstepNamesWhoNeverRests(t *testing.T) {
	for name, c := range map[string]struct {
		there  int
		reason string
	}{
		"spins":   {3, "spinning"},
		"a crowd": {crowd + 1, "unbounded"},
	} {
		l := NewLockstep()
		l.there = c.there
		if b := l.Impatient("f"); len(b) != 1 || b[0].Reason != c.reason {
			t.Errorf("%s: %v, want one bound with the reason %s", name, b, c.reason)
		}
	}
	for name, pause := range map[string]func(){
		"spins":  func() {},
		"yields": runtime.Gosched,
		"sleeps": func() { time.Sleep(50 * time.Microsecond) },
	} {
		l, done := NewLockstep(), make(chan struct{})
		l.Run(func() {
			var wg sync.WaitGroup
			wg.Go(func() {
				l.Hold(0)
				close(done)
			})
			for asking := true; asking; pause() {
				select {
				case <-done:
					asking = false
				default:
				}
			}
			wg.Wait()
		})
		if b := l.Impatient("f"); len(b) != 1 || b[0].Reason != "spinning" {
			t.Errorf("a goroutine asked again and again and %s: %v", name, b)
		}
	}
}

func TestLockstepBearsALongWayToTheNextCall(t *testing.T) {
	l := NewLockstep()
	l.Run(func() {
		var wg sync.WaitGroup
		wg.Go(func() { l.Hold(0) })
		before := cpuTime()
		for cpuTime()-before < int64(patience/10) { // a long way to the next call
		}
		wg.Go(func() { l.Hold(0) })
		wg.Wait()
	})
	if b := l.Impatient("f"); b != nil || l.Most() != 2 {
		t.Errorf("%d held at once, %v", l.Most(), b)
	}
}

func TestLockstepFreezes(t *testing.T) {
	l := NewLockstep()
	l.Run(func() {
		if l.Freeze(2); !l.Frozen() {
			t.Error("none was held yet, and it does not freeze")
		}
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { l.Hold(0) })
		}
		wg.Wait()
		if l.Frozen() {
			t.Error("frozen after a step")
		}
		if l.Freeze(2); l.Frozen() {
			t.Error("two were held at once, and it freezes for two")
		}
		l.Release()
		if l.Freeze(3); l.Frozen() {
			t.Error("released, and it freezes")
		}
		l.Hold(0) // goes on at once
	})
	if l.Steps() != 1 || l.Most() != 2 {
		t.Errorf("%d steps, %d at once", l.Steps(), l.Most())
	}
}

func TestStatesOfGoroutines(t *testing.T) {
	for stack, want := range map[string]struct {
		g       goroutine
		blocked bool
	}{
		"goroutine 7 [chan receive]:\nmain.f()":                  {goroutine{"7", "chan receive"}, true},
		"\ngoroutine 18 [sync.Mutex.Lock, 2 minutes]:\nmain.f()": {goroutine{"18", "sync.Mutex.Lock"}, true},
		"goroutine 1 [select (no cases)]:":                       {goroutine{"1", "select (no cases)"}, true},
		"goroutine 3 [running]:":                                 {goroutine{"3", "running"}, false},
		"goroutine 4 [sleep]:":                                   {goroutine{"4", "sleep"}, false},
		"goroutine 5 [runnable, locked to thread]:":              {goroutine{"5", "runnable"}, false},
		"goroutine 6 [IO wait]:":                                 {goroutine{"6", "IO wait"}, false},
	} {
		if g := parseGoroutine(stack); g != want.g || g.blocked() != want.blocked {
			t.Errorf("%q: %+v, blocked %t", stack, g, g.blocked())
		}
	}
}
