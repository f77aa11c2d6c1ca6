package respectlimits

import (
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// In a synctest bubble time is virtual, and passes only while every goroutine
// waits: calls of one second each show how many are under way at once.
func TestAsManyAtOnceAsGOMAXPROCS(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, procs := range []int{2, 3, 1} {
		runtime.GOMAXPROCS(procs)
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			var calls, underWay, most int
			start := time.Now()
			ForEachCPU(6, func(int) {
				mu.Lock()
				calls++
				underWay++
				most = max(most, underWay)
				mu.Unlock()
				time.Sleep(time.Second)
				mu.Lock()
				underWay--
				mu.Unlock()
			})
			if calls != 6 {
				t.Errorf("GOMAXPROCS=%d: %d calls, want 6", procs, calls)
			}
			if most != procs {
				t.Errorf("GOMAXPROCS=%d: %d calls under way at once, want %d", procs, most, procs)
			}
			if took, want := time.Since(start), time.Duration(6/procs)*time.Second; took != want {
				t.Errorf("GOMAXPROCS=%d: six calls of 1 s took %v, want %v", procs, took, want)
			}
		})
	}
}
