package prompt

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// lineReader shows a label and reads the line that answers it, without its end.
// The error is ErrEOF where no line is left, ErrInterrupted after Ctrl-C.
type lineReader interface {
	line(label string) (string, error)
}

// plain asks numbered questions that are answered by lines.
type plain struct {
	lines    lineReader
	out, err io.Writer
}

func newPlain(in io.Reader, out, err io.Writer) *plain {
	tty := isTerminal(in)
	if tty {
		in = &interruptible{in: in}
	}
	return &plain{lines: &lineStream{in: in, out: out, echo: !tty}, out: out, err: err}
}

func (p *plain) Select(msg string, options []string) (int, error) {
	return ask(p, msg, options, "Your answer: ", func(text string) (int, error) {
		return parseChoice(text, len(options))
	})
}

func (p *plain) MultiSelect(msg string, options []string) ([]int, error) {
	return ask(p, msg, options, "Your answers, as in 1,2: ", func(text string) ([]int, error) {
		return parseChoices(text, len(options))
	})
}

// ask shows the options and repeats the question until the answer can be read.
func ask[T any](p *plain, msg string, options []string, label string, parse func(string) (T, error)) (T, error) {
	var none T
	if len(options) == 0 {
		return none, errNoOptions
	}
	fmt.Fprintln(p.out, strings.TrimRight(msg, "\n"))
	for i, option := range options {
		fmt.Fprintf(p.out, "  %s%s\n", number(i, len(options)), flatten(option))
	}
	return until(p, label, parse)
}

// number is what stands before option i of n: as wide for all of them.
func number(i, n int) string {
	return fmt.Sprintf("%*d  ", len(strconv.Itoa(n)), i+1)
}

func until[T any](p *plain, label string, parse func(string) (T, error)) (T, error) {
	for {
		text, err := p.lines.line(label)
		if err != nil {
			var none T
			return none, err
		}
		answer, err := parse(text)
		if err == nil {
			return answer, nil
		}
		fmt.Fprintln(p.err, err)
	}
}

func (p *plain) Input(msg, hint string) (string, error) {
	label := strings.TrimRight(msg, "\n")
	if hint != "" {
		label += " (" + hint + ")"
	}
	return p.lines.line(label + ": ")
}

func (p *plain) Lines(msg string) (string, error) {
	fmt.Fprintln(p.out, strings.TrimRight(msg, "\n")+" (an empty line ends it)")
	var lines []string
	for {
		line, err := p.lines.line("> ")
		if errors.Is(err, ErrEOF) && len(lines) > 0 {
			break
		}
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
		if err != nil {
			return strings.Join(lines, "\n"), err
		}
		if strings.TrimSpace(line) == "" {
			break
		}
	}
	return strings.Join(lines, "\n"), nil
}

func (p *plain) Confirm(msg string, def bool) (bool, error) {
	label := strings.TrimRight(msg, "\n") + " " + yesNo(def) + " "
	return until(p, label, func(text string) (bool, error) { return parseYesNo(text, def) })
}

// lineStream reads lines from a stream.
type lineStream struct {
	in   io.Reader
	out  io.Writer
	echo bool // repeat what was read: nobody typed it into this output
}

// longestLine is the most bytes that are kept of a line.
const longestLine = 1 << 20

// line reads byte by byte, so that what follows the line stays in the stream
// for whoever reads next.
func (l *lineStream) line(label string) (string, error) {
	fmt.Fprint(l.out, label)
	var text []byte
	one := make([]byte, 1)
	for {
		n, err := l.in.Read(one)
		if n > 0 && one[0] == '\n' {
			break
		}
		if n > 0 && len(text) < longestLine {
			text = append(text, one[0])
		}
		if err == nil {
			continue
		}
		if errors.Is(err, io.EOF) && len(text) > 0 {
			break
		}
		fmt.Fprintln(l.out)
		if errors.Is(err, io.EOF) {
			return "", ErrEOF
		}
		if errors.Is(err, ErrInterrupted) {
			return "", err
		}
		return "", fmt.Errorf("failed to read the answer: %w", err)
	}
	answer := clean(string(text))
	if l.echo {
		fmt.Fprintln(l.out, answer)
	}
	return answer, nil
}

// clean takes away what is no text: a byte order mark, the CR of a CRLF, and
// control characters that would act on the terminal when shown again.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\ufffd")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\t' || r == '\ufeff' {
			return -1
		}
		return r
	}, text)
}
