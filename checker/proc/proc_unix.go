//go:build unix && !linux

package proc

import (
	"os/exec"
	"syscall"
)

func isolate(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func (g *Group) killGroup() { _ = syscall.Kill(-g.cmd.Process.Pid, syscall.SIGKILL) }

func limit(int, Limits) error { return nil }

// resident cannot be read here.
func resident(int) int64 { return 0 }
