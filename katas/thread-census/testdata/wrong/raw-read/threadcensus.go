// Package threadcensus is wrong: a system call that blocks keeps its thread,
// so two hundred goroutines in read(2) are two hundred threads.
package threadcensus

import (
	"sync"
	"syscall"
)

// ReadAll reads each pipe in a goroutine of its own.
func ReadAll(fds []int) [][]byte {
	messages := make([][]byte, len(fds))
	var wg sync.WaitGroup
	for i, fd := range fds {
		wg.Go(func() {
			defer syscall.Close(fd)
			buf := make([]byte, 4096)
			for {
				n, err := syscall.Read(fd, buf)
				if err == syscall.EINTR {
					continue
				}
				if n <= 0 {
					return
				}
				messages[i] = append(messages[i], buf[:n]...)
			}
		})
	}
	wg.Wait()
	return messages
}
