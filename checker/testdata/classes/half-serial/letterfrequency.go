// kata: letter-frequency
// want: imbalanced|serial|underused

// Package letterfrequency: The first half one after the other, the rest side by side.
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

func parallel(texts []string) FreqMap {
	parts := pieces(texts, 32<<10)
	counts := make([]FreqMap, len(parts))
	var wg sync.WaitGroup
	for i, p := range parts {
		wg.Go(func() { counts[i] = Frequency(p) })
	}
	wg.Wait()
	total := make(FreqMap)
	for _, c := range counts {
		merge(total, c)
	}
	return total
}

func ConcurrentFrequency(texts []string) FreqMap {
	parts := pieces(texts, 32<<10)
	total := make(FreqMap)
	for _, p := range parts[:len(parts)/2] {
		merge(total, Frequency(p))
	}
	merge(total, parallel(parts[len(parts)/2:]))
	return total
}
