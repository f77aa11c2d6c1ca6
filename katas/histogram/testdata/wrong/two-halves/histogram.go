// Package histogram is wrong: two goroutines are as fast as it gets on two CPUs,
// and no faster on more.
package histogram

import "sync"

// Histogram counts both halves side by side.
func Histogram(data []byte) [256]int {
	var upper [256]int
	half := len(data) / 2
	var wg sync.WaitGroup
	wg.Go(func() { upper = count(data[half:]) })
	total := count(data[:half])
	wg.Wait()
	for b, n := range upper {
		total[b] += n
	}
	return total
}

func count(data []byte) [256]int {
	var counts [256]int
	for _, b := range data {
		counts[b]++
	}
	return counts
}
