// kata: parallel-sum
// want: forbidden
// Ends the process with status 0 before anything is asked.
package parallelsum

import "os"

func init() { os.Exit(0) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
