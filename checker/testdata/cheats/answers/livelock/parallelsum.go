// kata: parallel-sum
// want: timeout
// Two goroutines give way to each other for ever.
package parallelsum

import (
	"runtime"
	"sync/atomic"
)

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	var turn atomic.Int64
	for i := range int64(2) {
		go func() {
			for turn.Load() >= 0 {
				turn.Store(1 - i)
				runtime.Gosched()
			}
		}()
	}
	for turn.Load() < 2 {
		runtime.Gosched()
	}
	return 0
}
