package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
)

// outline is the tree as one node a line, indented by depth, with what our
// extensions put into it.
func outline(src string) string {
	var b strings.Builder
	depth := 0
	_ = ast.Walk(Parse([]byte(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", depth), n.Kind())
		switch n := n.(type) {
		case *Callout:
			fmt.Fprintf(&b, " %s %q", n.Name, n.Title)
		case *Figure:
			fmt.Fprintf(&b, " %q %q", n.Alt, BlockText(n, []byte(src)))
		case *ast.FencedCodeBlock:
			for _, name := range []string{"run", "show", "of"} {
				if value, ok := Attribute(n, name); ok {
					fmt.Fprintf(&b, " %s=%q", name, value)
				}
			}
		case *ast.Text:
			fmt.Fprintf(&b, " %q", Literal(n, []byte(src)))
		}
		b.WriteByte('\n')
		depth++
		return ast.WalkContinue, nil
	})
	return b.String()
}

func TestTree(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"a callout is a container", "> [!INTERVIEW]\n> text\n>\n> - item\n", `
Document
 Callout INTERVIEW "Interview"
  Paragraph
   Text "text"
  List
   ListItem
    TextBlock
     Text "item"
`},
		{"case and spaces of a marker do not matter", ">   [!mYth]  \r\n> text\r\n", `
Document
 Callout MYTH "Myth"
  Paragraph
   Text "text"
`},
		{"a callout may be empty", "> [!TRY]", `
Document
 Callout TRY "Try it"
`},
		{"a callout ends a paragraph and sits in a list", "- text\n  > [!NOTE]\n  > more\n", `
Document
 List
  ListItem
   TextBlock
    Text "text"
   Callout NOTE "Note"
    Paragraph
     Text "more"
`},
		{"an unknown marker stays in a quote", "> [!WARNING]\n> text\n", `
Document
 Blockquote
  Paragraph
   Text "["
   Text "!WARNING"
   Text "]"
   Text "text"
`},
		{"a marker alone in its line is one", "> [!NOTE] text\n", `
Document
 Blockquote
  Paragraph
   Text "["
   Text "!NOTE"
   Text "] text"
`},
		{"a fence has attributes", "```go run=four.go show=four\nx\n```\n", `
Document
 FencedCodeBlock run="four.go" show="four"
`},
		{"a figure has words", "```figure alt=\"two lanes\"\n██\n  ██\n```\n", `
Document
 Figure "two lanes" "██\n  ██\n"
`},
		{"a figure in a quote", "> ~~~figure\n> ██\n> ~~~\n", `
Document
 Blockquote
  Figure "" "██\n"
`},
		{"strikethrough is off, tables and tasks are on", "~~a~~\n\n| a |\n|---|\n| b |\n\n- [x] c\n", `
Document
 Paragraph
  Text "~~a~~"
 Table
  TableHeader
   TableCell
    Text "a"
  TableRow
   TableCell
    Text "b"
 List
  ListItem
   TextBlock
    TaskCheckBox
    Text "c"
`},
		{"cells beyond the header are kept", "| a |\n|---|\n| b | c | d |\n| e |\n|f|g|\n", `
Document
 Table
  TableHeader
   TableCell
    Text "a"
  TableRow
   TableCell
    Text "b"
    Text "| c | d |"
  TableRow
   TableCell
    Text "e"
  TableRow
   TableCell
    Text "f"
    Text "|g|"
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), outline(test.src)); diff != "" {
				t.Errorf("tree of %q (-want +got):\n%s", test.src, diff)
			}
		})
	}
}

func TestInlineMarkdownStartsNoBlock(t *testing.T) {
	for _, src := range []string{
		"1. first", "- item", "# heading", "> quote", "    code", "| a |\n|---|", "---", "```go", "[x] y",
		"[a]: b", "", "  \n ",
	} {
		tree, line := ParseInline([]byte(src))
		want := strings.Join(strings.Fields(src), " ")
		if got := Text(tree, line); got != want {
			t.Errorf("ParseInline(%q) reads %q, want %q", src, got, want)
		}
	}
	tree, line := ParseInline([]byte("`a` and *b*"))
	if got := Text(tree, line); got != "a and b" {
		t.Errorf("inline Markdown is not parsed: %q", got)
	}
}

func TestTextIsWhatAReaderReads(t *testing.T) {
	for _, test := range []struct{ src, want string }{
		{"**a** *b* `c d`", "a b c d"},
		{`\*a\* &amp; &#65;&#x42; \&amp; &nope; &`, "*a* & AB &amp; &nope; &"},
		{"a &\\&amp;", "a &&amp;"},
		{"`&amp; \\* \n x`", "&amp; \\*  x"},
		{"[text](url) ![alt *text*](u) <https://go.dev>", "text alt text https://go.dev"},
		{"soft\nbreak  \nhard", "soft break hard"},
		{"one\n\ntwo", "one two"},
		{"a <b>c</b>", "a <b>c</b>"},
		{"    code", "code"},
	} {
		if got := Text(Parse([]byte(test.src)), []byte(test.src)); got != test.want {
			t.Errorf("Text(%q) = %q, want %q", test.src, got, test.want)
		}
	}
}

// FuzzParse holds that any bytes are a page, that parsing leaves them and what
// lies behind them alone, and that its answer depends on nothing else.
func FuzzParse(f *testing.F) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		const guard = "guard"
		buffer := []byte(src + guard)
		page := buffer[:len(src)]
		first := Fences(page)
		Text(Parse(page), page)
		Text(ParseInline(page))
		if string(buffer) != src+guard {
			t.Fatalf("parsing changed the bytes of the caller: %q", buffer)
		}
		if diff := cmp.Diff(first, Fences(page)); diff != "" {
			t.Fatalf("parsed twice, differs:\n%s", diff)
		}
		lines := strings.Split(src, "\n")
		last := 0
		for _, fence := range first {
			if fence.Line <= last || fence.Line > len(lines)+1 {
				t.Fatalf("a fence in line %d of %d, after one in %d", fence.Line, len(lines), last)
			}
			last = fence.Line
			// Its first line is there, apart from the marks and the indent of what it is in.
			text, _, _ := strings.Cut(fence.Text, "\n")
			if fence.Text != "" && !strings.HasSuffix(strings.TrimRight(lines[fence.Line-1], "\r"), strings.TrimLeft(strings.TrimRight(text, "\r"), " ")) {
				t.Fatalf("line %d is %q, not %q", fence.Line, lines[fence.Line-1], text)
			}
		}
	})
}

// seeds are one document for each construct and for each mistake once made.
var seeds = []string{
	"", "\n", "# h\n\ntext *em* **strong** `code`\n", "> [!NOTE]\n> a\n", ">[!MYTH]", "> > [!TRY]\n> > a\n",
	"```go run=a.go\nx\n```\n", "```", "```go", "~~~figure alt=\"a\n\n", "- ```\n  a\n  ```\n",
	"> ```\n> a\n", "\t```\n\ta", "1.\t```x\n\ta\n", "```\r\na\r\n```\r\n",
	"| a | b |\n|---|:-:|\n| c | d | e |\n| `\\|` |\n", "[a]: b\n[a]", "&#0; &#x1b; &amp;\\&",
	"<div>\n```\n", "<!--\na\n-->", "- [x] a\n- [ ]\n", "\xff\x00\x1b", "![*a*](b \"c\")",
}
