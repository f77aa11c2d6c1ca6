// kata: letter-frequency
// want: serial|serialised|imbalanced
// Starts many goroutines that do nothing beside the one that works.
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

// ConcurrentFrequency counts one text after the other.
func ConcurrentFrequency(texts []string) FreqMap {
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {})
	}
	defer wg.Wait()
	total := make(FreqMap)
	for _, text := range texts {
		for r, n := range Frequency(text) {
			total[r] += n
		}
	}
	return total
}
