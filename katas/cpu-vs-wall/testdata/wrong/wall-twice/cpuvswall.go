// Package cpuvswall is wrong: it reads one clock and reports it twice, as if
// whoever takes time also computed.
package cpuvswall

import "time"

// Measure times f.
func Measure(f func()) (wall, cpu time.Duration) {
	start := time.Now()
	f()
	wall = time.Since(start)
	return wall, wall
}
