// Package histogram is wrong: a goroutine holds the lock while it counts, so one
// counts at a time.
package histogram

import (
	"slices"
	"sync"
)

// Histogram counts each block in a goroutine of its own.
func Histogram(data []byte) [256]int {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		total [256]int
	)
	for block := range slices.Chunk(data, 256<<10) {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for _, b := range block {
				total[b]++
			}
		})
	}
	wg.Wait()
	return total
}
