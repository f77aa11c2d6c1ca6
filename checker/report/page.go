package report

import (
	"bytes"
	"strings"

	"github.com/fatih/color"
)

// Widths of a page, and of its column of labels.
const (
	narrowest  = 40
	widest     = 120
	labelWidth = 15
)

// span is a piece of a line in one style; nil means as the terminal has it.
type span struct {
	text  string
	style *color.Color
}

// page collects lines, none of them wider than the screen.
type page struct {
	out   bytes.Buffer
	width int
	plain bool
	theme theme
	sign  symbols
}

func newPage(o Options) *page {
	width := o.Width
	if width == 0 {
		width = 80
	}
	p := &page{
		width: min(max(width, narrowest), widest),
		plain: o.Plain,
		theme: newTheme(o.Color),
		sign:  unicodeSymbols(),
	}
	if o.Plain {
		p.sign = asciiSymbols()
	}
	return p
}

// clean makes text that is not ours safe to show on this page.
func (p *page) clean(s string) string { return clean(s, p.plain) }

// line writes one line. What does not fit is cut, as the last resort: callers
// break lines where it makes sense.
func (p *page) line(spans ...span) {
	room := p.width
	for i, s := range spans {
		text := s.text
		if i == len(spans)-1 {
			text = strings.TrimRight(text, " ")
		}
		w := columns(text)
		cut := w > room
		if cut {
			text = p.fit(text, room)
		}
		room -= w
		if s.style == nil || text == "" {
			p.out.WriteString(text)
		} else {
			p.out.WriteString(s.style.Sprint(text))
		}
		if cut {
			break
		}
	}
	p.out.WriteByte('\n')
}

// fit cuts text to width columns and marks the cut.
func (p *page) fit(text string, width int) string {
	if columns(text) <= width {
		return text
	}
	room := width - columns(p.sign.cut)
	if room <= 0 {
		return ""
	}
	return prefix(text, room) + p.sign.cut
}

// blank writes one empty line, and never two.
func (p *page) blank() {
	if written := p.out.Bytes(); len(written) > 0 && !bytes.HasSuffix(written, []byte("\n\n")) {
		p.out.WriteByte('\n')
	}
}

// paragraph writes text between the margins, one column in.
func (p *page) paragraph(text string) {
	for part := range strings.SplitSeq(text, "\n") {
		for _, line := range wrap(p.clean(part), p.width-2) {
			p.line(span{text: " " + line})
		}
	}
}

// field writes a label and its text; further lines hang under the text.
func (p *page) field(label, text string) {
	p.fieldAt(label, text, labelWidth)
}

func (p *page) fieldAt(label, text string, column int) {
	head := pad(" "+label, column)
	for _, line := range wrap(p.clean(text), p.width-column-1) {
		p.line(span{text: head, style: p.theme.strong}, span{text: line})
		head = strings.Repeat(" ", column)
	}
}

// edges writes left at the left edge and right at the right one, on two lines
// where one is too short.
func (p *page) edges(left span, right span) {
	gap := p.width - columns(left.text) - columns(right.text)
	switch {
	case right.text == "":
		p.line(left)
	case gap >= 2:
		p.line(left, span{text: strings.Repeat(" ", gap)}, right)
	default:
		p.line(left)
		p.line(span{text: strings.Repeat(" ", max(p.width-columns(right.text), 1))}, right)
	}
}

// pad fills s with spaces up to width columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-columns(s), 0))
}
