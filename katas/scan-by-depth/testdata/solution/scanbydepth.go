// Package scanbydepth combines the elements of a slice up to every index.
package scanbydepth

import (
	"runtime"
	"sync"
)

// Scan returns the prefixes of xs under op, which is associative: element i is
// all of xs[0] to xs[i] combined, in this order.
//
// P goroutines go over P+1 blocks in two passes. The first pass leaves out the
// last block, since nobody comes after it, and the second the first, which is
// ready by then: so in each pass a goroutine has one block.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	last := runtime.GOMAXPROCS(0)
	if len(xs) <= last { // not an element for each block
		scan(prefixes, xs, op)
		return prefixes
	}
	start := func(block int) int { return block * len(xs) / (last + 1) }

	var wg sync.WaitGroup
	for b := range last {
		wg.Go(func() {
			from, to := start(b), start(b+1)
			scan(prefixes[from:to], xs[from:to], op)
		})
	}
	wg.Wait()

	// The end of a block now becomes a prefix of all of xs.
	for b := 1; b < last; b++ {
		end := start(b+1) - 1
		prefixes[end] = op(prefixes[start(b)-1], prefixes[end])
	}

	for b := 1; b < last; b++ {
		wg.Go(func() {
			from, end := start(b), start(b+1)-1
			before := prefixes[from-1]
			for i := from; i < end; i++ {
				prefixes[i] = op(before, prefixes[i])
			}
		})
	}
	for i := start(last); i < len(xs); i++ {
		prefixes[i] = op(prefixes[i-1], xs[i])
	}
	wg.Wait()
	return prefixes
}

// scan is Scan from left to right, into a slice as long as xs.
func scan[T any](prefixes, xs []T, op func(T, T) T) {
	for i, x := range xs {
		if i > 0 {
			x = op(prefixes[i-1], x)
		}
		prefixes[i] = x
	}
}
