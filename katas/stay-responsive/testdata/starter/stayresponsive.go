// Package stayresponsive keeps a sign of life going beside a computation.
package stayresponsive

import "time"

// Run calls work once, and returns when work has returned. Meanwhile it calls
// beat about every so often, which is more than 0, whether work computes or
// waits: the first time when that time has passed. One call of beat ends before
// the next one begins, and when Run returns, none is under way or to come. Once
// work has returned, Run does not wait for the time of another beat.
//
// While work computes, it calls yield every few ten microseconds, from its own
// goroutine. While it waits, it does not. Neither work nor beat panics.
func Run(work func(yield func()), beat func(), every time.Duration) {
	work(func() {}) // no sign of life: let there be beats meanwhile
}
