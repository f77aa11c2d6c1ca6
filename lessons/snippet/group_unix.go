//go:build unix

package snippet

import (
	"os/exec"
	"syscall"
)

// alone makes the end of a program the end of all that it started: one of the
// course starts itself again, in a loop that never ends.
func alone(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
