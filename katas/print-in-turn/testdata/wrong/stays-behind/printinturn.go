// Package printinturn is wrong: the workers serve whoever gives them a turn,
// and nobody tells them that no more will come.
package printinturn

// Turn gives every worker its values, and waits for each to be emitted.
func Turn(workers, n int, emit func(worker, v int)) {
	turns := make([]chan int, workers)
	done := make(chan struct{})
	for w := range turns {
		turns[w] = make(chan int)
		go func() {
			for v := range turns[w] {
				emit(w, v)
				done <- struct{}{}
			}
		}()
	}
	for v := range n {
		turns[v%workers] <- v
		<-done
	}
}
