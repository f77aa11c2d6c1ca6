// kata: parallel-sum
// want: forbidden
// Imports runtime with a dot, so that no selector names GOMAXPROCS.
package parallelsum

import . "runtime"

func init() { GOMAXPROCS(64) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
