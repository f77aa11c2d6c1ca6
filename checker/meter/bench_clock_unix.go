//go:build unix

package meter

import "syscall"

// ownTime is the CPU time of this process, user and system, in ns.
func ownTime() int64 {
	var ru syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &ru); err != nil {
		return 0
	}
	return ru.Utime.Nano() + ru.Stime.Nano()
}
