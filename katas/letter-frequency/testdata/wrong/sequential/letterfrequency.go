// Package letterfrequency is wrong: one goroutine counts everything.
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

// ConcurrentFrequency hands the texts to a goroutine and waits for it.
func ConcurrentFrequency(texts []string) FreqMap {
	result := make(chan FreqMap)
	go func() {
		total := make(FreqMap)
		for _, text := range texts {
			for r, n := range Frequency(text) {
				total[r] += n
			}
		}
		result <- total
	}()
	return <-result
}
