package markdown

import "github.com/yuin/goldmark/ast"

// KindCallout and KindFigure are the node kinds that this package adds to
// goldmark's; a renderer needs a function for each.
var (
	KindCallout = ast.NewNodeKind("Callout")
	KindFigure  = ast.NewNodeKind("Figure")
)

// Callout is a quote with a purpose. Its children are blocks.
type Callout struct {
	ast.BaseBlock
	Name  string // "INTERVIEW", "MYTH", "NOTE" or "TRY"
	Title string // the same in words, for people: "Interview", "Try it"
}

// Kind implements ast.Node.
func (*Callout) Kind() ast.NodeKind { return KindCallout }

// Dump implements ast.Node.
func (c *Callout) Dump(src []byte, level int) {
	ast.DumpHelper(c, src, level, map[string]string{"Name": c.Name}, nil)
}

// Figure is a drawing in text. Its lines are shown as they are, in a fixed
// pitch; it has no children.
type Figure struct {
	ast.BaseBlock
	Alt  string    // what it shows, in words; may be empty
	Info *ast.Text // the fence's info string
}

// Kind implements ast.Node.
func (*Figure) Kind() ast.NodeKind { return KindFigure }

// IsRaw implements ast.Node: the lines hold no inline Markdown.
func (*Figure) IsRaw() bool { return true }

// Dump implements ast.Node.
func (f *Figure) Dump(src []byte, level int) {
	ast.DumpHelper(f, src, level, map[string]string{"Alt": f.Alt}, nil)
}
