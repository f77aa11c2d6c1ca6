// Package pager shows a text that is longer than the screen: through $PAGER,
// else `less -R`, else page by page with a prompt of our own. The text is
// complete before paging starts, so leaving early is never an error.
package pager

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"golang.org/x/term"
)

// Screen is the terminal that a text is shown on.
type Screen struct {
	In     io.Reader // keys
	Out    io.Writer
	Rows   int // height of the terminal; 0: unknown, nothing is paged
	Getenv func(string) string
	// Hold is called before another program gets the terminal, and what it
	// returns after: Ctrl-C is the pager's in between. It may be nil.
	Hold func() (release func())
}

// Show writes text, a screen at a time where it does not fit on one. Its error
// is one of writing or of reading keys; a pager that is missing or cannot be
// started is none, since then our own paging shows the text.
func (s Screen) Show(text string) error {
	if s.Rows <= 0 || strings.Count(text, "\n") < s.Rows {
		_, err := io.WriteString(s.Out, text)
		return err
	}
	if name, args, ok := s.command(); ok {
		if started, err := s.hand(name, args, text); started {
			return err
		}
	}
	return s.pages(text)
}

// command finds the pager to start: ok is false where there is none.
func (s Screen) command() (name string, args []string, ok bool) {
	if fields := strings.Fields(s.Getenv("PAGER")); len(fields) > 0 {
		name, err := exec.LookPath(fields[0])
		return name, fields[1:], err == nil
	}
	name, err := exec.LookPath("less")
	return name, []string{"-R"}, err == nil
}

// hand gives the terminal to the pager until it ends. Started is false where
// it could not be run at all.
func (s Screen) hand(name string, args []string, text string) (started bool, err error) {
	cmd := exec.Command(name, args...)
	cmd.Stdin = strings.NewReader(text)
	cmd.Stdout, cmd.Stderr = s.Out, os.Stderr
	cmd.Env = os.Environ()
	if s.Getenv("LESS") == "" {
		cmd.Env = append(cmd.Env, "LESS=R") // for PAGER=less, which would show escape codes
	}
	if s.Hold != nil {
		defer s.Hold()()
	}
	if err := cmd.Start(); err != nil {
		return false, nil
	}
	// Its exit status says nothing of use: less gives 2 after Ctrl-C, and a
	// pager that is left early breaks the pipe.
	_ = cmd.Wait()
	return true, nil
}

// errStop ends paging without an error.
var errStop = errors.New("stopped")

// pages is our own paging: space for a page, Enter for a line, q to stop.
func (s Screen) pages(text string) error {
	key, restore := s.keys()
	defer restore()
	lines := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n")
	shown, page := 0, s.Rows-1
	for n := page; shown < len(lines); {
		end := min(shown+n, len(lines))
		// Raw mode does not turn \n into a new line by itself.
		chunk := strings.ReplaceAll(strings.Join(lines[shown:end], ""), "\n", "\r\n")
		if _, err := io.WriteString(s.Out, chunk); err != nil {
			return err
		}
		if shown = end; shown == len(lines) {
			break
		}
		var err error
		if n, err = s.ask(key, shown*100/len(lines), page); errors.Is(err, errStop) {
			break
		} else if err != nil {
			return err
		}
	}
	_, err := io.WriteString(s.Out, "\r\n")
	return err
}

// ask shows the prompt and returns how many more lines are wanted.
func (s Screen) ask(key func() (byte, error), percent, page int) (int, error) {
	fmt.Fprintf(s.Out, "-- more (%d %%): space, Enter, q --", percent)
	defer io.WriteString(s.Out, "\r\x1b[K")
	for {
		switch k, err := key(); {
		case errors.Is(err, io.EOF), k == 'q', k == 'Q', k == 3, k == 4, k == 27: // 3, 4, 27: Ctrl-C, Ctrl-D, Escape
			return 0, errStop
		case err != nil:
			return 0, err
		case k == ' ', k == 'f':
			return page, nil
		case k == '\r', k == '\n', k == 'j':
			return 1, nil
		}
	}
}

// keys reads single keys: in raw mode where In is a terminal.
func (s Screen) keys() (key func() (byte, error), restore func()) {
	restore = func() {}
	if f, ok := s.In.(*os.File); ok {
		if old, err := term.MakeRaw(int(f.Fd())); err == nil {
			restore = func() { _ = term.Restore(int(f.Fd()), old) }
		}
		buf := make([]byte, 1) // one byte at a time: the next prompt reads the rest
		return func() (byte, error) {
			_, err := io.ReadFull(f, buf)
			return buf[0], err
		}, restore
	}
	return bufio.NewReader(s.In).ReadByte, restore
}
