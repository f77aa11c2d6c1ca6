// Package cpuvswall measures how long a function takes, by two clocks.
package cpuvswall

import (
	"syscall"
	"time"
)

// Measure calls f once and returns how much time passed meanwhile (wall), and
// how much time CPUs spent on this process, all threads together (cpu).
func Measure(f func()) (wall, cpu time.Duration) {
	start, spent := time.Now(), cpuTime()
	f()
	return time.Since(start), cpuTime() - spent
}

// cpuTime is what CPUs have spent on this process since it began: in its own
// code (user time) and in the kernel on its behalf (system time).
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err) // only for arguments that do not exist
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
