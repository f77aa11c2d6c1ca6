// Package stayresponsive is wrong: it sleeps between beats, and work that ends
// meanwhile does not wake it.
package stayresponsive

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Run looks between two sleeps whether the work is over.
func Run(work func(yield func()), beat func(), every time.Duration) {
	var done atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			time.Sleep(every)
			if done.Load() {
				return
			}
			beat()
		}
	})
	work(runtime.Gosched)
	done.Store(true)
	wg.Wait()
}
