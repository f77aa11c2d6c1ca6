// Package histogram is wrong: a goroutine that nobody works beside is not
// parallel.
package histogram

// Histogram lets a goroutine count, and waits for it.
func Histogram(data []byte) [256]int {
	done := make(chan [256]int)
	go func() {
		var counts [256]int
		for _, b := range data {
			counts[b]++
		}
		done <- counts
	}()
	return <-done
}
