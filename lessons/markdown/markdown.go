// Package markdown parses the text of the course into a goldmark tree. It
// renders nothing: lessons/term and lessons/web do that from the same tree.
//
// Data passes one way: bytes, through one parser that is built when first
// needed, to an ast.Node whose positions point into the bytes, which the
// caller keeps.
//
// The language is CommonMark with GFM tables and task lists, and four
// extensions of ours, one file each:
//
//	> [!INTERVIEW]                    callout.go  a Callout around the quote
//	```go run=four.go show=four       fence.go    attributes of a code fence
//	```figure alt="what it shows"     figure.go   a Figure drawn in text
//	| a | row | with more cells |     rows.go     what GFM would drop is kept
package markdown

import (
	"bytes"
	"slices"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Parse returns the tree of a page. Its nodes refer to src, which must not
// change while they are in use. Any bytes are a page: there is no error.
// Several goroutines may parse at once.
func Parse(src []byte) ast.Node {
	return pages().Parse(text.NewReader(slices.Clip(src)))
}

// ParseInline returns the tree of one piece of inline Markdown, such as an
// option of a question, and the source that its nodes refer to: src with line
// ends and the space around it removed. Nothing in src starts a block, so
// "1. first" is text and not a list.
func ParseInline(src []byte) (ast.Node, []byte) {
	line := bytes.Join(bytes.Fields(src), []byte(" "))
	return lines().Parse(text.NewReader(line)), line
}

var pages = sync.OnceValue(func() parser.Parser {
	return goldmark.New(goldmark.WithExtensions(
		extension.Table, extension.TaskList, callouts{}, fences{}, figures{}, rows{},
	)).Parser()
})

var lines = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)
})
