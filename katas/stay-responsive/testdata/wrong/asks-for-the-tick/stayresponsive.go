// Package stayresponsive is wrong: it asks for the next tick again and again,
// and so takes the CPU from the work that it is to watch.
package stayresponsive

import (
	"runtime"
	"sync"
	"time"
)

// Run never waits for the ticker.
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
			default:
				runtime.Gosched()
			}
		}
	})
	work(runtime.Gosched)
	close(done)
	wg.Wait()
}
