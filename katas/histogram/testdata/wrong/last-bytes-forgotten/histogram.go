// Package histogram is wrong: where the length does not divide, the bytes behind
// the last whole block are nobody's.
package histogram

import "sync"

const blocks = 64

// Histogram counts 64 blocks of equal length.
func Histogram(data []byte) [256]int {
	var counts [blocks][256]int
	size := len(data) / blocks
	var wg sync.WaitGroup
	for i := range blocks {
		wg.Go(func() {
			for _, b := range data[i*size : (i+1)*size] {
				counts[i][b]++
			}
		})
	}
	wg.Wait()
	var total [256]int
	for i := range counts {
		for b, n := range counts[i] {
			total[b] += n
		}
	}
	return total
}
