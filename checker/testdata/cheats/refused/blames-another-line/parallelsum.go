// kata: parallel-sum
// want: forbidden
// Lets every message name a line of another file.
package parallelsum

//line hidden.go:1

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
