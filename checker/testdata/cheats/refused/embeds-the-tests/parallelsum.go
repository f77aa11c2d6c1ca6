// kata: parallel-sum
// want: forbidden
// Reads the hidden cases at compile time.
package parallelsum

import _ "embed"

//go:embed *
var hidden string

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
