// kata: parallel-sum
// want: panic
// Panics before it is asked, with words that look like a deadlock.
package parallelsum

func init() { panic("\nfatal error: all goroutines are asleep - deadlock!") }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
