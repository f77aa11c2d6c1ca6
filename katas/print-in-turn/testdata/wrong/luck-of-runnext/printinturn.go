// Package printinturn is wrong: with GOMAXPROCS=1 today's scheduler runs these
// goroutines round and round in the right order, and nobody has promised it.
package printinturn

import (
	"runtime"
	"sync"
)

// Turn starts worker 0 last, because the newest goroutine runs first, and then
// relies on the queue.
func Turn(workers, n int, emit func(worker, v int)) {
	var wg sync.WaitGroup
	for i := range workers {
		w := (i + 1) % workers
		wg.Go(func() {
			for v := w; v < n; v += workers {
				emit(w, v)
				runtime.Gosched()
			}
		})
	}
	wg.Wait()
}
