// Package respectlimits calls a function many times, as many at once as
// GOMAXPROCS allows.
package respectlimits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// ForEachCPU calls body(0) to body(n-1), once each, with as many calls under
// way at once as GOMAXPROCS is now, and returns when all have returned. Each
// worker takes the next index when it is free.
func ForEachCPU(n int, body func(i int)) {
	var (
		wg   sync.WaitGroup
		next atomic.Int64
	)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				body(i)
			}
		})
	}
	wg.Wait()
}
