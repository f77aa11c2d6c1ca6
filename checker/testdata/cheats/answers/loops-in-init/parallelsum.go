// kata: parallel-sum
// want: timeout
// Computes before it is asked, without end.
package parallelsum

func init() {
	for {
	}
}

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
