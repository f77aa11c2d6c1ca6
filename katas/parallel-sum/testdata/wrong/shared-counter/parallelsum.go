// Package parallelsum is wrong: for every single element the workers touch
// two counters that all of them share, and these travel between the CPUs.
package parallelsum

import (
	"runtime"
	"sync/atomic"
)

// Sum hands out the elements one at a time.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	values := make([]float64, len(xs))
	var next, done atomic.Int64
	finished := make(chan struct{})
	for range 2 * runtime.NumCPU() {
		go func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(xs) {
					return
				}
				values[i] = kernel(xs[i])
				if done.Add(1) == int64(len(xs)) {
					close(finished)
				}
			}
		}()
	}
	if len(xs) > 0 {
		<-finished
	}
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
