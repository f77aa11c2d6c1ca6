// Package scanbydepth is wrong: it puts what stands before a block behind it,
// which only a commutative op forgives.
package scanbydepth

import (
	"runtime"
	"sync"
)

// Scan scans a block for each CPU, and brings in what stands before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	blocks := min(runtime.GOMAXPROCS(0), len(xs))
	start := func(block int) int { return block * len(xs) / blocks }
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			prefixes[start(b)] = xs[start(b)]
			for i := start(b) + 1; i < start(b+1); i++ {
				prefixes[i] = op(prefixes[i-1], xs[i])
			}
		})
	}
	wg.Wait()
	for b := 1; b < blocks; b++ {
		end := start(b+1) - 1
		prefixes[end] = op(prefixes[end], prefixes[start(b)-1])
	}
	for b := 1; b < blocks; b++ {
		wg.Go(func() {
			for i := start(b); i < start(b+1)-1; i++ {
				prefixes[i] = op(prefixes[i], prefixes[start(b)-1])
			}
		})
	}
	wg.Wait()
	return prefixes
}
