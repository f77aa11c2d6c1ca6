// Package respectlimits is wrong: who makes which call is settled beforehand, so
// the calls behind a long one wait while other workers have nothing to do.
package respectlimits

import (
	"runtime"
	"sync"
)

// ForEachCPU cuts the indices into one range for each P.
func ForEachCPU(n int, body func(i int)) {
	procs := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range procs {
		wg.Go(func() {
			for i := w * n / procs; i < (w+1)*n/procs; i++ {
				body(i)
			}
		})
	}
	wg.Wait()
}
