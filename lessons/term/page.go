package term

import (
	"io"
	"strings"

	"gokata/lessons/markdown"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// page is the state of one rendering and the functions for every kind of node.
type page struct {
	src    []byte
	w      io.Writer
	err    error // of the first write that failed
	width  int
	color  bool
	plain  bool
	theme  theme
	glyphs glyphs

	frames []frame // the containers around the place where we are
	pen    pen
	table  *table // the one being collected
	lists  []list // the ones that are open

	inlineOnly bool // see Inline
}

// frame is a container: what its lines begin with, and how its blocks follow
// each other.
type frame struct {
	first, rest string // before its first line, before the others
	used        bool   // first is written
	tight       bool   // no blank line between its blocks
	blocks      int    // how many have begun
}

// narrowest is the room that nesting leaves for text: what is nested deeper
// goes without bar or indent.
const narrowest = 16

func newPage(w io.Writer, src []byte, o Options) *page {
	p := &page{
		src: src, w: w,
		width: min(max(o.Width, MinWidth), MaxWidth),
		color: o.Color, plain: o.Plain,
		theme: themeOf(o), glyphs: glyphsOf(o),
	}
	p.pen.color = o.Color
	return p
}

// RegisterFuncs implements renderer.NodeRenderer. A kind that is missing here
// is left out of the page, or stops the program: a test knows them all.
func (p *page) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	on := func(kind ast.NodeKind, f func(n ast.Node, entering bool) ast.WalkStatus) {
		reg.Register(kind, func(_ util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			status := f(n, entering)
			return status, p.err
		})
	}
	on(ast.KindDocument, p.document)
	on(ast.KindHeading, p.heading)
	on(ast.KindParagraph, p.paragraph)
	on(ast.KindTextBlock, p.paragraph)
	on(ast.KindThematicBreak, p.thematicBreak)
	on(ast.KindBlockquote, p.quote)
	on(markdown.KindCallout, p.callout)
	on(ast.KindList, p.list)
	on(ast.KindListItem, p.listItem)
	on(ast.KindCodeBlock, p.codeBlock)
	on(ast.KindFencedCodeBlock, p.codeBlock)
	on(ast.KindHTMLBlock, p.codeBlock)
	on(markdown.KindFigure, p.figure)
	on(ast.KindLinkReferenceDefinition, skip) // shown by the links that use it

	on(extension.KindTable, p.tableBlock)
	on(extension.KindTableHeader, p.tableRow)
	on(extension.KindTableRow, p.tableRow)
	on(extension.KindTableCell, p.tableCell)

	on(ast.KindText, p.text)
	on(ast.KindString, p.stringNode)
	on(ast.KindCodeSpan, p.codeSpan)
	on(ast.KindEmphasis, p.emphasis)
	on(ast.KindLink, p.link)
	on(ast.KindImage, p.image)
	on(ast.KindAutoLink, p.autoLink)
	on(ast.KindRawHTML, p.rawHTML)
	on(extension.KindTaskCheckBox, p.taskCheckBox)

	// The parser of the course makes none of these. They are shown without
	// their own form, should that change.
	on(extension.KindStrikethrough, pass)
	on(extension.KindDefinitionList, p.group)
	on(extension.KindDefinitionTerm, p.paragraph)
	on(extension.KindDefinitionDescription, p.group)
	on(extension.KindFootnoteList, p.group)
	on(extension.KindFootnote, p.group)
	on(extension.KindFootnoteLink, p.footnoteLink)
	on(extension.KindFootnoteBacklink, skip)
}

func skip(ast.Node, bool) ast.WalkStatus { return ast.WalkSkipChildren }
func pass(ast.Node, bool) ast.WalkStatus { return ast.WalkContinue }

// room is the number of columns left for text.
func (p *page) room() int {
	room := p.width
	for _, f := range p.frames {
		room -= Width(f.rest)
	}
	return room
}

// begin is called where a block begins. It sets it off from the one before.
func (p *page) begin() {
	if len(p.frames) == 0 {
		return
	}
	f := &p.frames[len(p.frames)-1]
	if f.blocks > 0 && !f.tight {
		p.line("")
	}
	f.blocks++
}

// enter opens a container whose lines begin with first, then with rest, two
// strings of the same width. It reports false, and the container goes without
// them, where that would leave too little room.
func (p *page) enter(first, rest string, tight bool) bool {
	fits := p.room()-Width(rest) >= narrowest
	if !fits {
		first, rest = "", ""
	}
	p.frames = append(p.frames, frame{first: first, rest: rest, tight: tight})
	return fits
}

// leave closes the container. One that wrote no line has one now, so that its
// bar or bullet is seen.
func (p *page) leave() {
	if f := p.frames[len(p.frames)-1]; !f.used && f.first != "" {
		p.line("")
	}
	p.frames = p.frames[:len(p.frames)-1]
}

// line writes one line behind the prefixes of all frames.
func (p *page) line(s string) {
	var b strings.Builder
	for i := range p.frames {
		f := &p.frames[i]
		if f.used {
			b.WriteString(f.rest)
		} else {
			b.WriteString(f.first)
			f.used = true
		}
	}
	b.WriteString(s)
	if s == "" { // nor is there anything after a bar
		p.write(strings.TrimRight(b.String(), " "))
	} else {
		p.write(b.String())
	}
}

// write writes one line.
func (p *page) write(line string) {
	if p.err != nil {
		return
	}
	_, p.err = io.WriteString(p.w, line+"\n")
}

// styled is s in a style.
func (p *page) styled(st style, s string) string {
	if !p.color || st == "" || s == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + reset
}
