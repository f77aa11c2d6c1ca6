// Package parallelsum is wrong: one goroutine does all the work.
package parallelsum

// Sum adds from left to right.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	done := make(chan float64)
	go func() {
		sum := 0.0
		for _, x := range xs {
			sum += kernel(x)
		}
		done <- sum
	}()
	return <-done
}
