// Package mergesort is wrong: a lock guards the slice, which nobody else touches
// in the same place, and lets one goroutine work at a time.
package mergesort

import (
	"slices"
	"sync"
)

const alone = 8 << 10

type sorter struct {
	mu  sync.Mutex
	buf []int // for merging
}

// Sort sorts both halves side by side, and merges them.
func Sort(xs []int) {
	s := &sorter{buf: make([]int, len(xs))}
	s.sort(xs)
}

func (s *sorter) sort(xs []int) {
	if len(xs) <= alone {
		s.mu.Lock()
		defer s.mu.Unlock()
		slices.Sort(xs)
		return
	}
	mid := len(xs) / 2
	var wg sync.WaitGroup
	wg.Go(func() { s.sort(xs[:mid]) })
	wg.Go(func() { s.sort(xs[mid:]) })
	wg.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	copy(s.buf, xs)
	merge(xs, s.buf[:mid], s.buf[mid:len(xs)])
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
