// Package cpuvswall is wrong: it calls f twice, once for each clock.
package cpuvswall

import (
	"syscall"
	"time"
)

// Measure times f.
func Measure(f func()) (wall, cpu time.Duration) {
	start := time.Now()
	f()
	wall = time.Since(start)

	spent := cpuTime()
	f()
	return wall, cpuTime() - spent
}

func cpuTime() time.Duration {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
