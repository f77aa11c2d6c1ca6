// Package firstmatch is wrong: the lowest match is changed under a lock, but
// read without one.
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
				if start >= first {
					return
				}
				for i := start; i < min(start+chunk, len(xs)); i++ {
					if pred(xs[i]) {
						mu.Lock()
						first = min(first, i)
						mu.Unlock()
						return
					}
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
