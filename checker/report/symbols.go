package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fatih/color"
	"github.com/rivo/uniseg"
)

// symbols are the signs that a terminal can show.
type symbols struct {
	pass, fail, unsure, fault string
	silent                    string // a witness that could not testify
	dot, cut                  string
	cells                     []string // a cell of a bar, from emptiest to full
	// Of a timeline.
	idle, gc, preempted, other string
	share                      []string // a cell in which something ran for part of the time
	arrow                      string
	// Of a plot.
	band, amdahl, point, ideal string
	across, up, corner         string
}

func unicodeSymbols() symbols {
	return symbols{
		pass: "✓", fail: "✗", unsure: "?", fault: "!", silent: "–", dot: "·", cut: "…",
		cells: []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		idle:  "·", gc: "▒", preempted: "!", other: "─",
		share: []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		arrow: "▸",
		band:  "░", amdahl: "+", point: "●", ideal: "·",
		across: "─", up: "│", corner: "└",
	}
}

func asciiSymbols() symbols {
	return symbols{
		pass: "ok", fail: "x", unsure: "?", fault: "!", silent: "-", dot: "-", cut: "...",
		cells: []string{"#"},
		idle:  ".", gc: "g", preempted: "!", other: "-",
		share: []string{"+", "#"},
		arrow: ">",
		band:  ":", amdahl: "+", point: "o", ideal: ".",
		across: "-", up: "|", corner: "+",
	}
}

// theme holds the styles of one writer. They add to words and signs, and never
// stand for them.
type theme struct {
	strong, faint, good, bad, unsure, you, ref *color.Color
}

func newTheme(enabled bool) theme {
	style := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		// Each style is set on or off, so that no global of the package counts.
		if enabled {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return theme{
		strong: style(color.Bold),
		faint:  style(color.Faint),
		good:   style(color.Bold, color.FgGreen),
		bad:    style(color.Bold, color.FgRed),
		unsure: style(color.Bold, color.FgYellow),
		you:    style(color.FgCyan),
		ref:    style(color.Faint),
	}
}

// columns is the width of s on a terminal.
func columns(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return uniseg.StringWidth(s)
		}
	}
	return len(s)
}

// clean makes text safe to show: what a terminal could take for a command, or
// could not show, appears as Go would write it in a string ("\x1b"). With ascii
// only ASCII remains.
func clean(s string, ascii bool) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)):
			b.WriteString(`\x` + strconv.FormatUint(uint64(s[i])|0x100, 16)[1:])
		case !unicode.IsPrint(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		case ascii && r >= utf8.RuneSelf:
			b.WriteString(inASCII(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inASCII gives the nearest ASCII text for signs that our own sentences use.
func inASCII(r rune) string {
	switch r {
	case '·', '–', '—', '−':
		return "-"
	case '×':
		return "x"
	case '÷':
		return "/"
	case '…':
		return "..."
	case '’', '‘':
		return "'"
	case '“', '”':
		return `"`
	case '≤':
		return "<="
	case 'µ':
		return "u"
	case '≥':
		return ">="
	}
	quoted := strconv.QuoteRuneToASCII(r)
	return quoted[1 : len(quoted)-1]
}

// wrap breaks text into lines of at most width columns, at spaces where it can.
func wrap(text string, width int) []string {
	width = max(width, 1)
	var lines []string
	line, used := "", 0
	flush := func() {
		if used > 0 {
			lines = append(lines, line)
		}
		line, used = "", 0
	}
	for word := range strings.FieldsSeq(text) {
		for w := columns(word); ; w = columns(word) {
			if used > 0 && used+1+w <= width {
				line, used = line+" "+word, used+1+w
				break
			}
			flush()
			if w <= width {
				line, used = word, w
				break
			}
			head := prefix(word, width)
			lines = append(lines, head)
			word = word[len(head):]
		}
	}
	flush()
	return lines
}

// prefix is the longest beginning of s that fits, at least one character.
func prefix(s string, width int) string {
	end, used := 0, 0
	for rest := s; rest != ""; {
		cluster, next, w, _ := uniseg.FirstGraphemeClusterInString(rest, -1)
		if end > 0 && used+w > width {
			break
		}
		end, used, rest = end+len(cluster), used+w, next
	}
	return s[:end]
}
