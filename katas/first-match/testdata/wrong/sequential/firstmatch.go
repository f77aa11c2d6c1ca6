// Package firstmatch is wrong: one call of pred comes after the other.
package firstmatch

// First goes from left to right.
func First(xs []int, pred func(int) bool) int {
	for i, x := range xs {
		if pred(x) {
			return i
		}
	}
	return -1
}
