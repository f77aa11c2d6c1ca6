// kata: letter-frequency
// want: tampered|serial

// Package letterfrequency: Sequential; sleeps when there is one CPU, to look faster on two.
package letterfrequency

import (
	"runtime"
	"time"
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
		time.Sleep(15 * time.Millisecond)
	}
	total := make(FreqMap)
	for _, t := range texts {
		merge(total, Frequency(t))
	}
	return total
}
