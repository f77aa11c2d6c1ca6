// Package letterfrequency is wrong: the goroutine with the longest text works
// on when all others are done.
package letterfrequency

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

// ConcurrentFrequency counts each text in a goroutine of its own.
func ConcurrentFrequency(texts []string) FreqMap {
	counted := make(chan FreqMap, len(texts))
	for _, text := range texts {
		go func() { counted <- Frequency(text) }()
	}
	total := make(FreqMap)
	for range texts {
		for r, n := range <-counted {
			total[r] += n
		}
	}
	return total
}
