// Package scanbydepth combines the elements of a slice up to every index.
package scanbydepth

// Scan returns the prefixes of xs under op, a slice as long as xs: element 0
// is xs[0], element 1 is op(xs[0], xs[1]), and element i is all of xs[0] to
// xs[i] combined, in this order. If xs is empty, so is the result.
//
// op is associative: op(op(a, b), c) and op(a, op(b, c)) are the same. It need
// not be commutative, so op(a, b) and op(b, a) may differ, and there may be no
// neutral element: the zero value of T is not one. op may be called from
// several goroutines at once. Scan leaves xs as it is.
func Scan[T any](xs []T, op func(T, T) T) []T {
	prefixes := make([]T, len(xs))
	for i, x := range xs {
		if i > 0 {
			x = op(prefixes[i-1], x) // waits for all before it: a chain as long as xs
		}
		prefixes[i] = x
	}
	return prefixes
}
