// kata: parallel-sum
// want: timeout
// Prints without end.
package parallelsum

import "fmt"

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	for {
		fmt.Println("PASS")
		println("PASS")
	}
}
