//go:build !unix

package cli

import "os/exec"

// detach does nothing here: Ctrl-C reaches only who reads the console.
func detach(*exec.Cmd) {}
