// Package prompt asks the learner: choose one, choose several, a line, several
// lines, yes or no.
//
// New looks at the streams and gives one of two Prompters. On a terminal, lists
// are asked with survey, which draws them in place, and lines with an editor of
// our own. Elsewhere everything is a numbered plain question, answered by lines
// from any reader: a pipe, a file of answers, a terminal that cannot move its
// cursor. Both follow the same laws, which laws_test.go holds them to:
//
//   - Ctrl-C gives ErrInterrupted, everywhere.
//   - The end of the input (Ctrl-D on a terminal) gives ErrEOF; it never
//     answers a question.
//   - An answer that does not fit is explained, and the question asked again.
//   - The terminal is left as it was found, after an error and a panic too.
//
// survey is no longer maintained. What it gets wrong is kept from it: it reads
// its keys from us (keys.go), one at a time and only those it understands.
package prompt

import (
	"errors"
	"io"
)

var (
	// ErrInterrupted says that the learner pressed Ctrl-C, or that the process
	// was asked to end while it waited.
	ErrInterrupted = errors.New("interrupted")
	// ErrEOF says that the input has ended: there are no more answers.
	ErrEOF = errors.New("no more answers: the input has ended")
	// ErrNoTerminal says that there is nobody to ask.
	ErrNoTerminal = errors.New("there is no terminal to ask on")

	errNoOptions = errors.New("prompt: no options to choose from")
)

// Stopped says whether err means that the learner does not want to go on, or
// cannot: there is nothing to report then, and nothing to repeat.
func Stopped(err error) bool {
	return errors.Is(err, ErrInterrupted) || errors.Is(err, ErrEOF) || errors.Is(err, ErrNoTerminal)
}

// Prompter asks one question at a time. Options count from 0 in what it takes
// and gives, and from 1 in what is shown. Messages and options may hold several
// lines and colours (SGR sequences).
type Prompter interface {
	// Select asks for one of the options.
	Select(msg string, options []string) (int, error)
	// MultiSelect asks for one or more of the options; the answer rises.
	MultiSelect(msg string, options []string) ([]int, error)
	// Input asks for one line, which may be empty. Hint says what to write, as
	// in "milliseconds"; it is no default.
	Input(msg, hint string) (string, error)
	// Lines asks for several lines, ended by an empty line or the end of the
	// input, which is ErrEOF only where no line came before it. With
	// ErrInterrupted it gives what was written until then.
	Lines(msg string) (string, error)
	// Confirm asks yes or no; def is what an empty answer means.
	Confirm(msg string, def bool) (bool, error)
}

// New gives the Prompter that fits the streams: on a terminal, if interactive,
// one that draws; else a plain one. What is asked goes to out; complaints of
// the plain one go to err. With no reader at all, every question gives
// ErrNoTerminal. Make one Prompter for a stream and keep it.
func New(in io.Reader, out, err io.Writer, interactive bool) Prompter {
	if in == nil {
		return nobody{}
	}
	if interactive {
		if t := newTerminal(in, out, err); t != nil {
			return t
		}
	}
	return newPlain(in, out, err)
}

// nobody is the Prompter where there is nobody to ask.
type nobody struct{}

func (nobody) Select(string, []string) (int, error)        { return 0, ErrNoTerminal }
func (nobody) MultiSelect(string, []string) ([]int, error) { return nil, ErrNoTerminal }
func (nobody) Input(string, string) (string, error)        { return "", ErrNoTerminal }
func (nobody) Lines(string) (string, error)                { return "", ErrNoTerminal }
func (nobody) Confirm(string, bool) (bool, error)          { return false, ErrNoTerminal }
