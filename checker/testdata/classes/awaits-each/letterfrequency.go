// kata: letter-frequency
// want: serial|imbalanced

// Package letterfrequency: A goroutine a text, each awaited before the next.
package letterfrequency

import (
	"sync"
)

type FreqMap map[rune]int

func Frequency(text string) FreqMap {
	m := make(FreqMap)
	for _, r := range text {
		m[r]++
	}
	return m
}

func merge(into, from FreqMap) {
	for r, n := range from {
		into[r] += n
	}
}

func ConcurrentFrequency(texts []string) FreqMap {
	total := make(FreqMap)
	var wg sync.WaitGroup
	for _, t := range texts {
		wg.Go(func() { merge(total, Frequency(t)) })
		wg.Wait()
	}
	return total
}
