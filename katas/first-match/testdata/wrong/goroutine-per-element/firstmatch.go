// Package firstmatch is wrong: it starts a goroutine for each element, and all
// of them have been started by the time that one finds the match.
package firstmatch

import "sync"

// First looks at all elements at once.
func First(xs []int, pred func(int) bool) int {
	var (
		mu sync.Mutex
		wg sync.WaitGroup
	)
	match := -1
	for i, x := range xs {
		wg.Go(func() {
			if pred(x) {
				mu.Lock()
				defer mu.Unlock()
				if match < 0 || i < match {
					match = i
				}
			}
		})
	}
	wg.Wait()
	return match
}
