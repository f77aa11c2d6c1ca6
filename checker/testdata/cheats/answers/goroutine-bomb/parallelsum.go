// kata: parallel-sum
// want: unbounded|timeout
// Starts goroutines that wait, until there is no more memory.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	never := make(chan bool)
	for {
		go func() { <-never }()
	}
}
