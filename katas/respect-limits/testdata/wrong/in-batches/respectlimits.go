// Package respectlimits is wrong: the next calls begin when the slowest of the
// last ones has returned.
package respectlimits

import (
	"runtime"
	"sync"
)

// ForEachCPU makes calls in batches of GOMAXPROCS.
func ForEachCPU(n int, body func(i int)) {
	procs := runtime.GOMAXPROCS(0)
	for first := 0; first < n; first += procs {
		var wg sync.WaitGroup
		for i := first; i < min(n, first+procs); i++ {
			wg.Go(func() { body(i) })
		}
		wg.Wait()
	}
}
