// Package printinturn is wrong: it asks less often, and so comes late for
// nearly every turn.
package printinturn

import (
	"sync"
	"time"
)

// Turn lets a worker sleep until it is worth looking again.
func Turn(workers, n int, emit func(worker, v int)) {
	var mu sync.Mutex
	next := 0
	mine := func(v int) bool {
		mu.Lock()
		defer mu.Unlock()
		return next == v
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w; v < n; v += workers {
				for !mine(v) {
					time.Sleep(time.Millisecond)
				}
				emit(w, v)
				mu.Lock()
				next++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}
