// Package stayresponsive is wrong: it relies on the scheduler to interrupt the
// work, which nobody has promised.
package stayresponsive

import (
	"sync"
	"time"
)

// Run beats in a goroutine of its own, and makes nothing of yield.
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
	work(func() {})
	close(done)
	wg.Wait()
}
