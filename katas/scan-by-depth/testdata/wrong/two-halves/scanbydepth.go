// Package scanbydepth is wrong: it cuts xs in two, for ever two, and more CPUs
// do not make it less deep.
package scanbydepth

import "sync"

// Scan scans two halves, and brings the first into the second.
func Scan[T any](xs []T, op func(T, T) T) []T {
	if len(xs) == 0 {
		return nil
	}
	prefixes := make([]T, len(xs))
	half := (len(xs) + 1) / 2
	var wg sync.WaitGroup
	wg.Go(func() { scan(prefixes[:half], xs[:half], op) })
	scan(prefixes[half:], xs[half:], op)
	wg.Wait()
	for i := half; i < len(xs); i++ {
		prefixes[i] = op(prefixes[half-1], prefixes[i])
	}
	return prefixes
}

func scan[T any](prefixes, xs []T, op func(T, T) T) {
	for i, x := range xs {
		if i > 0 {
			x = op(prefixes[i-1], x)
		}
		prefixes[i] = x
	}
}
