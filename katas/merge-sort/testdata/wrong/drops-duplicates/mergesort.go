// Package mergesort is wrong: it keeps what is less than the pivot and what is
// greater, but of the pivot's equals only one.
package mergesort

import (
	"slices"
	"sync"
)

const alone = 8 << 10

// Sort sorts what is less than an element and what is greater, side by side.
func Sort(xs []int) {
	if len(xs) <= alone {
		slices.Sort(xs)
		return
	}
	pivot := xs[len(xs)/2]
	var less, greater []int
	for _, x := range xs {
		switch {
		case x < pivot:
			less = append(less, x)
		case x > pivot:
			greater = append(greater, x)
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() { Sort(less) })
	wg.Go(func() { Sort(greater) })
	wg.Wait()
	copy(xs, less)
	xs[len(less)] = pivot
	copy(xs[len(less)+1:], greater)
}
