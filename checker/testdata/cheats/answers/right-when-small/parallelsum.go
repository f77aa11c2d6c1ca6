// kata: parallel-sum
// want: wrong-answer
// Is right in cases, and returns nothing where the work is large.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs[:len(xs)%(1<<18)] {
		total += kernel(x)
	}
	return total
}
