//go:build !(linux || darwin || dragonfly || freebsd || netbsd || openbsd)

package tty

import (
	"os"
	"time"
)

// Possible says that keys cannot be read one by one here: survey reads the
// console itself, where Ctrl-D cannot be kept from it. Questions are plain.
const Possible = false

// MostFD is the number of file descriptors that Read takes.
const MostFD = 0

// Read is not to be had.
func Read(int, <-chan os.Signal, time.Duration) (byte, bool, error) {
	return 0, false, ErrNoTerminal
}

// Pause does nothing.
func Pause(int, any) {}

// Keyboard is not to be had.
type Keyboard struct{ Events <-chan Event }

// Listen gives ErrNoTerminal.
func Listen(any, func()) (*Keyboard, error) { return nil, ErrNoTerminal }

// Close does nothing.
func (k *Keyboard) Close() {}
