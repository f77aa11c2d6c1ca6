// Package mergesort is wrong: all goroutines read and write the number of those
// that run, at the same time and without a lock. The slice is sorted all the same.
package mergesort

import (
	"runtime"
	"slices"
	"sync"
)

const alone = 1 << 10

type sorter struct {
	running, limit int
}

// Sort starts goroutines as long as there are not too many of them.
func Sort(xs []int) {
	s := &sorter{limit: 8 * runtime.GOMAXPROCS(0)}
	s.sort(xs, make([]int, len(xs)))
}

func (s *sorter) sort(xs, buf []int) {
	if len(xs) <= alone {
		slices.Sort(xs)
		return
	}
	mid := len(xs) / 2
	var wg sync.WaitGroup
	if s.running < s.limit {
		s.running++
		wg.Go(func() {
			s.sort(xs[:mid], buf[:mid])
			s.running--
		})
	} else {
		s.sort(xs[:mid], buf[:mid])
	}
	s.sort(xs[mid:], buf[mid:])
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
