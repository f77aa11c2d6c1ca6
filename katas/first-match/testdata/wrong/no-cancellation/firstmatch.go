// Package firstmatch is wrong: it looks at every element, wherever the match
// is.
package firstmatch

import (
	"runtime"
	"sync"
	"sync/atomic"
)

const chunk = 1024

// First finds the first match of each chunk, and then the first of those.
func First(xs []int, pred func(int) bool) int {
	matches := make([]int, (len(xs)+chunk-1)/chunk)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				c := int(next.Add(1)) - 1
				if c >= len(matches) {
					return
				}
				matches[c] = -1
				for i := c * chunk; i < min((c+1)*chunk, len(xs)); i++ {
					if pred(xs[i]) {
						matches[c] = i
						break
					}
				}
			}
		})
	}
	wg.Wait()
	for _, i := range matches {
		if i >= 0 {
			return i
		}
	}
	return -1
}
