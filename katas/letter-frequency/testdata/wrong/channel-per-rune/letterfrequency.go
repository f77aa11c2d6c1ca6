// Package letterfrequency is wrong: sending a letter through a channel costs
// many times more than counting it.
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

// ConcurrentFrequency has a goroutine for each text, and one that counts.
func ConcurrentFrequency(texts []string) FreqMap {
	letters := make(chan rune, 100)
	var wg sync.WaitGroup
	for _, text := range texts {
		wg.Go(func() {
			for _, r := range text {
				letters <- r
			}
		})
	}
	go func() {
		wg.Wait()
		close(letters)
	}()
	total := make(FreqMap)
	for r := range letters {
		total[r]++
	}
	return total
}
