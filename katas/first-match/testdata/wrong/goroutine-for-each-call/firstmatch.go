// Package firstmatch is wrong: no more calls are under way than there are CPUs,
// but each of them has a goroutine of its own.
package firstmatch

import (
	"runtime"
	"sync"
)

// First starts a goroutine for each element before the first match known.
func First(xs []int, pred func(int) bool) int {
	var (
		mu sync.Mutex
		wg sync.WaitGroup
	)
	first := len(xs)
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, x := range xs {
		free <- struct{}{}
		mu.Lock()
		enough := i > first
		mu.Unlock()
		if enough {
			break
		}
		wg.Go(func() {
			defer func() { <-free }()
			if pred(x) {
				mu.Lock()
				defer mu.Unlock()
				first = min(first, i)
			}
		})
	}
	wg.Wait()
	if first == len(xs) {
		return -1
	}
	return first
}
