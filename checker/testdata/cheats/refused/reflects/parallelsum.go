// kata: parallel-sum
// want: forbidden
// Reaches into values of the harness by reflection.
package parallelsum

import "reflect"

var kind = reflect.TypeOf(Sum).Kind()

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
