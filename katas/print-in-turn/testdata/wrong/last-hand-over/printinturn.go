// Package printinturn is wrong: after the last value the turn is handed to a
// worker that has already ended, and nobody takes it.
package printinturn

import "sync"

// Turn passes a token round a ring of channels without room for it.
func Turn(workers, n int, emit func(worker, v int)) {
	turns := make([]chan struct{}, workers)
	for w := range turns {
		turns[w] = make(chan struct{})
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w; v < n; v += workers {
				if v > 0 {
					<-turns[w]
				}
				emit(w, v)
				turns[(w+1)%workers] <- struct{}{}
			}
		})
	}
	wg.Wait()
}
