// kata: letter-frequency
// want: ok

// Package letterfrequency: Counts common letters in an array: less work than the reference, and side by side.
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

func count(text string) *[0x300]int {
	table := new([0x300]int)
	for _, r := range text {
		if r < 0x300 {
			table[r]++
		}
	}
	return table
}

func rest(text string, m FreqMap) {
	for _, r := range text {
		if r >= 0x300 {
			m[r]++
		}
	}
}

func ConcurrentFrequency(texts []string) FreqMap {
	parts := pieces(texts, 32<<10)
	tables := make([]*[0x300]int, len(parts))
	rests := make([]FreqMap, len(parts))
	var wg sync.WaitGroup
	for i, p := range parts {
		wg.Go(func() {
			tables[i] = count(p)
			rests[i] = make(FreqMap)
			rest(p, rests[i])
		})
	}
	wg.Wait()
	total := make(FreqMap)
	for i, t := range tables {
		for r, n := range t {
			if n > 0 {
				total[rune(r)] += n
			}
		}
		merge(total, rests[i])
	}
	return total
}
