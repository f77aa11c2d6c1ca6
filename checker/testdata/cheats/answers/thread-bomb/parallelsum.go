// kata: parallel-sum
// want: panic|unbounded
// Takes a thread of the system for each of many goroutines.
package parallelsum

import (
	"runtime"
	"sync"
	"time"
)

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	var wg sync.WaitGroup
	for range 20_000 {
		wg.Go(func() {
			runtime.LockOSThread()
			time.Sleep(time.Minute)
		})
	}
	wg.Wait()
	return 0
}
