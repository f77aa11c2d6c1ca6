// Package printinturn is wrong: a worker that waits asks for its turn again and
// again, and a CPU is busy with nothing but the question.
package printinturn

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Turn counts the values that are emitted, and each worker looks at the count.
func Turn(workers, n int, emit func(worker, v int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w; v < n; v += workers {
				for next.Load() != int64(v) {
					runtime.Gosched()
				}
				emit(w, v)
				next.Add(1)
			}
		})
	}
	wg.Wait()
}
