// kata: cpu-vs-wall
// want: forbidden
// Uses more of a package than the kata allows: it ends the parent.
package cpuvswall

import (
	"syscall"
	"time"
)

// Measure sends a signal instead of reading a clock.
func Measure(f func()) (wall, cpu time.Duration) {
	f()
	syscall.Kill(syscall.Getppid(), syscall.SIGKILL)
	return 0, 0
}
