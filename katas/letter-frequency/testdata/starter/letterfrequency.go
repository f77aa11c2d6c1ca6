// Package letterfrequency counts how often each letter occurs in texts.
package letterfrequency

// FreqMap says how often each letter occurs.
type FreqMap map[rune]int

// Frequency counts the letters of one text: all its runes, as range gives them.
func Frequency(text string) FreqMap {
	m := make(FreqMap)
	for _, r := range text {
		m[r]++
	}
	return m
}

// ConcurrentFrequency counts the letters of all texts together.
func ConcurrentFrequency(texts []string) FreqMap {
	total := make(FreqMap)
	for _, text := range texts {
		for r, n := range Frequency(text) { // on one CPU: use all of them
			total[r] += n
		}
	}
	return total
}
