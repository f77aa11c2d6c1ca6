// Package scanbydepth is wrong: every prefix waits for the one before it.
package scanbydepth

// Scan goes from left to right.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	for i, x := range xs {
		if i > 0 {
			x = op(prefixes[i-1], x)
		}
		prefixes[i] = x
	}
	return prefixes
}
