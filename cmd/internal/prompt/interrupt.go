package prompt

import (
	"io"
	"os"
	"os/signal"
	"syscall"
)

// catch reports the signals that ask the process to end, until stop is called.
func catch() (caught <-chan os.Signal, stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	return signals, func() { signal.Stop(signals) }
}

// interruptible is a terminal in line mode, where Ctrl-C is a signal: a Read
// that waits then ends with ErrInterrupted.
type interruptible struct {
	in      io.Reader
	pending chan read // the Read that was left waiting, if any
}

type read struct {
	b   byte
	n   int
	err error
}

// Read reads one byte.
func (r *interruptible) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	caught, stop := catch()
	defer stop()
	if r.pending == nil {
		r.pending = make(chan read, 1)
		go func(done chan<- read) {
			one := make([]byte, 1)
			n, err := r.in.Read(one)
			done <- read{one[0], n, err}
		}(r.pending)
	}
	select {
	case <-caught:
		return 0, ErrInterrupted
	case got := <-r.pending:
		r.pending = nil
		p[0] = got.b
		return got.n, got.err
	}
}
