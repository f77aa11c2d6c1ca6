// kata: parallel-sum
// want: build
// Calls the function otherwise.
package parallelsum

// Total is the sequential one.
func Total(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
