// Package mergesort sorts numbers on all CPUs.
package mergesort

import (
	"slices"
	"sync"
)

// alone is how many elements one goroutine sorts, or merges, by itself: long
// enough to be worth a goroutine, short enough that there is work for many.
const alone = 8 << 10

// Sort puts the elements of xs into ascending order, in place.
func Sort(xs []int) {
	if len(xs) <= alone {
		slices.Sort(xs)
		return
	}
	sort(xs, make([]int, len(xs)), false)
}

// sort sorts xs, into buf if toBuf is set, else in place. Each level merges from
// one of the two into the other, so that nothing has to be copied back.
func sort(xs, buf []int, toBuf bool) {
	if len(xs) <= alone {
		slices.Sort(xs)
		if toBuf {
			copy(buf, xs)
		}
		return
	}
	mid := len(xs) / 2
	var wg sync.WaitGroup
	wg.Go(func() { sort(xs[:mid], buf[:mid], !toBuf) })
	sort(xs[mid:], buf[mid:], !toBuf)
	wg.Wait()
	if toBuf {
		merge(buf, xs[:mid], xs[mid:])
	} else {
		merge(xs, buf[:mid], buf[mid:])
	}
}

// merge merges a and b, both sorted, into dst. Where that is much, it cuts the
// longer one in the middle and the other one where the same number would stand,
// and merges the lower parts and the upper parts side by side.
func merge(dst, a, b []int) {
	if len(dst) <= alone {
		mergeAlone(dst, a, b)
		return
	}
	if len(a) < len(b) {
		a, b = b, a
	}
	i := len(a) / 2
	j, _ := slices.BinarySearch(b, a[i])
	var wg sync.WaitGroup
	wg.Go(func() { merge(dst[:i+j], a[:i], b[:j]) })
	merge(dst[i+j:], a[i:], b[j:])
	wg.Wait()
}

func mergeAlone(dst, a, b []int) {
	for len(a) > 0 && len(b) > 0 {
		if b[0] < a[0] {
			dst[0], b = b[0], b[1:]
		} else {
			dst[0], a = a[0], a[1:]
		}
		dst = dst[1:]
	}
	copy(dst[copy(dst, a):], b)
}
