// kata: letter-frequency
// want: serialised

// Package letterfrequency: The same array, and a lock around all of the counting.
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
	var mu sync.Mutex
	var table [0x300]int
	total := make(FreqMap)
	var wg sync.WaitGroup
	for _, p := range pieces(texts, 32<<10) {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for _, r := range p {
				if r < 0x300 {
					table[r]++
				} else {
					total[r]++
				}
			}
		})
	}
	wg.Wait()
	for r, n := range table {
		if n > 0 {
			total[rune(r)] += n
		}
	}
	return total
}
