package term

import (
	"io"
	"strings"

	"gokata/lessons/markdown"

	"github.com/yuin/goldmark/ast"
)

func (p *page) document(_ ast.Node, entering bool) ast.WalkStatus {
	if p.inlineOnly {
		return ast.WalkContinue
	}
	if entering {
		p.frames = append(p.frames, frame{first: " ", rest: " ", used: true})
	} else {
		p.frames = p.frames[:0]
	}
	return ast.WalkContinue
}

func (p *page) paragraph(_ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.begin()
		p.pen.start()
		return ast.WalkContinue
	}
	text := p.pen.finish()
	if p.inlineOnly {
		_, p.err = io.WriteString(p.w, text)
		return ast.WalkContinue
	}
	for _, line := range Wrap(text, p.room()) {
		p.line(line)
	}
	return ast.WalkContinue
}

// heading writes a heading of the page at the left edge, one column out of the
// text. A first heading is underlined. Where there is no bold, the signs of
// the source tell the level of the others.
func (p *page) heading(n ast.Node, entering bool) ast.WalkStatus {
	level := n.(*ast.Heading).Level
	if entering {
		p.begin()
		p.pen.start()
		p.pen.push(p.theme.heading)
		if level > 1 && !p.color {
			p.pen.word(strings.Repeat("#", level) + " ")
		}
		return ast.WalkContinue
	}
	p.pen.pop()
	put, room := p.line, p.room()
	if len(p.frames) == 1 {
		put, room = p.write, room+Width(p.frames[0].rest)
	}
	widest := 0
	for _, line := range Wrap(p.pen.finish(), room) {
		put(line)
		widest = max(widest, Width(line))
	}
	if level == 1 && widest > 0 {
		put(p.styled(p.theme.faint, strings.Repeat(p.glyphs.double, widest)))
	}
	return ast.WalkContinue
}

func (p *page) thematicBreak(_ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.begin()
		p.line(p.styled(p.theme.faint, strings.Repeat(p.glyphs.rule, p.room()-1)))
	}
	return ast.WalkContinue
}

func (p *page) quote(_ ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		p.leave()
		return ast.WalkContinue
	}
	p.begin()
	bar := p.styled(p.theme.faint, p.glyphs.quote) + " "
	p.enter(bar, bar, false)
	return ast.WalkContinue
}

// callout writes the title over the text, so that the kind of a callout is
// told in words and not by its colour.
func (p *page) callout(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		p.leave()
		return ast.WalkContinue
	}
	c := n.(*markdown.Callout)
	st := p.calloutStyle(c.Name)
	p.begin()
	bar := p.styled(st, p.glyphs.callout) + " "
	p.enter(bar, bar, false)
	title := c.Title
	if !p.color {
		title = strings.ToUpper(title)
	}
	for _, line := range Wrap(p.styled(st, title), p.room()) {
		p.line(line)
	}
	return ast.WalkContinue
}

func (p *page) calloutStyle(name string) style {
	switch name {
	case "INTERVIEW":
		return p.theme.interview
	case "MYTH":
		return p.theme.myth
	case "TRY":
		return p.theme.try
	}
	return p.theme.note
}

// group is a container without a form of its own.
func (p *page) group(_ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.begin()
		p.enter("", "", false)
	} else {
		p.leave()
	}
	return ast.WalkContinue
}
