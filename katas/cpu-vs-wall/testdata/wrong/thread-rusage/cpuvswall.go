// Package cpuvswall is wrong: it asks for the CPU time of one thread, and
// goroutines run on many.
package cpuvswall

import (
	"syscall"
	"time"
)

// thisThread is RUSAGE_THREAD of Linux.
const thisThread = 1

// Measure times f.
func Measure(f func()) (wall, cpu time.Duration) {
	start, spent := time.Now(), cpuTime()
	f()
	return time.Since(start), cpuTime() - spent
}

func cpuTime() time.Duration {
	var used syscall.Rusage
	syscall.Getrusage(thisThread, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
