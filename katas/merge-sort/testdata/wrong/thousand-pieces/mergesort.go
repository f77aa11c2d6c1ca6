// Package mergesort is wrong: it starts a goroutine for every piece at once, and
// more than a thousand of them wait for two CPUs.
package mergesort

import (
	"slices"
	"sync"
)

const piece = 512

// Sort sorts all pieces side by side, and then merges two and two of them until
// there is one.
func Sort(xs []int) {
	var wg sync.WaitGroup
	for part := range slices.Chunk(xs, piece) {
		wg.Go(func() { slices.Sort(part) })
	}
	wg.Wait()
	from, to := xs, make([]int, len(xs))
	for n := piece; n < len(xs); n *= 2 {
		for i := 0; i < len(xs); i += 2 * n {
			mid, end := min(i+n, len(xs)), min(i+2*n, len(xs))
			wg.Go(func() { merge(to[i:end], from[i:mid], from[mid:end]) })
		}
		wg.Wait()
		from, to = to, from
	}
	copy(xs, from)
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
