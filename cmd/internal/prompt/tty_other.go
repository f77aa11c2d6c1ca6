//go:build !unix

package prompt

import (
	"os"
	"time"
)

// drawable says that keys cannot be read one by one here: survey reads the
// console itself, where Ctrl-D cannot be kept from it. Questions are plain.
const drawable = false

const mostFD = 0

func readTTY(int, <-chan os.Signal, time.Duration) (byte, bool, error) {
	return 0, false, ErrNoTerminal
}
