//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import (
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Possible says that keys can be read one by one here.
const Possible = true

// MostFD is the number of file descriptors that select can wait for.
const MostFD = unix.FD_SETSIZE

// Read waits for a byte of a terminal, until a signal or the end of wait. It
// wakes up now and then to look for signals, which select does not wait for.
func Read(fd int, caught <-chan os.Signal, wait time.Duration) (b byte, ok bool, err error) {
	const look = 100 * time.Millisecond
	begin := time.Now()
	for {
		slice := look
		if wait >= 0 {
			slice = max(0, min(look, wait-time.Since(begin)))
		}
		select {
		case <-caught:
			return 0, false, ErrStopped
		default:
		}
		var set unix.FdSet
		set.Set(fd)
		timeout := unix.NsecToTimeval(slice.Nanoseconds())
		switch n, err := unix.Select(fd+1, &set, nil, nil, &timeout); {
		case err == unix.EINTR:
			continue
		case err != nil:
			return 0, false, err
		case n == 0 && wait >= 0 && time.Since(begin) >= wait:
			return 0, false, nil
		case n == 0:
			continue
		}
		var one [1]byte
		switch n, err := unix.Read(fd, one[:]); {
		case err == unix.EINTR || err == unix.EAGAIN:
			continue
		case err == unix.EIO: // the window was closed
			return 0, false, io.EOF
		case err != nil:
			return 0, false, err
		case n == 0:
			return 0, false, io.EOF
		}
		return one[0], true, nil
	}
}
