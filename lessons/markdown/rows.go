package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// rows is the extension that keeps what GFM drops: cells of a row beyond the
// columns of its header. They stay, bars included, as text of the last cell,
// where the author sees them.
type rows struct{}

// Extend implements goldmark.Extender.
func (rows) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(rows{}, 300)))
}

// Transform implements parser.ASTTransformer.
func (rows) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	src := r.Source()
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		row, ok := n.(*extension.TableRow)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		last := row.LastChild()
		if last == nil || last.Lines().Len() == 0 { // a cell that goldmark filled in
			return ast.WalkSkipChildren, nil
		}
		start := last.Lines().At(0).Stop
		end := len(src)
		if n := bytes.IndexByte(src[start:], '\n'); n >= 0 {
			end = start + n
		}
		excess := text.NewSegment(start, end)
		excess = excess.TrimLeftSpace(src)
		excess = excess.TrimRightSpace(src)
		if len(bytes.Trim(excess.Value(src), "| \t")) > 0 {
			last.AppendChild(last, ast.NewRawTextSegment(excess))
		}
		return ast.WalkSkipChildren, nil
	})
}
