// Package stayresponsive is wrong: it says that the beats are to end, and does
// not wait until they have.
package stayresponsive

import (
	"runtime"
	"time"
)

// Run closes done when the work is over.
func Run(work func(yield func()), beat func(), every time.Duration) {
	done := make(chan struct{})
	defer close(done)
	go func() {
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
	}()
	work(runtime.Gosched)
}
