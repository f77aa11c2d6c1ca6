// Package printinturn lets goroutines take turns.
package printinturn

import "sync"

// Turn emits the values from 0 to n-1 in order: worker w emits those that are w
// modulo workers, in a goroutine of its own. The turn is a token that goes
// round a ring of channels: worker w waits at turns[w] for the worker before it.
func Turn(workers, n int, emit func(worker, v int)) {
	turns := make([]chan struct{}, workers)
	for w := range turns {
		turns[w] = make(chan struct{}, 1) // room for the token, so the last one to pass it on is not held up
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w; v < n; v += workers {
				<-turns[w]
				emit(w, v)
				turns[(w+1)%workers] <- struct{}{}
			}
		})
	}
	turns[0] <- struct{}{}
	wg.Wait()
}
