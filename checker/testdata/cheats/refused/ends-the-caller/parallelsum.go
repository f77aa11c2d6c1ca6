// kata: parallel-sum
// want: forbidden
// Ends the goroutine of the harness.
package parallelsum

import "runtime"

func init() { runtime.Goexit() }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
