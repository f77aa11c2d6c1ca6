// Package scanbydepth is wrong: goroutines of both passes add to one plain
// integer.
package scanbydepth

import (
	"fmt"
	"runtime"
	"sync"
)

// Scan scans a block for each CPU, and brings in what stands before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	blocks := min(runtime.GOMAXPROCS(0), len(xs))
	start := func(block int) int { return block * len(xs) / blocks }
	done := 0
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			prefixes[start(b)] = xs[start(b)]
			for i := start(b) + 1; i < start(b+1); i++ {
				prefixes[i] = op(prefixes[i-1], xs[i])
			}
			done += start(b+1) - start(b)
		})
	}
	wg.Wait()
	for b := 1; b < blocks; b++ {
		end := start(b+1) - 1
		prefixes[end] = op(prefixes[start(b)-1], prefixes[end])
	}
	for b := 1; b < blocks; b++ {
		wg.Go(func() {
			before := prefixes[start(b)-1]
			for i := start(b); i < start(b+1)-1; i++ {
				prefixes[i] = op(before, prefixes[i])
			}
			done += start(b+1) - start(b)
		})
	}
	wg.Wait()
	_ = fmt.Sprintf("%d of %d elements done", done, 2*len(xs))
	return prefixes
}
