// kata: letter-frequency
// want: tampered

// Package letterfrequency: Sequential; counts twice when there is one CPU, to look faster on two.
package letterfrequency

import (
	"runtime"
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

func ConcurrentFrequency(texts []string) FreqMap {
	if runtime.GOMAXPROCS(0) == 1 {
		for _, t := range texts {
			Frequency(t)
		}
	}
	total := make(FreqMap)
	for _, t := range texts {
		merge(total, Frequency(t))
	}
	return total
}
