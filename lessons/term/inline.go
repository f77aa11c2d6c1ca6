package term

import (
	"strconv"
	"strings"

	"gokata/lessons/markdown"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// clean is s made safe for the terminal, in the page's own signs.
func (p *page) clean(s string) string { return clean(s, p.glyphs.unknownControl) }

// cleanLine is the same for text that stays within a line.
func (p *page) cleanLine(s string) string {
	return strings.NewReplacer("\n", " ", "\t", " ").Replace(p.clean(s))
}

func (p *page) text(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	t := n.(*ast.Text)
	p.pen.prose(p.clean(markdown.Literal(t, p.src)))
	switch {
	case t.HardLineBreak() && !p.inlineOnly:
		p.pen.newline()
	case t.HardLineBreak() || t.SoftLineBreak():
		p.pen.space = true
	}
	return ast.WalkContinue
}

func (p *page) stringNode(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.pen.prose(p.clean(markdown.Unescape(n.(*ast.String).Value)))
	}
	return ast.WalkContinue
}

// codeSpan keeps the back quotes, which tell code from text also where there
// is no colour.
func (p *page) codeSpan(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(markdown.Literal(t, p.src))
		}
	}
	p.pen.push(p.theme.code)
	p.pen.word("`" + p.cleanLine(b.String()) + "`")
	p.pen.pop()
	return ast.WalkSkipChildren
}

// emphasis is italics and bold; where there is no bold, the signs of the source.
func (p *page) emphasis(n ast.Node, entering bool) ast.WalkStatus {
	level := n.(*ast.Emphasis).Level
	if !p.color {
		p.pen.word(strings.Repeat("*", level))
		return ast.WalkContinue
	}
	switch {
	case !entering:
		p.pen.pop()
	case level > 1:
		p.pen.push(p.theme.strong)
	default:
		p.pen.push(p.theme.emphasis)
	}
	return ast.WalkContinue
}

// link writes where a link goes after its text, unless the text says it.
func (p *page) link(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		return ast.WalkContinue
	}
	url := markdown.Unescape(n.(*ast.Link).Destination)
	if url != "" && bareURL(url) != bareURL(markdown.Text(n, p.src)) {
		p.pen.word(" (")
		p.url(url)
		p.pen.word(")")
	}
	return ast.WalkContinue
}

// bareURL is a URL as people write it.
func bareURL(url string) string {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if rest, ok := strings.CutPrefix(url, scheme); ok {
			url = rest
			break
		}
	}
	return strings.TrimSuffix(url, "/")
}

func (p *page) url(url string) {
	p.pen.push(p.theme.url)
	p.pen.word(p.cleanLine(url))
	p.pen.pop()
}

func (p *page) autoLink(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.url(string(n.(*ast.AutoLink).Label(p.src)))
	}
	return ast.WalkContinue
}

// image shows the words that stand for it: its children.
func (p *page) image(_ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.pen.push(p.theme.emphasis)
		p.pen.word("[")
	} else {
		p.pen.word("]")
		p.pen.pop()
	}
	return ast.WalkContinue
}

func (p *page) rawHTML(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.pen.prose(p.clean(string(n.(*ast.RawHTML).Segments.Value(p.src))))
	}
	return ast.WalkContinue
}

func (p *page) footnoteLink(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.pen.word("[" + strconv.Itoa(n.(*extension.FootnoteLink).Index) + "]")
	}
	return ast.WalkContinue
}
