// Package scanbydepth is wrong: it is as shallow as can be, and pays for it with
// an operation on nearly every element in each of its 16 rounds.
package scanbydepth

import (
	"runtime"
	"sync"
)

// Scan combines every element with the one 1 before it, then 2, 4, 8 and so on.
func Scan[T any](xs []T, op func(T, T) T) []T {
	now, next := make([]T, len(xs)), make([]T, len(xs))
	copy(now, xs)
	procs := runtime.GOMAXPROCS(0)
	for distance := 1; distance < len(xs); distance *= 2 {
		var wg sync.WaitGroup
		for p := range procs {
			wg.Go(func() {
				for i := p * len(xs) / procs; i < (p+1)*len(xs)/procs; i++ {
					if i < distance {
						next[i] = now[i]
					} else {
						next[i] = op(now[i-distance], now[i])
					}
				}
			})
		}
		wg.Wait()
		now, next = next, now
	}
	return now
}
