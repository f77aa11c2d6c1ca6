// kata: parallel-sum
// want: forbidden
// Starts a process by a system call.
package parallelsum

import "syscall"

func init() { syscall.ForkExec("/bin/true", nil, nil) }

// Sum is the sequential one.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
