package snippet

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gokata/content/frontmatter"
	"gokata/lessons/quiz"
)

// mistakes takes a joined error apart, as "line: message".
func mistakes(t testing.TB, err error) (out []string) {
	t.Helper()
	var fe *frontmatter.Error
	joined, ok := err.(interface{ Unwrap() []error })
	switch {
	case err == nil:
	case ok:
		for _, e := range joined.Unwrap() {
			out = append(out, mistakes(t, e)...)
		}
	case errors.As(err, &fe):
		out = append(out, strings.TrimPrefix(fe.Error(), "content/01-a/01-b.md:"))
	default:
		t.Fatalf("%T %v: want a *frontmatter.Error", err, err)
	}
	return out
}

func lesson(body string) (Set, error) {
	dir := fstest.MapFS{"four.go": {Data: []byte(program)}, "broken.go": {Data: []byte("package")}}
	return Lesson("content/01-a/01-b.md", []byte(body), 11, dir)
}

func fence(info, text string) string { return "```" + info + "\n" + text + "\n```\n" }

func TestLessonExtractsProgramsAndOutputs(t *testing.T) {
	set, err := lesson("Text.\n\n" +
		fence("go run=whole.go", "func main() { fmt.Print(1) }") + // line 13
		fence("output of=whole.go", "1") + // line 16
		fence("go run=four.go show=wait", "func wait() { time.Sleep(1) }") +
		fence("go run=four.go show=four", "…\n\tc()\n}") +
		fence("go", "x := time.Now()") + // line 27
		fence(`go compile=no why="a deadlock"`, "???") +
		fence("text", "…") + fence("figure alt=\"x\"", "x"))
	if err != nil {
		t.Fatal(err)
	}
	want := Set{
		Programs: []Program{
			{Name: "content/01-a/whole.go", File: "content/01-a/01-b.md", Line: 14, Runs: true, Header: 6,
				Source: "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Print(1) }\n"},
			{Name: "content/01-a/four.go", File: "content/01-a/testdata/four.go", Line: 1, Source: program, Runs: true},
			{Name: "content/01-a/01-b.md:28", File: "content/01-a/01-b.md", Line: 28, Header: 7, Loose: true,
				Source: "package fragment\n\nimport (\n\t\"time\"\n)\n\nfunc _() {\nx := time.Now()\n\n}\n"},
		},
		Outputs: []Printed{{"content/01-a/whole.go", "content/01-a/01-b.md", 17, "1\n"}},
	}
	if diff := cmp.Diff(want, set); diff != "" {
		t.Error(diff)
	}
}

func TestEveryMistakeOfAFenceNamesItsLine(t *testing.T) {
	tests := []struct {
		name string
		body string
		want []string
	}{
		{"unknown attribute", fence("go rum=x.go", ""), []string{`11: unknown attribute "rum" of a Go fence: want run, show, compile or why`}},
		{"no file", fence("go run", ""), []string{"11: run=: name a file, such as run=four.go"}},
		{"a path", fence("go run=a/b.go", ""), []string{"11: run=a/b.go: name a file, such as run=four.go"}},
		{"show without run", fence("go show=x", ""), []string{"11: show=x without run: name the program in testdata with run="}},
		{"no reason", fence("go compile=no", ""), []string{`11: a fence that can not compile says compile=no why="the reason", and neither run nor show`}},
		{"compile=yes", fence("go compile=yes why=x", ""), []string{`11: a fence that can not compile says compile=no why="the reason", and neither run nor show`}},
		{"no main", fence("go run=x.go", "func f() {}"), []string{"11: run=x.go has no func main(): write it, or keep the program in testdata and say show="}},
		{"no such program", fence("go run=x.go show=f", "func f() {}"), []string{"11: the program content/01-a/testdata/x.go is missing: write it whole, or leave out show="}},
		{"no such function", fence("go run=four.go show=f", "func f() {}"), []string{"11: content/01-a/testdata/four.go: declares no f"}},
		{"other text", fence("go run=four.go show=four", "func (p pair) four(f func()) {\n\ta()\n\tc()\n…"),
			[]string{"14: this line is not what content/01-a/testdata/four.go has here: copy it from there, or leave lines out with a line …"}},
		{"output of nothing", fence("output of=x.go", "1"), []string{"12: there is no program x.go: name one that a fence ```go run= of this page shows"}},
		{"output without a name", fence("output", "1"), []string{"11: an output says whose it is, such as of=four.go, and nothing else"}},
		{"two programs of a name", fence("go run=x.go", "func main() {}") + fence("go run=x.go", "func main() { }"), []string{"15: two programs are called x.go: rename one of them"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := lesson(test.body)
			if diff := cmp.Diff(test.want, mistakes(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestQuestionExtractsItsProgramAndItsFragments(t *testing.T) {
	questions, err := quiz.Parse("content/01-a/01-b.md", []byte(`## A {#a kind=output level=mid topics=x}
`+"```go run"+`
func main() { fmt.Print(1) }
`+"```"+`
- [x] 1
- [ ] 2

> So.
> Source: x

## B {#b kind=fill level=mid topics=x}
`+"```go"+`
var mu sync.[____]
mu.[____]()
`+"```"+`
- [x] `+"`Mutex` | `RWMutex`"+`
- [x] `+"`Lock`"+`

> So.
> Source: x
`))
	if err != nil {
		t.Fatal(err)
	}
	var set Set
	for _, q := range questions {
		more, err := Question(q)
		if err != nil {
			t.Fatal(err)
		}
		set.Add(more)
	}
	const file = "content/01-a/01-b.md"
	want := []Program{
		{Name: "a", File: file, Line: 3, Header: 6, Runs: true, Source: "package main\n\nimport (\n\t\"fmt\"\n)\n\nfunc main() { fmt.Print(1) }\n"},
		{Name: file + ":13", File: file, Line: 13, Header: 7, Loose: true,
			Source: "package fragment\n\nimport (\n\t\"sync\"\n)\n\nfunc _() {\nvar mu sync.Mutex\nmu.Lock()\n\n}\n"},
	}
	if diff := cmp.Diff(want, set.Programs); diff != "" {
		t.Error(diff)
	}
}

func TestReplaceChangesTheOutputOnly(t *testing.T) {
	page := "x\n\n```output of=a.go\nold 1\nold 2\n```\nold 1\n"
	p := Printed{File: "p.md", Line: 4, Text: "old 1\nold 2\n"}
	got, err := p.Replace([]byte(page), "\nnew\n\n")
	if want := "x\n\n```output of=a.go\nnew\n```\nold 1\n"; string(got) != want || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := (Printed{File: "p.md", Line: 3, Text: "old 1\n"}).Replace([]byte(page), "new"); err == nil {
		t.Error("an output that is not there is replaced")
	}
	if !(Printed{Text: "a\n …\n"}).Elides() || p.Elides() {
		t.Error("Elides does not find the line …")
	}
}
