// kata: parallel-sum
// want: leak
// Leaves a goroutine behind from the third large run of a process on.
package parallelsum

import "sync/atomic"

var calls atomic.Int64

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	if len(xs) > 1<<18 && calls.Add(1) > 2 {
		go func() { select {} }()
	}
	total := 0.0
	for _, x := range xs {
		total += kernel(x)
	}
	return total
}
