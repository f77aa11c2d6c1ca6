// Package letterfrequency is wrong: it cuts a text after a fixed number of
// bytes, which may be in the middle of a letter.
package letterfrequency

import "sync"

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
			piece := text[:n]
			text = text[n:]
			wg.Go(func() {
				m := Frequency(piece)
				mu.Lock()
				defer mu.Unlock()
				for r, n := range m {
					total[r] += n
				}
			})
		}
	}
	wg.Wait()
	return total
}
