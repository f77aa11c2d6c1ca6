package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Fence is one fenced block as its author wrote it, figures included.
type Fence struct {
	Lang  string            // first word of the info string: "go", "output"; may be empty
	Attrs map[string]string // the others, see Attributes; never nil
	Text  string            // lines ended by "\n", without the indent of the fence
	Line  int               // number of the first line of Text in the page, from 1
}

// Fences lists every fenced block of a page, in order, those within lists and
// quotes too.
func Fences(src []byte) []Fence {
	var out []Fence
	at, line := 0, 1 // the line that holds src[at]
	_ = ast.Walk(Parse(src), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		var info *ast.Text
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			info = n.Info
		case *Figure:
			info = n.Info
		default:
			return ast.WalkContinue, nil
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		start := min(n.Pos(), len(src))
		line += bytes.Count(src[at:start], []byte("\n"))
		at = start
		lang, rest := splitInfo(info, src)
		out = append(out, Fence{
			Lang: lang, Attrs: Attributes(rest),
			Text: BlockText(n, src), Line: line + 1,
		})
		return ast.WalkContinue, nil
	})
	return out
}

// BlockText is the text of a block whose lines are shown as they are: code,
// figures, HTML. Line ends are "\n" also where the source has "\r\n".
func BlockText(n ast.Node, src []byte) string {
	// goldmark appends a missing last newline in place: without the clip it
	// would write behind src, into whatever the caller has there.
	src = slices.Clip(src)
	text := n.Lines().Value(src)
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		text = append(bytes.Clone(text), h.ClosureLine.Value(src)...)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

// Attributes reads "key=value key key="a value"", as written after the
// language of a fence, into a map: a key without a value has "". Within double
// quotes a backslash keeps the character that follows it. Of a repeated key
// the last counts. Nothing is an error: what has no "=" is a key.
func Attributes(s string) map[string]string {
	attrs := map[string]string{}
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" {
			return attrs
		}
		end := strings.IndexAny(s, "= \t")
		if end < 0 {
			end = len(s)
		}
		key := s[:end]
		s = s[end:]
		value := ""
		if strings.HasPrefix(s, "=") {
			value, s = attributeValue(s[1:])
		}
		if key != "" {
			attrs[key] = value
		}
	}
}

// attributeValue cuts one value, quoted or not, off the front of s.
func attributeValue(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, " \t")
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), "" // the closing quote is missing: the value goes to the end
}

func splitInfo(info *ast.Text, src []byte) (lang, rest string) {
	if info == nil {
		return "", ""
	}
	s := strings.TrimSpace(string(info.Segment.Value(src)))
	if end := strings.IndexAny(s, " \t"); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

// fences is the extension that stores the attributes of each fence as
// attributes of its node.
type fences struct{}

// Extend implements goldmark.Extender.
func (fences) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(parser.WithASTTransformers(util.Prioritized(fences{}, 100)))
}

// Transform implements parser.ASTTransformer.
func (fences) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*ast.FencedCodeBlock); ok && entering {
			_, rest := splitInfo(f.Info, r.Source())
			for key, value := range Attributes(rest) {
				f.SetAttributeString(key, []byte(value))
			}
		}
		return ast.WalkContinue, nil
	})
}

// Attribute is the value of an attribute of a node, and whether it has it.
func Attribute(n ast.Node, name string) (string, bool) {
	v, ok := n.AttributeString(name)
	if !ok {
		return "", false
	}
	b, ok := v.([]byte)
	return string(b), ok
}
