// kata: parallel-sum
// want: forbidden
// Calls a function of the runtime that it cannot import.
package parallelsum

//go:linkname stopTheWorld runtime.stopTheWorldGC
func stopTheWorld()

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
