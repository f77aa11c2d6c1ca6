// Package scanbydepth is wrong: it begins with the zero value of T, which is
// neutral for sums and for strings, and for hardly anything else.
package scanbydepth

import (
	"runtime"
	"sync"
)

// Scan adds up blocks, and then scans each with what stands before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	blocks := runtime.GOMAXPROCS(0)
	start := func(block int) int { return block * len(xs) / blocks }
	totals := make([]T, blocks)
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			var total T
			for _, x := range xs[start(b):start(b+1)] {
				total = op(total, x)
			}
			totals[b] = total
		})
	}
	wg.Wait()
	var before T
	for b, total := range totals {
		totals[b] = before
		before = op(before, total)
	}
	for b := range blocks {
		wg.Go(func() {
			sum := totals[b]
			for i := start(b); i < start(b+1); i++ {
				sum = op(sum, xs[i])
				prefixes[i] = sum
			}
		})
	}
	wg.Wait()
	return prefixes
}
