package term

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// cell is what a cursor moves over in one step: a user-perceived character
// with its width in columns and the SGR sequences that are in force.
type cell struct {
	text  string
	style string
	width int
}

// Width is the number of columns that s takes on a terminal. Escape sequences
// take none; wide characters and emoji take two.
func Width(s string) int {
	width := 0
	for _, c := range cells(s) {
		width += c.width
	}
	return width
}

// cells cuts s into cells. Sequences that set a style (SGR) go into the cells
// that follow them, up to a reset; any other escape sequence is a cell of no
// width, and one that has no end is dropped.
func cells(s string) []cell {
	plain, marks := splitEscapes(s)
	out := make([]cell, 0, len(plain)+len(marks))
	style := ""
	for i := 0; i < len(plain) || len(marks) > 0; {
		// A cluster that an escape sequence cuts in two is still one cluster on
		// the screen, so a mark within it counts from the next cell on.
		for len(marks) > 0 && marks[0].at <= i {
			switch sequence := marks[0].sequence; {
			case !isSGR(sequence):
				out = append(out, cell{text: sequence, style: style})
			case isReset(sequence):
				style = ""
			default:
				style += sequence
			}
			marks = marks[1:]
		}
		if i == len(plain) {
			break
		}
		c := cell{style: style}
		c.text, c.width = cluster(plain[i:])
		out = append(out, c)
		i += len(c.text)
	}
	return out
}

// cluster is the first user-perceived character of s and its width. Most text
// is ASCII, which needs no tables.
func cluster(s string) (string, int) {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) {
		if s[0] < ' ' || s[0] == 0x7f {
			return s[:1], 0
		}
		return s[:1], 1
	}
	first, _, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	if width > widestRune { // some scripts join without end, and a line must end somewhere
		_, n := utf8.DecodeRuneInString(s)
		return s[:n], uniseg.StringWidth(s[:n])
	}
	return first, width
}

// mark is an escape sequence and its place in the text without any.
type mark struct {
	at       int
	sequence string
}

func splitEscapes(s string) (plain string, marks []mark) {
	if strings.IndexByte(s, '\x1b') < 0 {
		return s, nil
	}
	var b strings.Builder
	for len(s) > 0 {
		next := strings.IndexByte(s, '\x1b')
		if next < 0 {
			next = len(s)
		}
		b.WriteString(s[:next])
		s = s[next:]
		if s == "" {
			break
		}
		n, complete := escapeLen(s)
		if complete {
			marks = append(marks, mark{b.Len(), s[:n]})
		}
		s = s[n:]
	}
	return b.String(), marks
}

// escapeLen is the length of the escape sequence at the front of s, which
// starts with ESC: a control sequence "ESC [ … letter", a string "ESC ] … BEL"
// or "ESC ] … ESC \", otherwise two bytes. Of one that is not complete, it is
// the part to drop, lest it swallow the text after it.
func escapeLen(s string) (n int, complete bool) {
	if len(s) < 2 || s[1] < 0x30 || s[1] > 0x7e {
		return 1, false
	}
	switch s[1] {
	case '[':
		for n = 2; n < len(s); n++ {
			switch {
			case 0x40 <= s[n] && s[n] <= 0x7e:
				return n + 1, true
			case s[n] < 0x20 || s[n] > 0x3f:
				return n, false
			}
		}
		return n, false
	case ']':
		for n = 2; n < len(s); n++ {
			if s[n] == '\a' {
				return n + 1, true
			}
			if s[n] == '\x1b' && n+1 < len(s) && s[n+1] == '\\' {
				return n + 2, true
			}
		}
		return 2, false
	}
	return 2, true
}

const reset = "\x1b[0m"

func isSGR(sequence string) bool {
	return strings.HasPrefix(sequence, "\x1b[") && strings.HasSuffix(sequence, "m")
}

func isReset(sequence string) bool { return sequence == reset || sequence == "\x1b[m" }

// join writes cells as a string whose styles are all closed at its end.
func join(line []cell) string {
	var b strings.Builder
	style := ""
	for _, c := range line {
		if c.style != style {
			if style != "" {
				b.WriteString(reset)
			}
			b.WriteString(c.style)
			style = c.style
		}
		b.WriteString(c.text)
	}
	if style != "" {
		b.WriteString(reset)
	}
	return b.String()
}

func widthOf(line []cell) int {
	width := 0
	for _, c := range line {
		width += c.width
	}
	return width
}
