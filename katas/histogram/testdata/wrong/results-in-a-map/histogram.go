// Package histogram is wrong: goroutines write to one map at the same time. That
// each has a key of its own does not help; a map is one variable.
package histogram

import (
	"slices"
	"sync"
)

// Histogram counts each block in a goroutine of its own.
func Histogram(data []byte) [256]int {
	results := make(map[int][256]int)
	var wg sync.WaitGroup
	number := 0
	for block := range slices.Chunk(data, 256<<10) {
		number++
		key := number
		wg.Go(func() {
			var counts [256]int
			for _, b := range block {
				counts[b]++
			}
			results[key] = counts
		})
	}
	wg.Wait()
	var total [256]int
	for _, counts := range results {
		for b, n := range counts {
			total[b] += n
		}
	}
	return total
}
