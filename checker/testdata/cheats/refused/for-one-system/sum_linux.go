// kata: parallel-sum
// want: forbidden
// Is another program on this system than on others, by the name of a file.
package parallelsum

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
