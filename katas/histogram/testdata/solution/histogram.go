// Package histogram counts how often each byte occurs.
package histogram

import (
	"slices"
	"sync"
)

// blockSize is in bytes: long enough to be worth a goroutine, and short enough
// that there are blocks for many CPUs.
const blockSize = 256 << 10

// Histogram returns for each of the 256 values of a byte how often it occurs in
// data. Each goroutine counts one block into an array of its own, and adds that
// to the total at its end.
func Histogram(data []byte) [256]int {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		total [256]int
	)
	for block := range slices.Chunk(data, blockSize) {
		wg.Go(func() {
			var counts [256]int
			for _, b := range block {
				counts[b]++
			}
			mu.Lock()
			defer mu.Unlock()
			for b, n := range counts {
				total[b] += n
			}
		})
	}
	wg.Wait()
	return total
}
