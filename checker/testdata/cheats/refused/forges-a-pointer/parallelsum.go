// kata: parallel-sum
// want: forbidden
// Reaches into the memory of the harness.
package parallelsum

import "unsafe"

var at = (*int)(unsafe.Pointer(uintptr(0xc000000000)))

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
