// Package printinturn is wrong: the order is right, but every value has a
// goroutine of its own, and the workers are only numbers.
package printinturn

// Turn starts a goroutine for a value when the one before it has ended.
func Turn(workers, n int, emit func(worker, v int)) {
	for v := range n {
		done := make(chan struct{})
		go func() {
			defer close(done)
			emit(v%workers, v)
		}()
		<-done
	}
}
