// kata: letter-frequency
// want: underused

// Package letterfrequency: Two halves of the letters, for ever two.
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
	parts := pieces(texts, 4<<10)
	var halves [2]FreqMap
	var wg sync.WaitGroup
	for h := range halves {
		wg.Go(func() {
			m := make(FreqMap)
			for _, p := range parts[h*len(parts)/2 : (h+1)*len(parts)/2] {
				for _, r := range p {
					m[r]++
				}
			}
			halves[h] = m
		})
	}
	wg.Wait()
	merge(halves[0], halves[1])
	return halves[0]
}
