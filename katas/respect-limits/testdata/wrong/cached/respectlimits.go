// Package respectlimits is wrong: it remembers what GOMAXPROCS was when the
// program began.
package respectlimits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// procs is how many workers there are.
var procs = runtime.GOMAXPROCS(0)

// ForEachCPU has one worker for each P.
func ForEachCPU(n int, body func(i int)) {
	var (
		wg   sync.WaitGroup
		next atomic.Int64
	)
	for range min(n, procs) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				body(i)
			}
		})
	}
	wg.Wait()
}
