// Package mergesort is wrong: a goroutine keeps its token while it waits for
// another one, which waits for a token.
package mergesort

import (
	"runtime"
	"slices"
	"sync"
)

const alone = 2 << 10

// Sort lets as many goroutines work as there are CPUs.
func Sort(xs []int) {
	tokens := make(chan struct{}, runtime.GOMAXPROCS(0))
	sort(xs, make([]int, len(xs)), tokens)
}

func sort(xs, buf []int, tokens chan struct{}) {
	if len(xs) <= alone {
		slices.Sort(xs)
		return
	}
	mid := len(xs) / 2
	var wg sync.WaitGroup
	wg.Go(func() {
		tokens <- struct{}{}
		sort(xs[:mid], buf[:mid], tokens)
		<-tokens
	})
	sort(xs[mid:], buf[mid:], tokens)
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
