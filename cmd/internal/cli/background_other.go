//go:build !windows

package cli

import "os/exec"

// background lets a program without a terminal outlive gokata.
func background(cmd *exec.Cmd) { detach(cmd) }
