// kata: parallel-sum
// want: forbidden
// Takes the function that sets GOMAXPROCS as a value.
package parallelsum

import "runtime"

var set = runtime.GOMAXPROCS

func init() { set(64) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
