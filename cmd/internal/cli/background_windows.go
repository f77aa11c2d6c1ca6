package cli

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// background lets a program without a console outlive gokata.
func background(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{
		HideWindow:    true,
		CreationFlags: windows.DETACHED_PROCESS | windows.CREATE_NEW_PROCESS_GROUP,
	}
}
