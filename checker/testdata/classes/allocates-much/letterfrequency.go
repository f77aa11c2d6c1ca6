// kata: letter-frequency
// want: serial

// Package letterfrequency: Sequential; leaves garbage, which idle CPUs would help to collect.
package letterfrequency

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
	for _, t := range texts {
		for len(t) > 0 {
			n := min(len(t), 4096)
			line := append(make([]byte, 0, 2*n), t[:n]...)
			_ = line
			t = t[n:]
		}
	}
	for _, t := range texts {
		merge(total, Frequency(t))
	}
	return total
}
