// kata: parallel-sum
// want: wrong-answer
// Computes with half of the digits, and hopes that near is near enough.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := float32(0)
	for _, x := range xs {
		total += float32(kernel(x))
	}
	return float64(total)
}
