// Package respectlimits is wrong: it sets GOMAXPROCS to what it would like to
// have, for the whole program.
package respectlimits

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// ForEachCPU has one worker for each CPU, and sees to it that all can run.
func ForEachCPU(n int, body func(i int)) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(runtime.NumCPU()))
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
