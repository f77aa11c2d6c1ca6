// kata: parallel-sum
// want: forbidden
// Lets another process do the work, where no clock of ours looks.
package parallelsum

import "os/exec"

func init() { exec.Command("sh", "-c", "exit 0").Run() }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
