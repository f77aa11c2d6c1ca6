// Package letterfrequency is wrong: both CPUs are busy all the time, each with
// the work that the other one does too.
package letterfrequency

import (
	"maps"
	"sync"
)

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

// ConcurrentFrequency counts everything twice, side by side, to be sure.
func ConcurrentFrequency(texts []string) FreqMap {
	var totals [2]FreqMap
	var wg sync.WaitGroup
	for i := range totals {
		wg.Go(func() {
			totals[i] = make(FreqMap)
			for _, text := range texts {
				for r, n := range Frequency(text) {
					totals[i][r] += n
				}
			}
		})
	}
	wg.Wait()
	if !maps.Equal(totals[0], totals[1]) {
		panic("letterfrequency: two counts differ")
	}
	return totals[0]
}
