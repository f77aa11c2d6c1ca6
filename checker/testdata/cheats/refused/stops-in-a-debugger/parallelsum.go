// kata: parallel-sum
// want: forbidden
// Raises a signal, and catches those meant for the process.
package parallelsum

import (
	"os/signal"
	"runtime"
)

func init() {
	signal.Ignore()
	runtime.Breakpoint()
}

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
