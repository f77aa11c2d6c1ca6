// Package parallelsum adds up the values of a function over a slice.
package parallelsum

// Sum returns the sum of kernel(x) over all x in xs; 0 if there are none.
// kernel is pure, and may be called from many goroutines at once.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += kernel(x) // on one CPU: use all of them
	}
	return sum
}
