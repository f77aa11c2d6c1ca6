// Package stayresponsive is wrong: a beat that takes longer than every is still
// under way when the next one begins.
package stayresponsive

import (
	"runtime"
	"sync"
	"time"
)

// Run starts a goroutine at every tick.
func Run(work func(yield func()), beat func(), every time.Duration) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				wg.Go(beat)
			case <-done:
				return
			}
		}
	})
	work(runtime.Gosched)
	close(done)
	wg.Wait()
}
