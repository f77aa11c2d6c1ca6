//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// detach keeps a program from ending with gokata, or by a Ctrl-C that is meant
// for gokata.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
