package prompt

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"

	"gokata/cmd/internal/tty"
)

// line reads a line from the terminal with the keys that people expect. With an
// error it gives what was written of the line.
func (s *screen) line(label string) (string, error) {
	if s.ended {
		return "", ErrEOF
	}
	columns, rows := s.size()
	e := &editor{out: s.out.Writer, columns: max(columns-1, 1), rows: rows}
	s.above(e, label, columns)
	e.draw()
	for {
		k, err := s.keys.Next()
		if err != nil {
			return e.leave(), err
		}
		switch {
		case k.Kind == tty.Interrupt:
			return e.leave(), ErrInterrupted
		case k.Kind == tty.EOF && e.text() == "":
			e.leave()
			return "", ErrEOF
		case k.Kind == tty.EOF && s.many:
			s.ended = true
			return e.leave(), nil
		case k.Kind == tty.Enter && !k.Pasted,
			// An empty line would end the answer in the middle of what was pasted.
			k.Kind == tty.Enter && s.many && strings.TrimSpace(e.text()) != "":
			return e.leave(), nil
		case k.Kind == tty.Suspend:
			s.pause()
			e.row = 0
			e.draw()
		case k.Kind == tty.Enter && !s.many:
			e.press(tty.Key{Kind: tty.Char, Rune: ' '})
		default:
			e.press(k)
		}
	}
}

// above writes what is too long of a label on lines of its own, and gives the
// editor the rest of it.
func (s *screen) above(e *editor, label string, columns int) {
	end := len(label) - len(strings.TrimRight(label, " "))
	head, last := "", label
	if i := strings.LastIndexByte(label, '\n'); i >= 0 {
		head, last = label[:i], label[i+1:]
	}
	if width(last)+end > columns/2 {
		head, last, end = label, "> ", 1
	}
	if head != "" {
		for _, line := range wrap(head, columns-1) {
			fmt.Fprintln(s.out, line)
		}
	}
	e.label = flatten(last) + strings.Repeat(" ", end)
	e.used = width(last) + end
}

// editor edits one line, which may take several rows of the window. It wraps
// them itself, a column before the edge, since terminals differ in what they do
// at the edge.
type editor struct {
	out     io.Writer
	columns int // that text may use
	rows    int // of the window
	label   string
	used    int // columns of the label
	before  string
	after   string // what stands behind the cursor
	row     int    // where the cursor was left, counting from the label's row
}

func (e *editor) text() string { return e.before + e.after }

// press does what a key asks for, and shows it.
func (e *editor) press(k tty.Key) {
	switch k.Kind {
	case tty.Char:
		if !unicode.IsPrint(k.Rune) && !unicode.Is(unicode.Cf, k.Rune) && !unicode.Is(unicode.M, k.Rune) {
			return
		}
		// All of the text must stay on the screen to be drawn again.
		if e.used+uniseg.StringWidth(e.text())+2 > e.columns*(e.rows-1) {
			io.WriteString(e.out, "\a")
			return
		}
		e.before += string(k.Rune)
	case tty.Tab:
		e.before += " "
	case tty.Backspace:
		e.before = e.before[:lastCluster(e.before)]
	case tty.Delete:
		e.after = e.after[firstCluster(e.after):]
	case tty.Left:
		i := lastCluster(e.before)
		e.before, e.after = e.before[:i], e.before[i:]+e.after
	case tty.Right:
		i := firstCluster(e.after)
		e.before, e.after = e.before+e.after[:i], e.after[i:]
	case tty.Home:
		e.before, e.after = "", e.text()
	case tty.End:
		e.before, e.after = e.text(), ""
	case tty.DeleteWord:
		word := strings.TrimRight(e.before, " ")
		e.before = word[:strings.LastIndexByte(word, ' ')+1]
	case tty.DeleteLine:
		e.before = ""
	case tty.DeleteRest:
		e.after = ""
	default:
		return
	}
	e.draw()
}

// draw shows label and text, and puts the cursor where it belongs.
func (e *editor) draw() {
	var b strings.Builder
	if e.row > 0 {
		fmt.Fprintf(&b, "\x1b[%dA", e.row)
	}
	b.WriteString("\r\x1b[J" + e.label)
	row, column := 0, e.used
	put := func(text string) {
		for state := -1; text != ""; {
			var cluster string
			var wide int
			cluster, text, wide, state = uniseg.FirstGraphemeClusterInString(text, state)
			if column+wide > e.columns {
				b.WriteString("\r\n")
				row, column = row+1, 0
			}
			b.WriteString(cluster)
			column += wide
		}
	}
	put(e.before)
	e.row = row
	cursor := column
	put(e.after)
	if row > e.row {
		fmt.Fprintf(&b, "\x1b[%dA", row-e.row)
	}
	b.WriteString("\r")
	if cursor > 0 {
		fmt.Fprintf(&b, "\x1b[%dC", cursor)
	}
	io.WriteString(e.out, b.String())
}

// leave goes to the line below the text, and gives the text.
func (e *editor) leave() string {
	e.before, e.after = e.text(), ""
	e.draw()
	io.WriteString(e.out, "\r\n")
	return e.before
}

// lastCluster is where the last character, as a person sees it, begins.
func lastCluster(s string) int {
	last := 0
	for at, state := 0, -1; at < len(s); {
		last = at
		var cluster string
		cluster, _, _, state = uniseg.FirstGraphemeClusterInString(s[at:], state)
		at += len(cluster)
	}
	return last
}

// firstCluster is where the first character, as a person sees it, ends.
func firstCluster(s string) int {
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return len(cluster)
}
