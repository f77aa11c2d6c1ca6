// Package parallelsum is wrong: subtotals are added in the order in which they
// arrive, and floating-point additions in another order give other bits.
package parallelsum

const pieces = 64

// Sum cuts xs into pieces and collects the subtotals through a channel.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	subtotals := make(chan float64)
	for i := range pieces {
		go func() {
			sum := 0.0
			for _, x := range xs[i*len(xs)/pieces : (i+1)*len(xs)/pieces] {
				sum += kernel(x)
			}
			subtotals <- sum
		}()
	}
	total := 0.0
	for range pieces {
		total += <-subtotals
	}
	return total
}
