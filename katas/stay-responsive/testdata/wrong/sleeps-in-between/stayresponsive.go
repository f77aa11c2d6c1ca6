// Package stayresponsive is wrong: a goroutine that sleeps when the work ends
// sleeps on, and then beats once more.
package stayresponsive

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Run looks before each sleep whether the work is over, and not after it.
func Run(work func(yield func()), beat func(), every time.Duration) {
	var done atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() {
		for !done.Load() {
			time.Sleep(every)
			beat()
		}
	})
	work(runtime.Gosched)
	done.Store(true)
	wg.Wait()
}
