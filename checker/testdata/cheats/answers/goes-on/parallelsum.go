// kata: parallel-sum
// want: leak
// Leaves a goroutine that goes on after the return.
package parallelsum

import "time"

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	go func() {
		for {
			time.Sleep(time.Millisecond)
		}
	}()
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
