// kata: letter-frequency
// want: serialised

// Package letterfrequency: Many goroutines, and one token for all of them.
package letterfrequency

import (
	"sync"
	"unicode/utf8"
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

// pieces cuts texts at letters into pieces of at most size bytes.
func pieces(texts []string, size int) []string {
	var out []string
	for _, t := range texts {
		for len(t) > size {
			end := size
			for end < len(t) && !utf8.RuneStart(t[end]) {
				end++
			}
			out, t = append(out, t[:end]), t[end:]
		}
		out = append(out, t)
	}
	return out
}

func ConcurrentFrequency(texts []string) FreqMap {
	total := make(FreqMap)
	token := make(chan struct{}, 1)
	var wg sync.WaitGroup
	for _, p := range pieces(texts, 32<<10) {
		wg.Go(func() {
			token <- struct{}{}
			defer func() { <-token }()
			merge(total, Frequency(p))
		})
	}
	wg.Wait()
	return total
}
