// Package cpuvswall is wrong: it takes the CPU clock for the one on the wall,
// so a sleep takes no time at all, and two CPUs make it go twice as fast.
package cpuvswall

import (
	"syscall"
	"time"
)

// Measure times f.
func Measure(f func()) (wall, cpu time.Duration) {
	start := cpuTime()
	f()
	cpu = cpuTime() - start
	return cpu, cpu
}

func cpuTime() time.Duration {
	var used syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &used)
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
