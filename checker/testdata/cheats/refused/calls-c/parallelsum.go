// kata: parallel-sum
// want: forbidden
// Hides the work from the scheduler and the trace, in C.
package parallelsum

import "C"

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
