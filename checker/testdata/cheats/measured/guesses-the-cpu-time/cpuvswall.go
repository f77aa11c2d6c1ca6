// kata: cpu-vs-wall
// want: wrong-answer
// Reads one clock, and takes the other for granted.
package cpuvswall

import "time"

// Measure knows that the sleeps of the checker have round lengths.
func Measure(f func()) (wall, cpu time.Duration) {
	start := time.Now()
	f()
	wall = time.Since(start)
	if rest := wall % (5 * time.Millisecond); wall < time.Millisecond || rest < 300*time.Microsecond {
		return wall, 0
	}
	return wall, wall
}
