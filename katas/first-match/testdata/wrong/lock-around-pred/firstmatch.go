// Package firstmatch is wrong: the lock that guards the match is held while
// pred runs, so one call is under way at a time.
package firstmatch

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const chunk = 1024

// First has a worker for each CPU.
func First(xs []int, pred func(int) bool) int {
	var (
		next atomic.Int64
		mu   sync.Mutex
		wg   sync.WaitGroup
	)
	first := len(xs)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				start := int(next.Add(chunk)) - chunk
				for i := start; i < min(start+chunk, len(xs)); i++ {
					mu.Lock()
					if i < first && pred(xs[i]) {
						first = i
					}
					done := i >= first
					mu.Unlock()
					if done {
						return
					}
				}
				if start >= len(xs) {
					return
				}
			}
		})
	}
	wg.Wait()
	if first == len(xs) {
		return -1
	}
	return first
}
