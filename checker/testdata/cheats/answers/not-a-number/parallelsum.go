// kata: parallel-sum
// want: wrong-answer
// Returns what is not equal to itself.
package parallelsum

import "math"

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	return math.NaN()
}
