// Package term renders Markdown for a terminal: pages of the course, briefs,
// hints and questions.
//
// Data passes one way. markdown.Parse gives a tree; goldmark walks it and
// calls the function that this package registers for each kind of node. Inline
// nodes write into a pen, which keeps text and styles as one string; when a
// block ends, its text is cut into lines by display width (cells.go, wrap.go)
// and each line goes out behind the prefixes of the quotes and lists around it
// (page.go). Every byte of the source passes clean on its way, so a terminal
// never obeys the source.
//
// Nothing here asks what the terminal is: width, colour and drawing characters
// are the caller's choice, for each call anew.
package term

import (
	"io"
	"strings"

	"gokata/lessons/markdown"

	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// The limits of Options.Width.
const (
	MinWidth = 40
	MaxWidth = 120
)

// Options say what the terminal can show. The zero value is 40 columns of text
// without any escape sequence.
type Options struct {
	Width int  // columns, clamped to MinWidth..MaxWidth
	Color bool // write colours and bold; otherwise not one escape byte
	Light bool // colours for a light background instead of a dark one
	Plain bool // no drawing characters of ours, for screen readers and old consoles
}

// Render writes src to w, block by block. No line is wider than the width. The
// only errors are those of w.
func Render(w io.Writer, src []byte, o Options) error {
	p := newPage(w, src, o)
	walker := renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(p, 0)))
	return walker.Render(w, src, markdown.Parse(src))
}

// Inline returns src, inline Markdown such as an option of a question, as one
// line of styled text of any width. Wrap cuts it.
func Inline(src string, o Options) string {
	tree, line := markdown.ParseInline([]byte(src))
	var out strings.Builder
	p := newPage(&out, line, o)
	p.inlineOnly = true
	walker := renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(p, 0)))
	if err := walker.Render(&out, line, tree); err != nil {
		panic(err) // a strings.Builder accepts everything
	}
	return out.String()
}
