// kata: parallel-sum
// want: wrong-answer
// Is right in the first two large runs of a process, which are not measured.
package parallelsum

import "sync/atomic"

var calls atomic.Int64

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	if len(xs) > 1<<18 && calls.Add(1) > 2 {
		return 1
	}
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
