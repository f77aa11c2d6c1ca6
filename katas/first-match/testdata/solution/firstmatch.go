// Package firstmatch finds the first element that satisfies a predicate.
package firstmatch

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// chunk is how many elements a worker takes at a time.
const chunk = 1024

// First returns the lowest index i for which pred(xs[i]) is true, and -1 if
// there is none.
//
// Workers take chunks from left to right, so whatever lies before a chunk that
// was taken is being looked at, or has been. A match therefore ends only what
// lies behind it.
func First(xs []int, pred func(int) bool) int {
	var next, first atomic.Int64 // where the next chunk begins; the lowest match so far
	first.Store(int64(len(xs)))
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				start := int(next.Add(chunk)) - chunk
				if start >= int(first.Load()) {
					return
				}
				for i, x := range xs[start:min(start+chunk, len(xs))] {
					if pred(x) {
						lower(&first, int64(start+i))
						return // the chunks that are left lie behind
					}
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

// lower makes x at most i, whatever others do meanwhile.
func lower(x *atomic.Int64, i int64) {
	for old := x.Load(); i < old; old = x.Load() {
		if x.CompareAndSwap(old, i) {
			return
		}
	}
}
