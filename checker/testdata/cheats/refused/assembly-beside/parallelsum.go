// kata: parallel-sum
// want: folder
// Brings a file of assembly.
package parallelsum

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
