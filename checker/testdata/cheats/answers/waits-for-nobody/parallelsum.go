// kata: parallel-sum
// want: deadlock
// Waits on a channel that nobody sends on.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	<-make(chan bool)
	return 0
}
