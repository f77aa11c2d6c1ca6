// Package stayresponsive is wrong: the goroutine that beats is never told that
// the work is over.
package stayresponsive

import (
	"runtime"
	"time"
)

// Run leaves the beats to a goroutine.
func Run(work func(yield func()), beat func(), every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	go func() {
		for range ticker.C {
			beat()
		}
	}()
	work(runtime.Gosched)
}
