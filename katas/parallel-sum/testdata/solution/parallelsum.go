// Package parallelsum adds up the values of a function over a slice.
package parallelsum

import "sync"

// pieces is fixed, so that the same input gives the same additions, and so
// the same bits, on every machine; it is more than the CPUs of most.
const pieces = 64

// Sum returns the sum of kernel(x) over all x in xs; 0 if there are none.
// Each goroutine adds up one piece of xs; the subtotals are added in order.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	subtotals := make([]float64, pieces)
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			sum := 0.0
			for _, x := range xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces] {
				sum += kernel(x)
			}
			subtotals[i] = sum
		})
	}
	wg.Wait()
	total := 0.0
	for _, s := range subtotals {
		total += s
	}
	return total
}
