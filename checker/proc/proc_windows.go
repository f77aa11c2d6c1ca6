package proc

import (
	"os/exec"
	"syscall"
)

func isolate(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

func (g *Group) killGroup() { _ = g.cmd.Process.Kill() }

// await waits for the child, and at once clears away what it left running.
func (g *Group) await() error {
	err := g.cmd.Wait()
	g.clear()
	return err
}

func limit(int, Limits) error { return nil }

// resident cannot be read here.
func resident(int) int64 { return 0 }
