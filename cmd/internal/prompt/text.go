package prompt

import (
	"strings"
	"unicode"

	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/rivo/uniseg"
)

// piece is a part of a text that is shown as a whole: one character as a person
// sees it, or a sequence that sets colours.
type piece struct {
	text  string
	width int // columns; 0 for a sequence
	style bool
}

// pieces cuts a text up. White space becomes single spaces, so that all of it
// fits one line; control characters and sequences that do more than set colours
// are dropped, since they could move the cursor.
func pieces(s string) []piece {
	var all []piece
	space := true // at the beginning, white space is dropped
	for s != "" {
		if s[0] == '\x1b' {
			sequence := escape(s)
			s = s[len(sequence):]
			if strings.HasPrefix(sequence, "\x1b[") && strings.HasSuffix(sequence, "m") {
				all = append(all, piece{text: sequence, style: true})
			}
			continue
		}
		cluster, rest, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		s = rest
		first := []rune(cluster)[0]
		switch {
		case unicode.IsSpace(first):
			if !space {
				all = append(all, piece{text: " ", width: 1})
			}
			space = true
		case !unicode.IsControl(first):
			// survey counts by code points when it looks for wrapped lines.
			width = max(width, terminal.StringWidth(cluster))
			all = append(all, piece{text: strings.ToValidUTF8(cluster, "\ufffd"), width: width})
			space = false
		}
	}
	if n := len(all); n > 0 && all[n-1].text == " " {
		all = all[:n-1]
	}
	return all
}

// escape gives the escape sequence that s begins with, as far as it goes.
func escape(s string) string {
	if len(s) < 2 || s[1] != '[' {
		return s[:1]
	}
	for i := 2; i < len(s); i++ {
		switch {
		case '@' <= s[i] && s[i] <= '~':
			return s[:i+1]
		case s[i] < ' ' || s[i] > '~':
			return s[:i]
		}
	}
	return s
}

// flatten puts a text on one line.
func flatten(s string) string {
	var b strings.Builder
	for _, p := range pieces(s) {
		b.WriteString(p.text)
	}
	return b.String()
}

// bare flattens a text and takes its colours away.
func bare(s string) string {
	var b strings.Builder
	for _, p := range pieces(s) {
		if !p.style {
			b.WriteString(p.text)
		}
	}
	return b.String()
}

// width is the columns that a text takes on one line.
func width(s string) int {
	n := 0
	for _, p := range pieces(s) {
		n += p.width
	}
	return n
}

// cut flattens a text and shortens it to at most columns, with … where it ends.
// Colours are kept, so that what was set is also reset.
func cut(s string, columns int) string {
	if width(s) <= columns {
		return flatten(s)
	}
	var b strings.Builder
	left, full := columns-1, false
	for _, p := range pieces(s) {
		switch {
		case p.style:
			b.WriteString(p.text)
		case full:
		case p.width > left:
			full = true
			if columns > 0 {
				b.WriteString("…")
			}
		default:
			b.WriteString(p.text)
			left -= p.width
		}
	}
	return b.String()
}

// wrap breaks a text into lines of at most columns, between words where it can.
// Lines that the text has already are kept.
func wrap(s string, columns int) []string {
	columns = max(columns, 2)
	var lines []string
	for paragraph := range strings.Lines(s) {
		lines = append(lines, wrapLine(pieces(paragraph), columns)...)
	}
	return lines
}

func wrapLine(line []piece, columns int) []string {
	var lines []string
	for {
		end, used, space := 0, 0, -1
		for end < len(line) && used+line[end].width <= columns {
			if line[end].text == " " {
				space = end
			}
			used += line[end].width
			end++
		}
		next := end
		if end < len(line) {
			switch {
			case line[end].text == " ":
				next = end + 1
			case space > 0:
				end, next = space, space+1
			case end == 0: // wider than a whole line
				end, next = 1, 1
			}
		}
		var b strings.Builder
		for _, p := range line[:end] {
			b.WriteString(p.text)
		}
		lines = append(lines, b.String())
		if line = line[next:]; len(line) == 0 {
			return lines
		}
	}
}
