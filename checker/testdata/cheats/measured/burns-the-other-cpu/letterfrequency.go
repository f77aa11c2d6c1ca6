// kata: letter-frequency
// want: spinning|contended|overhead|slow-baseline
// Counts in one goroutine, and burns the other CPU until that has ended, in a
// loop that looks like work.
package letterfrequency

import "sync/atomic"

// FreqMap says how often each letter occurs.
type FreqMap map[rune]int

// Frequency counts the letters of one text.
func Frequency(text string) FreqMap {
	m := make(FreqMap)
	for _, r := range text {
		m[r]++
	}
	return m
}

// ConcurrentFrequency keeps two CPUs busy.
func ConcurrentFrequency(texts []string) FreqMap {
	var done atomic.Bool
	counted := make(chan FreqMap)
	go func() {
		total := make(FreqMap)
		for _, text := range texts {
			for r, n := range Frequency(text) {
				total[r] += n
			}
		}
		done.Store(true)
		counted <- total
	}()
	x := uint64(1)
	for !done.Load() {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return <-counted
}
