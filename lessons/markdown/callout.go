package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// callouts is the extension that turns a quote whose first line is a marker,
// such as [!MYTH], into a Callout. The marker stands alone in its line and
// its case does not matter. A quote with any other marker stays a quote, and
// shows its marker, so that a misspelt one is seen.
type callouts struct{}

// Extend implements goldmark.Extender.
func (callouts) Extend(m goldmark.Markdown) {
	const beforeQuotes = 799 // goldmark's quote parser has 800
	m.Parser().AddOptions(parser.WithBlockParsers(
		util.Prioritized(calloutParser{parser.NewBlockquoteParser()}, beforeQuotes),
	))
}

// calloutName is what the marker in line names, in capitals, or "" where the
// line is no marker.
func calloutName(line []byte) string {
	const indented = 4 // spaces make it code
	marker := bytes.TrimLeft(line, " ")
	if len(line)-len(marker) >= indented {
		return ""
	}
	marker, opened := bytes.CutPrefix(bytes.TrimRight(marker, " \t\r\n"), []byte("[!"))
	name, closed := bytes.CutSuffix(marker, []byte("]"))
	if !opened || !closed {
		return ""
	}
	return strings.ToUpper(string(name))
}

// calloutTitle is the title of a callout in words, "" for an unknown name.
func calloutTitle(name string) string {
	switch name {
	case "INTERVIEW":
		return "Interview"
	case "MYTH":
		return "Myth"
	case "NOTE":
		return "Note"
	case "TRY":
		return "Try it"
	}
	return ""
}

// calloutParser is the quote parser, except that the node it opens is a
// Callout where the first line asks for one.
type calloutParser struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (p calloutParser) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := p.BlockParser.Open(parent, r, pc)
	if node == nil {
		return nil, state
	}
	line, _ := r.PeekLine()
	name := calloutName(line)
	title := calloutTitle(name)
	if title == "" {
		return node, state
	}
	r.Advance(len(bytes.TrimRight(line, "\n"))) // the newline stays, as after a lone ">"
	return &Callout{Name: name, Title: title}, state
}
