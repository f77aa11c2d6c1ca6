//go:build linux || darwin

package host

import (
	"time"

	"golang.org/x/sys/unix"
)

// sinceStart is the time since the system's start, that in which it slept
// included, which Go's own monotonic clock leaves out.
func sinceStart() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(awakeOrNot, &t); err != nil {
		panic(err) // both systems have had it for ten years
	}
	return time.Duration(t.Nano())
}
