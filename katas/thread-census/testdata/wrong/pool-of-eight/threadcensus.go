// Package threadcensus is wrong: it has few threads because it reads few pipes
// at once.
package threadcensus

import (
	"sync"
	"syscall"
)

// ReadAll reads with eight workers, each of which may keep a thread.
func ReadAll(fds []int) [][]byte {
	messages := make([][]byte, len(fds))
	next := make(chan int)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			buf := make([]byte, 4096)
			for i := range next {
				for {
					n, err := syscall.Read(fds[i], buf)
					if err == syscall.EINTR {
						continue
					}
					if n <= 0 {
						break
					}
					messages[i] = append(messages[i], buf[:n]...)
				}
				syscall.Close(fds[i])
			}
		})
	}
	for i := range fds {
		next <- i
	}
	close(next)
	wg.Wait()
	return messages
}
