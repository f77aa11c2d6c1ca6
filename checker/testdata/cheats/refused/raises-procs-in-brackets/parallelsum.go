// kata: parallel-sum
// want: build
// Puts the name of the package in brackets, where no selector begins with it.
package parallelsum

import "runtime"

func init() { (runtime).GOMAXPROCS(64) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
