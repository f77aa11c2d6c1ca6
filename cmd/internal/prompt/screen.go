package prompt

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"gokata/cmd/internal/tty"
)

// screen asks on a terminal: lists with survey, lines with an editor that also
// serves the plain questions.
type screen struct {
	in     interface{ Fd() uintptr }
	out    terminalWriter
	keys   tty.Reader
	color  bool
	caught <-chan os.Signal // while a session lasts
	plain  plain

	before *term.State // of the terminal, while a session lasts
	many   bool        // lines are asked for until an empty one
	ended  bool        // Ctrl-D came after the beginning of a line
}

// newTerminal gives nil where the streams are no terminal to draw on.
func newTerminal(in io.Reader, out, err io.Writer) Prompter {
	if !tty.Possible || !isTerminal(in) || !isTerminal(out) {
		return nil
	}
	if name := os.Getenv("TERM"); name == "" || name == "dumb" {
		return nil
	}
	s := &screen{
		in:    in.(interface{ Fd() uintptr }),
		out:   terminalWriter{out, out.(interface{ Fd() uintptr }).Fd()},
		color: os.Getenv("NO_COLOR") == "",
	}
	if s.in.Fd() >= tty.MostFD {
		return nil
	}
	s.keys.Source = s
	s.plain = plain{lines: s, out: s.out, err: s.out}
	return s
}

func isTerminal(stream any) bool {
	file, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}

// Byte reads what the terminal sends, for the keys.
func (s *screen) Byte(wait time.Duration) (byte, bool, error) {
	b, ok, err := tty.Read(int(s.in.Fd()), s.caught, wait)
	if err == tty.ErrStopped {
		err = ErrInterrupted
	}
	return b, ok, err
}

func (s *screen) Select(msg string, options []string) (int, error) {
	return list(s, options,
		func() (int, error) { return s.surveySelect(msg, options) },
		func() (int, error) { return s.plain.Select(msg, options) })
}

func (s *screen) MultiSelect(msg string, options []string) ([]int, error) {
	return list(s, options,
		func() ([]int, error) { return s.surveyMultiSelect(msg, options) },
		func() ([]int, error) { return s.plain.MultiSelect(msg, options) })
}

// list asks with survey, and with numbers where survey panics.
func list[T any](s *screen, options []string, survey, numbers func() (T, error)) (T, error) {
	if len(options) == 0 {
		var none T
		return none, errNoOptions
	}
	answer, err := during(s, survey)
	if _, ok := err.(*panicked); ok {
		return during(s, numbers)
	}
	return answer, err
}

func (s *screen) Input(msg, hint string) (string, error) {
	return during(s, func() (string, error) { return s.plain.Input(s.mark(msg), hint) })
}

func (s *screen) Lines(msg string) (string, error) {
	return during(s, func() (string, error) {
		s.many = true
		return s.plain.Lines(s.mark(msg))
	})
}

func (s *screen) Confirm(msg string, def bool) (bool, error) {
	return during(s, func() (bool, error) { return s.plain.Confirm(s.mark(msg), def) })
}

// mark makes a message look as survey's do.
func (s *screen) mark(msg string) string {
	msg = strings.TrimRight(msg, "\n")
	if !s.color {
		return "? " + msg
	}
	return "\x1b[1;32m?\x1b[0m \x1b[1m" + msg + "\x1b[0m"
}

// panicked is the error in place of a panic.
type panicked struct{ cause any }

func (p *panicked) Error() string { return fmt.Sprintf("the prompt failed: %v", p.cause) }

const (
	// Pasted text is marked by the terminal, so that a line end in it is no Enter.
	pasteOn  = "\x1b[?2004h"
	pasteOff = "\x1b[?2004l"

	showCursor = "\x1b[?25h"
)

// during runs one question with the terminal in raw mode, and leaves the
// terminal as it was, whatever happens.
func during[T any](s *screen, question func() (T, error)) (answer T, err error) {
	before, err := term.MakeRaw(int(s.in.Fd()))
	if err != nil {
		return answer, fmt.Errorf("failed to read keys from the terminal: %w", err)
	}
	caught, stop := catch()
	s.before, s.caught, s.many, s.ended = before, caught, false, false
	io.WriteString(s.out.Writer, pasteOn)
	defer func() {
		if cause := recover(); cause != nil {
			err = &panicked{cause}
		}
		io.WriteString(s.out.Writer, pasteOff+showCursor)
		term.Restore(int(s.in.Fd()), before)
		stop()
	}()
	return question()
}

// pause stops the process, as Ctrl-Z does where it is a signal. What is asked
// has to be drawn again after it.
func (s *screen) pause() {
	io.WriteString(s.out.Writer, pasteOff+showCursor+"\r\n")
	tty.Pause(int(s.in.Fd()), s.before)
	term.MakeRaw(int(s.in.Fd()))
	io.WriteString(s.out.Writer, pasteOn)
}

// size is the columns and rows of the window.
func (s *screen) size() (columns, rows int) {
	columns, rows, err := term.GetSize(int(s.out.fd))
	if err != nil || columns < 1 || rows < 1 {
		return 80, 24
	}
	return columns, rows
}

// terminalWriter writes to a terminal in raw mode, where a line feed alone
// would not return to the first column.
type terminalWriter struct {
	io.Writer
	fd uintptr
}

// Fd is what survey asks the size of.
func (w terminalWriter) Fd() uintptr { return w.fd }

func (w terminalWriter) Write(p []byte) (int, error) {
	_, err := w.Writer.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	if errors.Is(err, syscall.EIO) { // the window was closed
		return 0, ErrEOF
	}
	if err != nil {
		return 0, err
	}
	return len(p), nil
}
