package term

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// register notes which kinds of node have a function.
type register map[ast.NodeKind]bool

func (r register) Register(kind ast.NodeKind, _ renderer.NodeRendererFunc) { r[kind] = true }

// TestEveryKindOfNodeIsRendered walks all kinds that exist in the program:
// goldmark numbers them from 1, so a new one tells how many there are.
func TestEveryKindOfNodeIsRendered(t *testing.T) {
	known := register{}
	newPage(nil, nil, Options{}).RegisterFuncs(known)
	last := ast.NewNodeKind("probe of this test")
	if last < 30 {
		t.Fatalf("only %d kinds: are goldmark's extensions linked?", last-1)
	}
	// The parser's own marks, unexported, of which none is left in a finished
	// tree: FuzzRender would meet one.
	marks := map[string]bool{"Delimiter": true, "LinkLabelState": true}
	for kind := ast.NodeKind(1); kind < last; kind++ {
		if !known[kind] && !marks[kind.String()] {
			t.Errorf("nothing renders the kind %s", kind)
		}
	}
}

// TestKindsThatTheCourseDoesNotUseAreShown renders what our parser does not
// make, should it one day.
func TestKindsThatTheCourseDoesNotUseAreShown(t *testing.T) {
	src := []byte("~~struck~~ \"quoted\"[^1]\n\nterm\n: what it is\n\n[^1]: the note\n")
	all := goldmark.New(goldmark.WithExtensions(
		extension.Strikethrough, extension.Typographer, extension.DefinitionList, extension.Footnote))
	var got bytes.Buffer
	walker := renderer.NewRenderer(renderer.WithNodeRenderers(util.Prioritized(newPage(&got, src, Options{}), 0)))
	if err := walker.Render(&got, src, all.Parser().Parse(text.NewReader(src))); err != nil {
		t.Fatal(err)
	}
	const want = " struck “quoted”[1]\n\n term\n\n what it is\n\n the note\n"
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}
