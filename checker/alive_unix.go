//go:build unix

package checker

import "syscall"

// alive says whether a process has that id.
func alive(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
