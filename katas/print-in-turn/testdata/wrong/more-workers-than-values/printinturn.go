// Package printinturn is wrong: a worker says that it is done after its last
// value, and a worker that has no value never says so.
package printinturn

// Turn passes a token round, and waits for a word from every worker.
func Turn(workers, n int, emit func(worker, v int)) {
	turns := make([]chan struct{}, workers)
	for w := range turns {
		turns[w] = make(chan struct{}, 1)
	}
	done := make(chan struct{})
	for w := range workers {
		go func() {
			for v := w; v < n; v += workers {
				<-turns[w]
				emit(w, v)
				turns[(w+1)%workers] <- struct{}{}
				if v+workers >= n {
					done <- struct{}{}
				}
			}
		}()
	}
	turns[0] <- struct{}{}
	for range workers {
		<-done
	}
}
