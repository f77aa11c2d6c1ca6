// Package parallelsum is wrong: starting a goroutine costs more than the
// kernel that it runs.
package parallelsum

import "sync"

// Sum starts a goroutine for each element, at most a thousand at a time.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	values := make([]float64, len(xs))
	running := make(chan struct{}, 1000)
	var wg sync.WaitGroup
	for i, x := range xs {
		running <- struct{}{}
		wg.Go(func() {
			values[i] = kernel(x)
			<-running
		})
	}
	wg.Wait()
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
