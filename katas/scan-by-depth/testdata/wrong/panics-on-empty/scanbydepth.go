// Package scanbydepth is wrong: it takes the first element of a slice that may
// have none.
package scanbydepth

import (
	"runtime"
	"sync"
)

// Scan adds up blocks, and then scans each with what stands before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	prefixes[0] = xs[0]
	blocks := min(runtime.GOMAXPROCS(0), len(xs))
	start := func(block int) int { return block * len(xs) / blocks }
	totals := make([]T, blocks)
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			totals[b] = xs[start(b)]
			for _, x := range xs[start(b)+1 : start(b+1)] {
				totals[b] = op(totals[b], x)
			}
		})
	}
	wg.Wait()
	for b := 1; b < blocks; b++ {
		totals[b] = op(totals[b-1], totals[b])
	}
	for b := range blocks {
		wg.Go(func() {
			first := start(b)
			if b == 0 {
				first = 1
			} else {
				prefixes[first] = op(totals[b-1], xs[first])
				first++
			}
			for i := first; i < start(b+1); i++ {
				prefixes[i] = op(prefixes[i-1], xs[i])
			}
		})
	}
	wg.Wait()
	return prefixes
}
