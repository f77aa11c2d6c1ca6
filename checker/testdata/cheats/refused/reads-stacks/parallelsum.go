// kata: parallel-sum
// want: forbidden
// Looks for the harness in the stacks of all goroutines.
package parallelsum

import "runtime"

func init() { runtime.Stack(make([]byte, 1<<20), true) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
