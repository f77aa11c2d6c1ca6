// Package mergesort is wrong: two goroutines sort a half each, and then one of
// them copies and merges everything, while all other CPUs watch.
package mergesort

import (
	"slices"
	"sync"
)

// Sort sorts both halves side by side, and merges them.
func Sort(xs []int) {
	a, b := slices.Clone(xs[:len(xs)/2]), slices.Clone(xs[len(xs)/2:])
	var wg sync.WaitGroup
	wg.Go(func() { slices.Sort(a) })
	wg.Go(func() { slices.Sort(b) })
	wg.Wait()
	for i := range xs {
		if len(a) == 0 || len(b) > 0 && b[0] < a[0] {
			xs[i], b = b[0], b[1:]
		} else {
			xs[i], a = a[0], a[1:]
		}
	}
}
