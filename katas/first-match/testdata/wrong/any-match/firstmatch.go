// Package firstmatch is wrong: the first match that somebody finds need not be
// the one that stands first.
package firstmatch

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const chunk = 1024

// First gives the match of the worker that is first to find one.
func First(xs []int, pred func(int) bool) int {
	var (
		next  atomic.Int64
		found atomic.Bool
		once  sync.Once
		wg    sync.WaitGroup
	)
	match := -1
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for !found.Load() {
				start := int(next.Add(chunk)) - chunk
				if start >= len(xs) {
					return
				}
				for i, x := range xs[start:min(start+chunk, len(xs))] {
					if pred(x) {
						once.Do(func() { match = start + i })
						found.Store(true)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	return match
}
