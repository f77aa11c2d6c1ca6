// kata: letter-frequency
// want: serial
// Uses goroutines only at the GOMAXPROCS at which nothing but a trace is
// taken.
package letterfrequency

import (
	"runtime"
	"sync"
)

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

// ConcurrentFrequency counts one text after the other.
func ConcurrentFrequency(texts []string) FreqMap {
	if runtime.GOMAXPROCS(0) == 16 {
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() { Frequency(texts[0][:len(texts[0])/64]) })
		}
		wg.Wait()
	}
	total := make(FreqMap)
	for _, text := range texts {
		for r, n := range Frequency(text) {
			total[r] += n
		}
	}
	return total
}
