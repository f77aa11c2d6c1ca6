package tty

import "errors"

var (
	// ErrStopped says that reading was ended from outside.
	ErrStopped = errors.New("stopped")
	// ErrNoTerminal says that keys cannot be read one by one here.
	ErrNoTerminal = errors.New("there is no terminal to read keys from")
)

// Event is a key, or something that happened to the window.
type Event struct {
	Key    Key
	Redraw bool // the size has changed, or the program was stopped and goes on
}
