// Package threadcensus is wrong: the poller parks the goroutines, but each has
// locked a thread, which nobody else may use meanwhile.
package threadcensus

import (
	"io"
	"os"
	"runtime"
	"sync"
	"syscall"
)

// ReadAll reads each pipe on a thread of its own.
func ReadAll(fds []int) [][]byte {
	messages := make([][]byte, len(fds))
	var wg sync.WaitGroup
	for i, fd := range fds {
		wg.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			syscall.SetNonblock(fd, true)
			f := os.NewFile(uintptr(fd), "pipe")
			defer f.Close()
			messages[i], _ = io.ReadAll(f)
		})
	}
	wg.Wait()
	return messages
}
