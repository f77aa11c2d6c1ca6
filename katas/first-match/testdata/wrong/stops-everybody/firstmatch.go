// Package firstmatch is wrong: a match ends the search of all workers, also of
// those who are looking at elements before it.
package firstmatch

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

const chunk = 1024

// First gives the lowest match that was found before everybody stopped.
func First(xs []int, pred func(int) bool) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var (
		next atomic.Int64
		mu   sync.Mutex
		wg   sync.WaitGroup
	)
	match := -1
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				start := int(next.Add(chunk)) - chunk
				if start >= len(xs) {
					return
				}
				for i, x := range xs[start:min(start+chunk, len(xs))] {
					if ctx.Err() != nil {
						return
					}
					if pred(x) {
						mu.Lock()
						if match < 0 || start+i < match {
							match = start + i
						}
						mu.Unlock()
						cancel()
					}
				}
			}
		})
	}
	wg.Wait()
	return match
}
