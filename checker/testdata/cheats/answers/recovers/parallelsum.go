// kata: parallel-sum
// want: wrong-answer
// Panics over an empty slice, catches it, and returns what it has.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	defer func() { _ = recover() }()
	total := xs[0]
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
