package term

import (
	"fmt"
	"strings"

	"gokata/lessons/markdown"

	"github.com/yuin/goldmark/ast"
)

// Tab stops. Go code is indented by tabs and read on narrow screens; the
// output of a program is aligned for the terminal's own.
const (
	codeTab   = 4
	outputTab = 8
)

// codeBlock shows a block whose lines stand as they are: code, the output of a
// program behind a gutter, HTML.
func (p *page) codeBlock(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	lang := ""
	if f, ok := n.(*ast.FencedCodeBlock); ok {
		lang = string(f.Language(p.src))
	}
	text := p.blockText(n)
	if text == "" {
		return ast.WalkSkipChildren
	}
	p.begin()
	switch lang {
	case "go":
		p.verbatim(p.codeGutter(text), p.goCode(text), codeTab)
	case "output":
		p.verbatim(" "+p.styled(p.theme.faint, p.glyphs.output)+" ", text, outputTab)
	default:
		p.verbatim("   ", text, codeTab)
	}
	return ast.WalkSkipChildren
}

// codeGutter is what stands before each line of code: less than usual where that
// saves a line from being cut.
func (p *page) codeGutter(text string) string {
	const usual, least = "   ", ""
	widest := 0
	for _, line := range splitLines(expandTabs(cells(text), codeTab)) {
		widest = max(widest, widthOf(line))
	}
	if room := p.room(); widest > room-len(usual) && widest <= room-len(least) {
		return least
	}
	return usual
}

// figure shows a drawing as it is where it fits. Where it does not, its lines
// cut would show nothing: its words stand for it. In plain mode, which may be
// read aloud, the words follow it.
func (p *page) figure(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	f := n.(*markdown.Figure)
	const indent = "   "
	text := p.blockText(f)
	alt := p.clean(strings.Join(strings.Fields(f.Alt), " "))
	widest := 0
	for _, line := range splitLines(expandTabs(cells(text), outputTab)) {
		widest = max(widest, widthOf(line))
	}
	need := p.width - p.room() + len(indent) + widest
	p.begin()
	if need > p.width && alt != "" {
		note := fmt.Sprintf("Figure: %s (needs %d columns; this screen has %d)", alt, need, p.width)
		p.words(note)
		return ast.WalkSkipChildren
	}
	p.verbatim(indent, text, outputTab)
	if p.plain && alt != "" {
		p.words("Figure: " + alt)
	}
	return ast.WalkSkipChildren
}

// words writes a line of ours, wrapped.
func (p *page) words(s string) {
	for _, line := range Wrap(p.styled(p.theme.emphasis, s), p.room()) {
		p.line(line)
	}
}

func (p *page) blockText(n ast.Node) string {
	return p.clean(strings.TrimSuffix(markdown.BlockText(n, p.src), "\n"))
}

// verbatim writes lines as they are behind a gutter. A line wider than the
// room goes on in the next, behind a mark, or before one in plain mode;
// without the marks its pieces make the line again.
func (p *page) verbatim(gutter, text string, tab int) {
	p.enter(gutter, gutter, true)
	defer p.leave()
	for _, line := range splitLines(cells(text)) {
		line = expandTabs(line, tab)
		room := p.room()
		mark := p.styled(p.theme.faint, p.glyphs.continued)
		switch {
		case widthOf(line) <= room:
			p.line(join(line))
		case p.plain:
			pieces := chopText(line, room-1, room-1)
			for _, piece := range pieces[:len(pieces)-1] {
				p.line(join(piece) + mark)
			}
			p.line(join(pieces[len(pieces)-1]))
		default:
			pieces := chopText(line, room, room-2)
			p.line(join(pieces[0]))
			for _, piece := range pieces[1:] {
				p.line(mark + " " + join(piece))
			}
		}
	}
}

// expandTabs replaces tabs by the spaces up to the next tab stop.
func expandTabs(text []cell, tab int) []cell {
	var out []cell
	column := 0
	for i, c := range text {
		switch c.text {
		case "\n":
			column = 0
		case "\t":
			if out == nil {
				out = append(make([]cell, 0, len(text)+8*tab), text[:i]...)
			}
			for n := tab - column%tab; n > 0; n-- {
				out = append(out, cell{text: " ", style: c.style, width: 1})
				column++
			}
			continue
		default:
			column += c.width
		}
		if out != nil {
			out = append(out, c)
		}
	}
	if out == nil {
		return text
	}
	return out
}
