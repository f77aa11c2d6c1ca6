// Package firstmatch finds the first element that satisfies a predicate.
package firstmatch

// First returns the lowest index i for which pred(xs[i]) is true, and -1 if
// there is none.
//
// pred is pure, and may be called from several goroutines at once. First
// returns when no call of pred is under way any more and none will come.
func First(xs []int, pred func(int) bool) int {
	for i, x := range xs { // one call after the other: make them overlap
		if pred(x) {
			return i
		}
	}
	return -1
}
