// Package scanbydepth is wrong: a goroutine asks again and again whether what
// stands before its block is ready, and takes the CPU from who makes it so.
package scanbydepth

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Scan scans a block for each CPU; each waits for the end of the one before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	blocks := min(runtime.GOMAXPROCS(0), len(xs))
	start := func(block int) int { return block * len(xs) / blocks }
	ready := make([]atomic.Bool, blocks)
	var wg sync.WaitGroup
	for b := range blocks {
		wg.Go(func() {
			prefixes[start(b)] = xs[start(b)]
			for i := start(b) + 1; i < start(b+1); i++ {
				prefixes[i] = op(prefixes[i-1], xs[i])
			}
			if b > 0 {
				for !ready[b-1].Load() {
					runtime.Gosched()
				}
				before, end := prefixes[start(b)-1], start(b+1)-1
				prefixes[end] = op(before, prefixes[end])
				ready[b].Store(true)
				for i := start(b); i < end; i++ {
					prefixes[i] = op(before, prefixes[i])
				}
			}
			ready[b].Store(true)
		})
	}
	wg.Wait()
	return prefixes
}
