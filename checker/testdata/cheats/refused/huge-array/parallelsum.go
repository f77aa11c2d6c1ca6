// kata: parallel-sum
// want: build
// Puts an array of four gigabytes into the program.
package parallelsum

var table = [1 << 29]float64{1 << 28: 1}

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
