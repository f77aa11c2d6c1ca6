package web

import (
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gokata/content"
)

func TestTheCourseHasItsOwnBlocks(t *testing.T) {
	got := string(Render([]byte("> [!MYTH]\n> *No.*\n\n```go run=a.go\nfor a < b {} // c\n```\n\n```output of=a.go\n1 < 2\n```\n\n```figure alt=\"a \\\"b\\\"\"\n│ <\n```\n\n| a |\n|---|\n| `b` |\n")))
	for _, want := range []string{
		"<aside class=\"callout myth\">\n<p class=\"callout-title\">Myth</p>\n<p><em>No.</em></p>\n</aside>",
		`<span class="keyword">for</span> a &lt; b {} <span class="comment">// c</span>`,
		"<pre class=\"output\" tabindex=\"0\" aria-label=\"Output\"><code>1 &lt; 2\n</code></pre>",
		"aria-label=\"a &#34;b&#34;\">│ &lt;\n</pre>",
		"aria-label=\"Table\">\n<table>\n<thead>", "<td><code>b</code></td>", "</tbody>\n</table>\n</div>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
}

func TestInlineHasNoParagraph(t *testing.T) {
	if got := Inline("1. `a<b`  *c*\nd"); got != "1. <code>a&lt;b</code> <em>c</em> d" {
		t.Error(got)
	}
}

func TestEveryLessonIsWellFormed(t *testing.T) {
	pages, err := fs.Glob(content.FS, "*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, name := range pages {
		src, err := fs.ReadFile(content.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		balanced(t, name, string(Render(src)))
	}
}

// Whatever is written, the browser gets no script, style or event of it.
func FuzzNothingWrittenIsMarkup(f *testing.F) {
	for _, src := range []string{
		"<script>alert(1)</script>", "a <b onclick=x>c</b>", "[x](javascript:alert(1))", "![x](data:text/html,<script>)",
		"<javascript:alert(1)>", "```go\n</code><script>\n```", "```figure alt=\"\\\"><script>\"\n<script>\n```", "<!-- x --> y",
		"[x](ms-msdt:/id)", "<vscode://a>", "<tel:1>", "[x](TEL:1)", "![x](data:image/svg+xml,<svg>)", "[x](&#106;avascript:1)", "[x](java\\script:1)", "<me@example.org>", "[a: b](c:d)",
		"[a](http://b \"c\\\" onload=d\")", "&lt;script&gt;", "|<i>|\n|-|\n|<u>|", "|a|\n|-:|\n|b|", "> [!NOTE]\n> <style>*{}",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		for _, got := range []string{string(Render([]byte(src))), string(Inline(src))} {
			balanced(t, src, got)
		}
	})
}

// balanced requires that a fragment has only tags that this package means, each
// closed, and no address that does anything.
func balanced(t *testing.T, name, fragment string) {
	t.Helper()
	void := map[string]bool{"br": true, "hr": true, "img": true, "input": true}
	known := map[string]bool{
		"p": true, "em": true, "strong": true, "code": true, "pre": true, "span": true, "a": true, "ul": true, "ol": true, "li": true,
		"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "aside": true, "div": true,
		"table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true,
	}
	var open []string
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q: not closed: %v in %s", name, open, fragment)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if !known[tok.Data] && !void[tok.Data] {
				t.Fatalf("%q: <%s> in %s", name, tok.Data, fragment)
			}
			for _, a := range tok.Attr {
				scheme, _, ok := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
				elsewhere := ok && !strings.ContainsAny(scheme, "/?#") && scheme != "http" && scheme != "https" && scheme != "mailto"
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || (a.Key == "href" || a.Key == "src") && elsewhere {
					t.Errorf("%q: %s=%q in %s", name, a.Key, a.Val, fragment)
				}
			}
			if !void[tok.Data] {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				t.Fatalf("%q: </%s> after %v in %s", name, tok.Data, open, fragment)
			}
			open = open[:len(open)-1]
		}
	}
}
