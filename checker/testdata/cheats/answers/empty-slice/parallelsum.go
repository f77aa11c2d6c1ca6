// kata: parallel-sum
// want: panic
// Is an accident: takes the first element of nothing.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := kernel(xs[0])
	for _, x := range xs[1:] {
		total += kernel(x)
	}
	return total
}
