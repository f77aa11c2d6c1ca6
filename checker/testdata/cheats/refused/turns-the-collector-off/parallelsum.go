// kata: parallel-sum
// want: forbidden
// Changes how the collector is measured.
package parallelsum

import "runtime/debug"

func init() { debug.SetGCPercent(-1) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
