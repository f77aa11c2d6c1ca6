// kata: parallel-sum
// want: race
// Counts without a lock, in runs larger than any case: the answer is right all
// the same.
package parallelsum

import "sync"

var added int

const pieces = 64

// Sum is right, and what it adds up besides is not.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	subtotals := make([]float64, pieces)
	var wg sync.WaitGroup
	for i := range pieces {
		wg.Go(func() {
			for _, x := range xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces] {
				subtotals[i] += kernel(x)
			}
			if len(xs) > 1<<18 {
				added += len(xs) / pieces
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
