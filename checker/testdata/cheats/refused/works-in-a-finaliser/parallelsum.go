// kata: parallel-sum
// want: forbidden
// Leaves work to a finaliser and a cleanup, after the return.
package parallelsum

import "runtime"

func init() {
	x := new([64]byte)
	runtime.SetFinalizer(x, func(*[64]byte) {})
	runtime.AddCleanup(x, func(int) {}, 0)
}

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
