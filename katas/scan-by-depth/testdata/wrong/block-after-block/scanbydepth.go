// Package scanbydepth is wrong: it has a goroutine for each block, and awaits
// each of them before it starts the next, so nothing runs side by side.
package scanbydepth

import "runtime"

// Scan scans a block for each CPU, and brings in what stands before it.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	blocks := min(runtime.GOMAXPROCS(0), len(xs))
	start := func(block int) int { return block * len(xs) / blocks }
	done := make(chan struct{})
	for b := range blocks {
		go func() {
			prefixes[start(b)] = xs[start(b)]
			for i := start(b) + 1; i < start(b+1); i++ {
				prefixes[i] = op(prefixes[i-1], xs[i])
			}
			done <- struct{}{}
		}()
		<-done
	}
	for b := 1; b < blocks; b++ {
		before := prefixes[start(b)-1]
		go func() {
			for i := start(b); i < start(b+1); i++ {
				prefixes[i] = op(before, prefixes[i])
			}
			done <- struct{}{}
		}()
		<-done
	}
	return prefixes
}
