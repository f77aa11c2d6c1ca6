// kata: letter-frequency
// want: serial|serialised|tampered|leak
// Burns the CPUs by timers after its answer, while the control runs, so that
// it looks no better.
package letterfrequency

import (
	"sync/atomic"
	"time"
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

var calls atomic.Int64

// ConcurrentFrequency counts one text after the other.
func ConcurrentFrequency(texts []string) FreqMap {
	if len(texts) == 17 && calls.Add(1) > 2 {
		for i := range 20 {
			time.AfterFunc(time.Duration(5+i)*10*time.Millisecond, func() {
				for start := time.Now(); time.Since(start) < 10*time.Millisecond; {
				}
			})
		}
	}
	total := make(FreqMap)
	for _, text := range texts {
		for r, n := range Frequency(text) {
			total[r] += n
		}
	}
	return total
}
