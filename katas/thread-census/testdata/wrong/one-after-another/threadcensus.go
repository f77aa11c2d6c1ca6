// Package threadcensus is wrong: few threads, but the second pipe waits until
// the first has ended.
package threadcensus

import (
	"io"
	"os"
	"syscall"
)

// ReadAll reads the pipes in the order of fds.
func ReadAll(fds []int) [][]byte {
	messages := make([][]byte, len(fds))
	for i, fd := range fds {
		syscall.SetNonblock(fd, true)
		f := os.NewFile(uintptr(fd), "pipe")
		messages[i], _ = io.ReadAll(f)
		f.Close()
	}
	return messages
}
