//go:build linux || darwin || dragonfly || freebsd || netbsd || openbsd

package tty

import (
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// Keyboard reads keys in the background until Close. Lines that are printed
// meanwhile end as usual, and Ctrl-C is the signal that it always is. While the
// program is stopped (Ctrl-Z), the terminal is as it was before.
type Keyboard struct {
	Events <-chan Event // closed where the terminal is gone

	fd     int
	before *term.State
	quit   chan struct{}
	done   sync.WaitGroup
}

// Listen begins to read the keys of a terminal. Before the program is stopped,
// pausing is called, which may be nil. The error is ErrNoTerminal where the
// stream is no terminal.
func Listen(stream any, pausing func()) (*Keyboard, error) {
	file, ok := stream.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(int(file.Fd())) || file.Fd() >= MostFD {
		return nil, ErrNoTerminal
	}
	events := make(chan Event)
	k := &Keyboard{Events: events, fd: int(file.Fd()), quit: make(chan struct{})}
	var err error
	if k.before, err = term.GetState(k.fd); err == nil {
		err = keyByKey(k.fd)
	}
	if err != nil {
		return nil, fmt.Errorf("failed to read keys from the terminal: %w", err)
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGWINCH, syscall.SIGCONT)
	k.done.Go(func() { k.watch(signals, events) })
	k.done.Go(func() { k.read(events, pausing) })
	return k, nil
}

// Close ends reading, waits until it has ended, and leaves the terminal as it
// was. What was typed since stays for whoever reads next.
func (k *Keyboard) Close() {
	close(k.quit)
	k.done.Wait()
	term.Restore(k.fd, k.before)
}

// read sends keys until quit, or until the terminal is gone.
func (k *Keyboard) read(events chan<- Event, pausing func()) {
	stop := make(chan os.Signal, 1)
	k.done.Go(func() {
		<-k.quit
		stop <- os.Interrupt
	})
	keys := Reader{Source: source{k.fd, stop}}
	for {
		key, err := keys.Next()
		if err != nil {
			return
		}
		if key.Kind == Suspend {
			if pausing != nil {
				pausing()
			}
			Pause(k.fd, k.before)
			keyByKey(k.fd)
			continue
		}
		select {
		case events <- Event{Key: key}:
		case <-k.quit:
			return
		}
		if key.Kind == EOF && gone(k.fd) {
			close(events)
			return
		}
	}
}

// gone says whether a terminal is no longer there, other than at Ctrl-D.
func gone(fd int) bool {
	_, err := term.GetState(fd)
	return err != nil
}

type source struct {
	fd   int
	stop <-chan os.Signal
}

func (s source) Byte(wait time.Duration) (byte, bool, error) { return Read(s.fd, s.stop, wait) }

// watch follows what happens to the window and to the process.
func (k *Keyboard) watch(signals chan os.Signal, events chan<- Event) {
	defer signal.Stop(signals)
	for {
		select {
		case <-k.quit:
			return
		case s := <-signals:
			if s == syscall.SIGCONT { // the shell has set the mode for itself
				keyByKey(k.fd)
			}
			select {
			case events <- Event{Redraw: true}:
			case <-k.quit:
				return
			}
		}
	}
}

// Pause stops the process as Ctrl-Z does, with the terminal as it was before,
// and returns when it is continued. The caller sets the mode again.
func Pause(fd int, before *term.State) {
	term.Restore(fd, before)
	// To the whole group, as the terminal does it. Where nobody could continue
	// the process, the system does not stop it.
	unix.Kill(0, unix.SIGTSTP)
	time.Sleep(100 * time.Millisecond) // in which it stops
}

// keyByKey lets keys through at once and unseen. What is printed stays as it
// is, and Ctrl-C is a signal as before. Ctrl-Z is a key: a Go program that was
// ever told of its signal is not stopped by it any more. Ctrl-\, which would
// end the program and leave the terminal so, is one as well.
func keyByKey(fd int) error {
	mode, err := unix.IoctlGetTermios(fd, getMode)
	if err != nil {
		return err
	}
	mode.Lflag &^= unix.ICANON | unix.ECHO
	mode.Cc[unix.VMIN], mode.Cc[unix.VTIME] = 1, 0
	mode.Cc[unix.VQUIT], mode.Cc[unix.VSUSP] = 0, 0
	return unix.IoctlSetTermios(fd, setMode, mode)
}
