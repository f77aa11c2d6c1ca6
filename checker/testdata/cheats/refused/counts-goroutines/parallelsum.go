// kata: parallel-sum
// want: forbidden
// Tells a traced run by the one goroutine more, which reads the trace.
package parallelsum

import "runtime"

var first = runtime.NumGoroutine()

func traced() bool { return runtime.NumGoroutine() > first }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
