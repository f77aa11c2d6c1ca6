// kata: parallel-sum
// want: forbidden
// Imports the protocol and the hidden cases.
package parallelsum

import (
	"check/hidden"
	"check/probe"
)

var suite = hidden.Suite()

func init() { probe.Main(suite) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
