// kata: parallel-sum
// want: panic
// Calls itself without end.
package parallelsum

func deep(n int) int { return deep(n+1) + n }

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	return float64(deep(0))
}
