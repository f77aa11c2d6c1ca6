// kata: parallel-sum
// want: forbidden
// Asks another machine.
package parallelsum

import "net"

func init() { net.Dial("tcp", "127.0.0.1:1") }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
