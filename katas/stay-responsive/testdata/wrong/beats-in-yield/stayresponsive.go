// Package stayresponsive is wrong: the beat is part of the work, so it stops
// when the work waits.
package stayresponsive

import "time"

// Run looks at the clock whenever the work yields.
func Run(work func(yield func()), beat func(), every time.Duration) {
	last := time.Now()
	work(func() {
		if now := time.Now(); now.Sub(last) >= every {
			last = now
			beat()
		}
	})
}
