package markdown

import (
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// figures is the extension that turns a fence of the language "figure" into a
// Figure.
type figures struct{}

// Extend implements goldmark.Extender.
func (figures) Extend(m goldmark.Markdown) {
	const afterFences = 200 // the attributes must be there
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(figures{}, afterFences)))
}

// Transform implements parser.ASTTransformer.
func (figures) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	var found []*ast.FencedCodeBlock // replaced after the walk, which must not lose its place
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*ast.FencedCodeBlock); ok && entering {
			if lang, _ := splitInfo(f.Info, r.Source()); lang == "figure" {
				found = append(found, f)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, f := range found {
		alt, _ := Attribute(f, "alt")
		figure := &Figure{Alt: alt, Info: f.Info}
		figure.SetLines(f.Lines())
		figure.SetPos(f.Pos())
		figure.SetBlankPreviousLines(f.HasBlankPreviousLines())
		f.Parent().ReplaceChild(f.Parent(), f, figure)
	}
}
