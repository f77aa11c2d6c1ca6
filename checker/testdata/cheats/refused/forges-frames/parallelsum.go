// kata: parallel-sum
// want: forbidden
// Writes answers of its own on the descriptor of the protocol.
package parallelsum

import "os"

var answers = os.NewFile(4, "answers")

func init() { answers.WriteString("\x00\x00\x00\x11 pass") }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
