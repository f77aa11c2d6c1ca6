package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Text is what a reader reads of a node and its children, without any
// styling: escapes and entities resolved, a line end as one space, an image as
// its alternative text. Blocks within n follow each other with a space.
func Text(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			if n.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(Literal(n, src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.RawHTML:
			b.Write(n.Segments.Value(src))
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock, *Figure:
			b.WriteString(BlockText(n, src))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// Literal is the text that one text node stands for: as written in code,
// otherwise with escapes and entities resolved.
func Literal(n *ast.Text, src []byte) string {
	value := n.Segment.Value(src)
	if n.IsRaw() {
		return strings.ReplaceAll(strings.ReplaceAll(string(value), "\r\n", " "), "\n", " ")
	}
	return Unescape(value)
}

// Unescape resolves backslash escapes and character references in one pass,
// so that "\&amp;" is "&amp;".
func Unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case s[i] == '&':
			reference, value := characterReference(s[i:])
			b.WriteString(value)
			i += len(reference) - 1
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// characterReference splits "&amp;..." into the reference at the front of s,
// which starts with '&', and its value; a lone '&' stands for itself.
func characterReference(s []byte) (reference []byte, value string) {
	end := 1
	for end < len(s) && (s[end] == '#' || util.IsAlphaNumeric(s[end])) {
		end++
	}
	if end == len(s) || s[end] != ';' {
		return s[:1], "&"
	}
	reference = s[:end+1]
	resolved := util.ResolveEntityNames(util.ResolveNumericReferences(reference))
	if bytes.Equal(resolved, reference) {
		return s[:1], "&"
	}
	return reference, string(resolved)
}
