// Package printinturn is wrong: the turn is handed over before the value is
// emitted, so two workers emit at once.
package printinturn

import "sync"

// Turn passes a token round a ring of channels.
func Turn(workers, n int, emit func(worker, v int)) {
	turns := make([]chan struct{}, workers)
	for w := range turns {
		turns[w] = make(chan struct{}, 1)
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w; v < n; v += workers {
				<-turns[w]
				turns[(w+1)%workers] <- struct{}{}
				emit(w, v)
			}
		})
	}
	turns[0] <- struct{}{}
	wg.Wait()
}
