// Package parallelsum is wrong: a goroutine holds the lock while it computes,
// so one computes at a time.
package parallelsum

import "sync"

const pieces = 64

// Sum cuts xs into pieces, and guards the subtotals with a lock.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	subtotals := make([]float64, pieces)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for _, x := range xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces] {
				subtotals[i] += kernel(x)
			}
		})
	}
	wg.Wait()
	total := 0.0
	for _, s := range subtotals {
		total += s
	}
	return total
}
