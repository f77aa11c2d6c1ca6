// Package mergesort is wrong: it starts a goroutine for every half down to single
// elements, and nearly all of them sort two numbers or one.
package mergesort

import "sync"

// Sort sorts both halves, each in a goroutine of its own, and merges them.
func Sort(xs []int) { sort(xs, make([]int, len(xs))) }

func sort(xs, buf []int) {
	if len(xs) < 2 {
		return
	}
	mid := len(xs) / 2
	var wg sync.WaitGroup
	wg.Go(func() { sort(xs[:mid], buf[:mid]) })
	wg.Go(func() { sort(xs[mid:], buf[mid:]) })
	wg.Wait()
	copy(buf, xs)
	merge(xs, buf[:mid], buf[mid:])
}

func merge(dst, a, b []int) {
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
