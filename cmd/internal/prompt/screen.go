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
)

// screen asks on a terminal: lists with survey, lines with an editor that also
// serves the plain questions.
type screen struct {
	in     interface{ Fd() uintptr }
	out    terminalWriter
	keys   keyReader
	color  bool
	caught <-chan os.Signal // while a session lasts
	plain  plain

	many  bool // lines are asked for until an empty one
	ended bool // Ctrl-D came after the beginning of a line
}

// newTerminal gives nil where the streams are no terminal to draw on.
func newTerminal(in io.Reader, out, err io.Writer) Prompter {
	if !drawable || !isTerminal(in) || !isTerminal(out) {
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
	if s.in.Fd() >= mostFD {
		return nil
	}
	s.keys.src = s
	s.plain = plain{lines: s, out: s.out, err: s.out}
	return s
}

func isTerminal(stream any) bool {
	file, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}

func (s *screen) readByte(wait time.Duration) (byte, bool, error) {
	return readTTY(int(s.in.Fd()), s.caught, wait)
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
	s.caught, s.many, s.ended = caught, false, false
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
