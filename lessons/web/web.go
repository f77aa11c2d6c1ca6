// Package web renders Markdown as HTML: lessons, briefs and questions in a
// browser, from the tree that lessons/term renders for a terminal.
//
// The HTML is a fragment without a style, a script or an address of its own.
// Nothing of the source is HTML: raw HTML in it is shown as text, and addresses
// that are not those of a page (http, https, mailto or relative) are dropped.
package web

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	gohtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"gokata/lessons/gocode"
	"gokata/lessons/markdown"
)

// Render gives a page as a fragment of HTML.
func Render(src []byte) template.HTML { return render(src, markdown.Parse(src)) }

// Inline gives inline Markdown, such as an option of a question, as HTML that
// may stand in a line.
func Inline(src string) template.HTML {
	tree, line := markdown.ParseInline([]byte(src))
	text := string(render(line, tree))
	text = strings.TrimSuffix(strings.TrimPrefix(text, "<p>"), "</p>\n")
	return template.HTML(text)
}

func render(src []byte, tree ast.Node) template.HTML {
	var b bytes.Buffer
	dropAddresses(tree)
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(ours{}, 100),
		// Pages allow no style attribute.
		util.Prioritized(extension.NewTableHTMLRenderer(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), 500),
		util.Prioritized(extension.NewTaskCheckBoxHTMLRenderer(), 500),
		util.Prioritized(gohtml.NewRenderer(), 1000),
	))
	if err := r.Render(&b, src, tree); err != nil {
		panic(err) // a bytes.Buffer accepts everything
	}
	return template.HTML(b.String())
}

// ours renders what the course has besides CommonMark, and raw HTML as text.
type ours struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (o ours) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(markdown.KindCallout, callout)
	r.Register(markdown.KindFigure, figure)
	r.Register(ast.KindFencedCodeBlock, fence)
	r.Register(tables.KindTable, table)
	r.Register(ast.KindHTMLBlock, rawBlock)
	r.Register(ast.KindRawHTML, rawInline)
	r.Register(ast.KindAutoLink, autoLink)
}

// dropAddresses takes the addresses off links and pictures that lead elsewhere
// than to a page.
func dropAddresses(tree ast.Node) {
	// The walk of a tree has no error but the visitor's own.
	_ = ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = address(n.Destination)
		case *ast.Image:
			n.Destination = address(n.Destination)
		}
		return ast.WalkContinue, nil
	})
}

// address is an address of a page, nil for another.
func address(to []byte) []byte {
	u, err := url.Parse(string(util.UnescapePunctuations(to)))
	if err != nil || !slices.Contains([]string{"", "http", "https", "mailto"}, u.Scheme) {
		return nil
	}
	return to
}

func autoLink(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	a := n.(*ast.AutoLink)
	to := string(a.URL(src))
	if a.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(to), "mailto:") {
		to = "mailto:" + to
	}
	text := html.EscapeString(string(a.Label(src)))
	if address([]byte(to)) == nil {
		fmt.Fprint(w, text)
	} else {
		fmt.Fprintf(w, "<a href=\"%s\">%s</a>", html.EscapeString(string(util.URLEscape([]byte(to), false))), text)
	}
	return ast.WalkContinue, nil
}

func callout(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	c := n.(*markdown.Callout)
	if entering {
		fmt.Fprintf(w, "<aside class=\"callout %s\">\n<p class=\"callout-title\">%s</p>\n", strings.ToLower(c.Name), c.Title)
	} else {
		fmt.Fprint(w, "</aside>\n")
	}
	return ast.WalkContinue, nil
}

// figure is a drawing in text, which a screen reader is told in words.
func figure(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	f := n.(*markdown.Figure)
	fmt.Fprintf(w, "<pre class=\"figure\" role=\"img\" tabindex=\"0\" aria-label=\"%s\">%s</pre>\n",
		html.EscapeString(f.Alt), html.EscapeString(markdown.BlockText(f, src)))
	return ast.WalkSkipChildren, nil
}

func fence(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	f := n.(*ast.FencedCodeBlock)
	lang := string(f.Language(src))
	text := markdown.BlockText(f, src)
	class, label := "code", "Code"
	if lang == "output" {
		class, label = "output", "Output"
		fmt.Fprint(w, "<p class=\"output-title\">prints</p>\n")
	}
	fmt.Fprintf(w, "<pre class=\"%s\" tabindex=\"0\" aria-label=\"%s\"><code>", class, label)
	if lang == "go" {
		for _, s := range gocode.Spans(text) {
			if s.Class == "" {
				fmt.Fprint(w, html.EscapeString(s.Text))
			} else {
				fmt.Fprintf(w, "<span class=\"%s\">%s</span>", s.Class, html.EscapeString(s.Text))
			}
		}
	} else {
		fmt.Fprint(w, html.EscapeString(text))
	}
	fmt.Fprint(w, "</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// table may be wider than a small screen, and is scrolled there.
func table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprint(w, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\">\n<table>\n")
	} else {
		fmt.Fprint(w, "</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

func rawBlock(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprintf(w, "<p>%s</p>\n", html.EscapeString(strings.TrimSpace(markdown.BlockText(n, src))))
	}
	return ast.WalkSkipChildren, nil
}

func rawInline(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := n.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			segment := segments.At(i)
			fmt.Fprint(w, html.EscapeString(string(segment.Value(src))))
		}
	}
	return ast.WalkSkipChildren, nil
}
