// Package stayresponsive keeps a sign of life going beside a computation.
package stayresponsive

import (
	"runtime"
	"sync"
	"time"
)

// Run calls work, and beat about every so often until work returns. A goroutine
// of its own beats, so it does not matter whether work computes or waits; while
// work computes, its calls of yield let that goroutine have the CPU.
func Run(work func(yield func()), beat func(), every time.Duration) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				beat()
			case <-done:
				return
			}
		}
	})
	work(runtime.Gosched)
	close(done)
	wg.Wait()
}
