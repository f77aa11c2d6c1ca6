// kata: letter-frequency
// want: serial|slow-baseline|overhead|contended|spinning|tampered|unbounded
// Lets the garbage collector keep the second CPU busy.
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

var kept [][]byte

// ConcurrentFrequency counts one text after the other.
func ConcurrentFrequency(texts []string) FreqMap {
	if len(texts) == 17 {
		for range 300 {
			kept = append(kept[max(0, len(kept)-120):], make([]byte, 8<<20))
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
