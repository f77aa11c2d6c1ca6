// kata: parallel-sum
// want: forbidden
// Asks whether a trace is being recorded.
package parallelsum

import "runtime/trace"

var traced = trace.IsEnabled()

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
