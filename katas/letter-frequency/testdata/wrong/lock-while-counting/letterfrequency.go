// Package letterfrequency is wrong: a goroutine holds the lock while it counts,
// so one counts at a time.
package letterfrequency

import (
	"sync"
	"unicode/utf8"
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

// ConcurrentFrequency cuts the texts into pieces of 32 KB.
func ConcurrentFrequency(texts []string) FreqMap {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		total = make(FreqMap)
	)
	for _, text := range texts {
		for len(text) > 0 {
			n := min(32<<10, len(text))
			for n < len(text) && !utf8.RuneStart(text[n]) {
				n++
			}
			piece := text[:n]
			text = text[n:]
			wg.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				for r, n := range Frequency(piece) {
					total[r] += n
				}
			})
		}
	}
	wg.Wait()
	return total
}
