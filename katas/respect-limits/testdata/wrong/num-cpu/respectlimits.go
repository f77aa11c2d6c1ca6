// Package respectlimits is wrong: it counts the CPUs of the machine, whatever
// GOMAXPROCS is.
package respectlimits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// ForEachCPU has one worker for each CPU.
func ForEachCPU(n int, body func(i int)) {
	var (
		wg   sync.WaitGroup
		next atomic.Int64
	)
	for range min(n, runtime.NumCPU()) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				body(i)
			}
		})
	}
	wg.Wait()
}
