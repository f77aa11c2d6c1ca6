// kata: parallel-sum
// want: wrong-answer
// Is an accident: has spaces in the name of its file, and is wrong besides.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	return 0
}
