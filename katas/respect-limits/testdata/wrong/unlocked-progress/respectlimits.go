// Package respectlimits is wrong: all workers count into one plain integer.
package respectlimits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// ForEachCPU keeps count of the calls that have returned, for a progress bar.
func ForEachCPU(n int, body func(i int)) {
	var (
		wg   sync.WaitGroup
		next atomic.Int64
		done int
	)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				body(i)
				done++
			}
		})
	}
	wg.Wait()
	if done > max(n, 0) {
		panic("respectlimits: more calls than asked for")
	}
}
