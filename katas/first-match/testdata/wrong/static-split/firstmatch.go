// Package firstmatch is wrong: a worker begins in the middle of the slice while
// the match stands near its beginning, and all that it looks at is for nothing.
package firstmatch

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// First gives every worker one piece of xs.
func First(xs []int, pred func(int) bool) int {
	var first atomic.Int64
	first.Store(int64(len(xs)))
	procs := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for p := range procs {
		wg.Go(func() {
			for i := p * len(xs) / procs; i < (p+1)*len(xs)/procs && int64(i) < first.Load(); i++ {
				if pred(xs[i]) {
					for old := first.Load(); int64(i) < old && !first.CompareAndSwap(old, int64(i)); old = first.Load() {
					}
					return
				}
			}
		})
	}
	wg.Wait()
	if i := int(first.Load()); i < len(xs) {
		return i
	}
	return -1
}
