// Package mergesort sorts numbers on all CPUs.
package mergesort

import "slices"

// Sort puts the elements of xs into ascending order, in place: xs itself is
// sorted when Sort returns, and what lies around it in memory is as it was. Equal
// elements stay as many as they were.
func Sort(xs []int) {
	slices.Sort(xs) // on one CPU: use all of them
}
