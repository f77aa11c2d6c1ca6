// Package letterfrequency is wrong: one goroutine counts, and the other asks
// all the time whether it is done; a busy CPU is not a useful one.
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

// ConcurrentFrequency counts in the background and watches a flag.
func ConcurrentFrequency(texts []string) FreqMap {
	var done atomic.Bool
	total := make(FreqMap)
	go func() {
		for _, text := range texts {
			for r, n := range Frequency(text) {
				total[r] += n
			}
		}
		done.Store(true)
	}()
	for !done.Load() {
	}
	return total
}
