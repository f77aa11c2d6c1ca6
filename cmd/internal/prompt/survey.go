package prompt

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/terminal"

	"gokata/cmd/internal/tty"
)

// What survey writes around our text, in columns.
const (
	selectMargin      = len("> ")
	multiSelectMargin = len("> [ ]  ")
	selectHelp        = len("?   [Use arrows to move, type to filter]")
	multiSelectHelp   = len("?   [Use arrows to move, space to select, type to filter]")
)

func (s *screen) surveySelect(msg string, options []string) (int, error) {
	msg, lines, page := s.list(msg, options, selectMargin, selectHelp)
	var chosen int
	err := s.ask(&survey.Select{
		Message:  msg,
		Options:  lines,
		PageSize: page,
		Filter: func(filter, _ string, i int) bool {
			return matches(filter, options, i)
		},
	}, &chosen)
	return chosen, err
}

func (s *screen) surveyMultiSelect(msg string, options []string) ([]int, error) {
	msg, lines, page := s.list(msg, options, multiSelectMargin, multiSelectHelp)
	var chosen []int
	err := s.ask(&survey.MultiSelect{
		Message:  msg,
		Options:  lines,
		PageSize: page,
		Filter: func(filter, _ string, i int) bool {
			// survey leaves the list when it moves in one that is empty.
			return matches(filter, options, i) || !anyMatches(filter, options)
		},
	}, &chosen, survey.WithValidator(func(answer any) error {
		if list, ok := answer.([]survey.OptionAnswer); ok && len(list) == 0 {
			return errors.New("mark at least one option with the space bar")
		}
		return nil
	}))
	return chosen, err
}

func (s *screen) ask(question survey.Prompt, answer any, more ...survey.AskOpt) error {
	more = append(more,
		survey.WithStdio(&surveyInput{screen: s}, s.out, s.out),
		survey.WithRemoveSelectAll(), survey.WithRemoveSelectNone())
	err := survey.AskOne(question, answer, more...)
	if errors.Is(err, terminal.InterruptErr) {
		return ErrInterrupted
	}
	return err
}

// list prepares a list for survey, which smears what does not fit: a message
// of one line, options of one line each, and as many of them on a page as the
// window is high. What had to be shortened is shown in full above.
func (s *screen) list(msg string, options []string, margin, help int) (title string, lines []string, page int) {
	columns, rows := s.size()
	title = flatten(msg)
	if strings.Contains(strings.TrimSpace(msg), "\n") || width(msg)+len("? ") >= columns {
		for _, line := range wrap(strings.TrimRight(msg, "\n"), columns-1) {
			fmt.Fprintln(s.out, line)
		}
		title = "Your answer"
	}
	indent := strings.Repeat(" ", len(number(0, len(options))))
	room := columns - margin - len(indent) - 1
	shortened := false
	for i, option := range options {
		lines = append(lines, number(i, len(options))+cut(option, room))
		shortened = shortened || width(option) > room
	}
	if shortened {
		for i, option := range options {
			text := strings.Join(wrap(flatten(option), columns-len(indent)-1), "\n"+indent)
			fmt.Fprintln(s.out, number(i, len(options))+text)
		}
		fmt.Fprintln(s.out)
	}
	// A title that the window wraps, a line for what is typed to filter, one
	// for a complaint and one for the cursor.
	page = rows - (width(title)+help+columns-1)/columns - 3
	return title, lines, min(max(page, 1), len(options))
}

// matches says whether a list shows option i when filter is typed: the one of
// that number, else those that contain the text.
func matches(filter string, options []string, i int) bool {
	if number, err := strconv.Atoi(filter); err == nil && 1 <= number && number <= len(options) {
		return number == i+1
	}
	return strings.Contains(strings.ToLower(bare(options[i])), strings.ToLower(filter))
}

func anyMatches(filter string, options []string) bool {
	for i := range options {
		if matches(filter, options, i) {
			return true
		}
	}
	return false
}

// surveyInput gives survey the keys that it understands, each in one Read: it
// drops what it has read ahead when a question ends, fails at keys it does not
// know, and takes Ctrl-D for Enter.
type surveyInput struct {
	screen *screen
	rest   []byte
}

// Fd is what survey sets the mode of.
func (r *surveyInput) Fd() uintptr { return r.screen.in.Fd() }

func (r *surveyInput) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		k, err := r.screen.keys.Next()
		if err != nil {
			return 0, err
		}
		switch k.Kind {
		case tty.Interrupt:
			return 0, ErrInterrupted
		case tty.EOF:
			return 0, ErrEOF
		case tty.Suspend:
			r.screen.pause()
			r.rest = []byte{terminal.KeyArrowLeft} // means nothing to survey, but it draws
			continue
		}
		if !k.Pasted {
			r.rest = surveyKey(k)
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func surveyKey(k tty.Key) []byte {
	switch k.Kind {
	case tty.Char:
		return []byte(string(k.Rune))
	case tty.Enter:
		return []byte{terminal.KeyEnter}
	case tty.Tab:
		return []byte{terminal.KeyTab}
	case tty.Up:
		return []byte("\x1b[A")
	case tty.Down:
		return []byte("\x1b[B")
	case tty.Backspace:
		return []byte{terminal.KeyDelete}
	case tty.DeleteWord, tty.DeleteLine:
		return []byte{terminal.KeyDeleteLine}
	}
	return nil
}
