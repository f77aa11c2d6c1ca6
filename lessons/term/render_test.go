package term

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gokata/lessons/markdown"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// visible is what a page must show, written a second time and as simply as can
// be: the text of the tree, in order. It fails for a node that it does not know.
func visible(t *testing.T, src []byte, width int) string {
	t.Helper()
	var b strings.Builder
	put := func(text string) { b.WriteString(strings.ToValidUTF8(text, "\uFFFD")) }
	_ = ast.Walk(markdown.Parse(src), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && !entering {
			url := markdown.Unescape(link.Destination)
			if bareURL(url) != bareURL(markdown.Text(n, src)) {
				put(url)
			}
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			put(markdown.Literal(n, src))
		case *ast.AutoLink:
			put(string(n.Label(src)))
		case *ast.RawHTML:
			put(string(n.Segments.Value(src)))
		case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
			put(markdown.BlockText(n, src))
		case *markdown.Figure: // FuzzRender gives it no words
			put(markdown.BlockText(n, src))
		case *markdown.Callout:
			put(strings.ToUpper(n.Title))
		case *ast.ListItem:
			list := n.Parent().(*ast.List)
			if list.IsOrdered() {
				number := list.Start
				for c := n.PreviousSibling(); c != nil; c = c.PreviousSibling() {
					number++
				}
				put(strconv.Itoa(number))
			}
		case *extension.TaskCheckBox:
			if n.IsChecked {
				put("x")
			}
		case *ast.Document, *ast.Heading, *ast.Paragraph, *ast.TextBlock, *ast.Blockquote, *ast.List, *ast.ThematicBreak,
			*ast.LinkReferenceDefinition, *ast.CodeSpan, *ast.Emphasis, *ast.Link, *ast.Image,
			*extension.Table, *extension.TableHeader, *extension.TableRow, *extension.TableCell:
		default:
			t.Fatalf("a node of the kind %s", n.Kind())
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// FuzzRender holds for any bytes as a page: everything visible is shown, in
// order and once; no line is wider than the screen; no control character gets
// through, and without colour no escape; the same page looks the same twice;
// and colour changes nothing but styles and the signs that stand for them.
func FuzzRender(f *testing.F) {
	for _, src := range fixtures(f) {
		f.Add(string(src), 60)
	}
	for _, src := range []string{
		"", ">", "> > > > > > > > > > > > > > > > > > > > > deep", "1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. deep", "-\n-",
		"99999999. a\n1. b", "| a\u0301 | 並 |\n|-|-|\n| \u2e3b | |", "\u0301\ufe0f ❤\ufe0f", "`\ta\t`", "[](\t)", "# \n#\n",
		"- [x]\n1. [x] a", "```\n\r\n```", "&#9;&#10;&#13;", "    \ufe0f\n\t\t並", "<!-- a", "[a](b\\*&amp;)", "**a\\\nb**",
		"| a | b |\n|--:|:-:|\n| 1 |\n| 1 | 2 | 3 |", "* * *\n\n- - a", "```go\n`\n```", "```figure\n\ta\n```",
	} {
		f.Add(src, 40)
	}
	f.Fuzz(func(t *testing.T, src string, width int) {
		width -= MinWidth
		width = MinWidth + max(width, -(width+1))%(MaxWidth-MinWidth+1)
		src = strings.ReplaceAll(src, "alt=", "") // whether words stand for a figure, figure tests say
		page := []byte(src)
		o := Options{Width: width}
		got := render(t, page, o)
		if again := render(t, page, o); got != again {
			t.Fatalf("%q looks different twice:\n%s", src, cmp.Diff(got, again))
		}
		checkControls(t, src, got, false)
		checkWidth(t, got, width)
		o.Plain = true
		checkWidth(t, render(t, page, o), width)
		o = Options{Width: width, Color: true}
		colored := render(t, page, o)
		checkControls(t, src, colored, true)
		checkWidth(t, colored, width)

		want, shown := alphanumeric(visible(t, page, width)), alphanumeric(got)
		plain, _ := splitEscapes(colored)
		if a, b := strings.ToUpper(shown), strings.ToUpper(alphanumeric(plain)); a != b && !hasTable(page) {
			t.Fatalf("colour changes the text of %q:\n%s", src, cmp.Diff(a, b))
		}
		if hasTable(page) { // whose columns stand side by side, or repeat their names
			shown = lettersMissing(want, shown)
			want = ""
		}
		if shown != want {
			t.Fatalf("%q at %d columns (-want +got):\n%s\nis shown as\n%s", src, width, cmp.Diff(want, shown), got)
		}
	})
}

func hasTable(src []byte) bool {
	found := false
	_ = ast.Walk(markdown.Parse(src), func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		found = found || n.Kind() == extension.KindTable
		return ast.WalkContinue, nil
	})
	return found
}

// lettersMissing is those letters of want that got has too few of.
func lettersMissing(want, got string) string {
	have := map[rune]int{}
	for _, r := range got {
		have[r]++
	}
	var missing []rune
	for _, r := range want {
		if have[r]--; have[r] < 0 {
			missing = append(missing, r)
		}
	}
	return string(missing)
}

func TestWithoutColorThereIsNoEscapeByte(t *testing.T) {
	for name, src := range fixtures(t) {
		for width := MinWidth; width <= MaxWidth; width++ {
			for _, plain := range []bool{false, true} {
				got := render(t, src, Options{Width: width, Plain: plain})
				if strings.ContainsRune(got, '\x1b') {
					t.Errorf("%s at %d columns, plain %v: an escape in %q", name, width, plain, got)
				}
			}
		}
	}
}

func TestPlainModeDrawsNothingOfItsOwn(t *testing.T) {
	for name, src := range fixtures(t) {
		for _, r := range render(t, src, Options{Width: 60, Plain: true}) {
			if r > 0x7f && !bytes.ContainsRune(src, r) && r != '©' && r != '\u0301' { // the two written as entities
				t.Errorf("%s: %q is not in the source", name, r)
			}
		}
	}
}

func TestWidthIsClamped(t *testing.T) {
	src := []byte(strings.Repeat("word ", 100))
	for _, test := range []struct{ asked, like int }{{-1, 40}, {0, 40}, {39, 40}, {121, 120}, {1 << 40, 120}} {
		if diff := cmp.Diff(render(t, src, Options{Width: test.like}), render(t, src, Options{Width: test.asked})); diff != "" {
			t.Errorf("%d columns are not like %d:\n%s", test.asked, test.like, diff)
		}
	}
}

func TestEveryLineClosesItsStyles(t *testing.T) {
	for name, src := range fixtures(t) {
		for width := MinWidth; width <= MaxWidth; width++ {
			for line := range strings.Lines(render(t, src, Options{Width: width, Color: true})) {
				_, marks := splitEscapes(line)
				if len(marks) > 0 && !isReset(marks[len(marks)-1].sequence) {
					t.Errorf("%s at %d columns: %q", name, width, line)
				}
			}
		}
	}
}

func TestFiguresAreWholeOrInWords(t *testing.T) {
	figure := func(columns int, alt string) []byte {
		return fmt.Appendf(nil, "```figure alt=%q\n%s\n```\n", alt, strings.Repeat("█", columns))
	}
	for _, test := range []struct {
		name string
		src  []byte
		o    Options
		want string
	}{
		{"fits to the last column", figure(36, "a bar"), Options{}, "    " + strings.Repeat("█", 36) + "\n"},
		{"one column too wide", figure(37, "a bar"), Options{}, " Figure: a bar (needs 41 columns; this\n screen has 40)\n"},
		{"without words it is cut", figure(37, ""), Options{}, "    " + strings.Repeat("█", 36) + "\n    ↪ █\n"},
		{"with its words in plain mode", figure(3, "a bar"), Options{Plain: true}, "    ███\n Figure: a bar\n"},
		{"what is around it takes room", append([]byte("> "), bytes.ReplaceAll(figure(35, "a bar"), []byte("\n"), []byte("\n> "))...),
			Options{}, " │ Figure: a bar (needs 41 columns; this\n │ screen has 40)\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, render(t, test.src, test.o)); diff != "" {
				t.Errorf("figure (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLongCodeMakesTheLineAgain(t *testing.T) {
	line := "x := f(" + strings.Repeat("argument,  ", 30) + ")"
	src := []byte("```go\n" + line + "\n```\n")
	for width := MinWidth; width <= MaxWidth; width++ {
		got := strings.TrimSuffix(render(t, src, Options{Width: width}), "\n")
		got = strings.TrimPrefix(strings.ReplaceAll(got, "\n    ↪ ", ""), "    ")
		if got != line {
			t.Errorf("at %d columns: %q", width, got)
		}
		got = strings.TrimSuffix(render(t, src, Options{Width: width, Plain: true}), "\n")
		got = strings.TrimPrefix(strings.ReplaceAll(got, "\\\n    ", ""), "    ")
		if got != line {
			t.Errorf("at %d columns, plain: %q", width, got)
		}
	}
}

func TestGoIsColoredAndNothingElse(t *testing.T) {
	p := newPage(nil, nil, Options{Color: true})
	for _, test := range []struct{ src, want string }{
		{"go f()", "{35 go} f()"},
		{"x := \"a\" + 'b' + `c\nd`", "x := {32 \"a\"} + {32 'b'} + {32 `c\nd`}"},
		{"1 + 0x1p-2 + 3i // end", "{33 1} + {33 0x1p-2} + {33 3i} {2 // end}"},
		{"/* a\nb */ return\n", "{2 /* a\nb */} {35 return}\n"},
		{"…\nif x { … }", "…\n{35 if} x { … }"},
		{"go \"no end", "go \"no end"},
		{"go /* no end", "go /* no end"},
		{"goto_ := map1", "goto_ := map1"},
		{"", ""},
	} {
		want := test.want
		for _, st := range []string{"35", "32", "33", "2"} {
			want = strings.ReplaceAll(want, "{"+st+" ", "\x1b["+st+"m")
		}
		if strings.Contains(want, "\x1b") {
			want = closing(want)
		}
		if got := p.goCode(test.src); got != want {
			t.Errorf("goCode(%q)\n got %q\nwant %q", test.src, got, want)
		}
	}
}

// closing replaces the braces that end a style, each the first after it.
func closing(s string) string {
	parts := strings.Split(s, "\x1b[")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.Replace(parts[i], "}", reset, 1)
	}
	return strings.Join(parts, "\x1b[")
}

func TestInlineIsOneStyledLine(t *testing.T) {
	for _, test := range []struct{ src, text, color string }{
		{"`4 0 1`", "`4 0 1`", "\x1b[36m`4 0 1`\x1b[0m"},
		{"any **order**,\nequally", "any **order**, equally", "any \x1b[1morder\x1b[0m, equally"},
		{"***a** b*", "***a** b*", "\x1b[3m\x1b[1ma\x1b[0m\x1b[3m b\x1b[0m"},
		{"1. first", "1. first", "1. first"},
		{"# a", "# a", "# a"},
		{"hard  \nbreak", "hard break", "hard break"},
		{"", "", ""},
	} {
		if got := Inline(test.src, Options{}); got != test.text {
			t.Errorf("Inline(%q) = %q, want %q", test.src, got, test.text)
		}
		if got := Inline(test.src, Options{Color: true}); got != test.color {
			t.Errorf("with colour, Inline(%q) = %q, want %q", test.src, got, test.color)
		}
	}
}

// full is a writer that has room for some bytes.
type full struct{ room int }

var errFull = errors.New("full")

func (f *full) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestRenderReportsTheWritersError(t *testing.T) {
	long := []byte(strings.Repeat("a paragraph\n\n", 5000))
	for _, room := range []int{0, 10_000} {
		if err := Render(&full{room}, long, Options{}); !errors.Is(err, errFull) {
			t.Errorf("with room for %d bytes, Render returns %v", room, err)
		}
	}
}

func TestPagesRenderAtTheSameTime(t *testing.T) {
	pages := fixtures(t)
	want := render(t, pages["lesson"], Options{Width: 80})
	var wg sync.WaitGroup
	got := make([]string, 8)
	for i := range got {
		wg.Go(func() { got[i] = render(t, pages["lesson"], Options{Width: 80}) })
	}
	wg.Wait()
	if i := slices.IndexFunc(got, func(s string) bool { return s != want }); i >= 0 {
		t.Errorf("one page differs:\n%s", cmp.Diff(want, got[i]))
	}
}
