// Package stayresponsive is wrong: two sources of beats take care not to beat
// at once, and one of them does not know when.
package stayresponsive

import (
	"runtime"
	"sync"
	"time"
)

// Run beats at every tick and at every yield.
func Run(work func(yield func()), beat func(), every time.Duration) {
	var mu sync.Mutex
	one := func() {
		mu.Lock()
		defer mu.Unlock()
		beat()
	}
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				one()
			case <-done:
				return
			}
		}
	})
	work(func() {
		one()
		runtime.Gosched()
	})
	close(done)
	wg.Wait()
}
