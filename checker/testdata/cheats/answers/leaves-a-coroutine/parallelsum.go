// kata: parallel-sum
// want: leak
// Never ends an iterator that it pulls from.
package parallelsum

import (
	"iter"
	"slices"
)

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	next, _ := iter.Pull(slices.Values(append(slices.Clone(xs), 0)))
	total := 0.0
	for range xs {
		x, _ := next()
		total += kernel(x)
	}
	return total
}
