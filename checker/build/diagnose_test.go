package build

import (
	"strings"
	"testing"

	"gokata/checker/evidence"
)

func TestLocatedReadsWhatTheGoCommandPrints(t *testing.T) {
	type place struct {
		file      string
		line, col int
		msg       string
		ok        bool
	}
	for text, want := range map[string]place{
		"solution/a.go:3:7: undefined: x":              {"solution/a.go", 3, 7, "undefined: x", true},
		"./solution/a.go:3:7: undefined: x":            {"./solution/a.go", 3, 7, "undefined: x", true},
		"vet: solution/a.go:3:7: undefined: x":         {"solution/a.go", 3, 7, "undefined: x", true},
		`solution\a.go:3:7: undefined: x`:              {"solution/a.go", 3, 7, "undefined: x", true},
		`C:\t\solution\a.go:3:7: undefined: x`:         {"C:/t/solution/a.go", 3, 7, "undefined: x", true},
		"solution/a.go:3: a message: with colons":      {"solution/a.go", 3, 0, "a message: with colons", true},
		"solution/a.go:3:7: have (int): want ()":       {"solution/a.go", 3, 7, "have (int): want ()", true},
		"solution/a.go:3:0: x":                         {"solution/a.go", 3, 0, "0: x", true},
		"solution/a.go:3:":                             {"solution/a.go", 3, 0, "", true},
		"# check/solution":                             {},
		"# check/a.go:3:7: x":                          {},
		"\thave (int)":                                 {},
		"solution/a.go":                                {},
		"solution/a.go:x:7: y":                         {},
		"solution/a.go:0:7: y":                         {},
		"solution/a.go:-3:7: y":                        {},
		"solution/a.go:3":                              {},
		"solution/a.go:99999999999999999999999:1: big": {},
		"":                    {},
		"too many errors":     {},
		"signal: killed":      {},
		"go: cannot find GO*": {},
	} {
		var got place
		got.file, got.line, got.col, got.msg, got.ok = located(text)
		if got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestDiagnose(t *testing.T) {
	part := Part{
		Solution: source("package tiny\n\nfunc Double(n int64) int { return x }\n"),
		Starter:  map[string][]byte{"tiny.go": []byte("package tiny\n\n// Double doubles.\nfunc Double(n int) int { return 0 }\n"), "tiny_test.go": []byte("package tiny\n\nfunc Helper() {}\n")},
	}
	hidden := "# check/hidden\nhidden/hidden.go:20:30: cannot use n (variable of type int) as int64 value\n"
	for _, c := range []struct {
		text string
		part Part
		want []evidence.Finding
	}{
		{"", part, nil},
		{"# check/solution\nsolution/tiny.go:3:35: undefined: x\n", part, []evidence.Finding{
			{Position: evidence.Position{File: "tiny.go", Line: 3, Column: 35}, Message: "undefined: x", Source: "func Double(n int64) int { return x }"}}},
		{"solution/tiny.go:3:35: undefined: x\r\nsolution/tiny.go:99:1: beyond the end\n" + hidden, part, []evidence.Finding{
			{Position: evidence.Position{File: "tiny.go", Line: 3, Column: 35}, Message: "undefined: x", Source: "func Double(n int64) int { return x }"},
			{Position: evidence.Position{File: "tiny.go", Line: 99, Column: 1}, Message: "beyond the end"}}},
		{hidden, part, []evidence.Finding{
			{Position: evidence.Position{File: "tiny.go", Line: 3, Column: 6}, Source: "func Double(n int64) int { return x }",
				Message: "wrong signature: have func Double(int64) int, this kata asks for func Double(int) int"}}},
		{hidden, Part{Solution: source("package tiny\n"), Starter: part.Starter}, []evidence.Finding{
			{Message: "Double is missing; this kata asks for: func Double(int) int"}}},
		{hidden, Part{Solution: part.Starter, Starter: part.Starter}, []evidence.Finding{
			{Message: "the kata's tests do not compile against this solution: cannot use n (variable of type int) as int64 value"}}},
		{hidden, Part{Solution: part.Solution}, []evidence.Finding{
			{Message: "the kata's tests do not compile against this solution: cannot use n (variable of type int) as int64 value"}}},
		{"go: some trouble of our own\n", part, nil},
		{"probe/serve.go:1:1: trouble of our own\n", part, nil},
		{"check/solution: /go/pkg/tool/compile: fork/exec: cannot allocate memory\n", part, []evidence.Finding{
			{Message: "the compiler ran out of memory: make the code simpler (huge arrays, deeply nested types)"}}},
		{"check/solution: /go/pkg/tool/compile: signal: killed\n", part, []evidence.Finding{
			{Message: "the compiler took too much time or memory: make the code simpler (huge arrays, deeply nested types)"}}},
		{"# check/solution\nSIGSEGV: segmentation violation\nPC=0x43cefd m=3 sigcode=1 addr=0x0\n\ngoroutine 0 gp=0x7e [idle]:\nruntime.(*spanQueue).tryDrain(0x1)\n\truntime/mgcmark_greenteagc.go:520 +0x5d\n", part, []evidence.Finding{
			{Message: "the compiler crashed at this code, most often for want of memory: make the code simpler (huge arrays, deeply nested types)"}}},
		{"# check/probe\nSIGSEGV: segmentation violation\n", part, nil},
		{"# check/solution\nopen $WORK/b002/_pkg_.a: no space left on device\n", part, nil},
		{"/go/pkg/tool/link: writing output: file too large\n", part, []evidence.Finding{
			{Message: "the program grew too large: make the code simpler (huge arrays, deeply nested types)"}}},
	} {
		got := diagnose(c.text, c.part)
		if len(got) != len(c.want) {
			t.Errorf("%q:\n%+v, want\n%+v", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q:\n%+v, want\n%+v", c.text, got[i], c.want[i])
			}
		}
	}
}

func TestASignatureIsWhatItsNamesDoNotChange(t *testing.T) {
	const want = "package tiny\ntype Graph [][]int\ntype T struct{ a int }\nfunc (t *T) Add(a, b int, f func(x int) (err error)) (sum int)\nfunc Map[K comparable](m map[K][]string) <-chan K\nfunc lower()\n"
	for src, missing := range map[string]string{
		want: "",
		"package tiny\ntype Graph [][]int\ntype T struct{ b string }\nfunc (x *T) Add(c int, d int, g func(int) error) int {}\nfunc Map[K comparable](by map[K][]string) <-chan K { return nil }\n":      "",
		"package tiny\ntype Graph = [][]int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) <-chan K\nfunc More() {}":                           "",
		"package tiny\ntype Graph []int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) <-chan K":                                               "Graph",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) <-chan K":                                              "T) Add",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) (int, error)) int\nfunc Map[K comparable](map[K][]string) <-chan K":                                      "Add",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) chan K":                                               "Map",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) (<-chan K, error)":                                    "Map",
		"package tiny\ntype Graph [][]int\nfunc Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) <-chan K":                                                                     "T",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x *T) Add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string, ...int) <-chan K":                                     "Map",
		"package tiny\ntype Graph [][]int\ntype T struct{}\nfunc (x *T) add(int, int, func(int) error) int\nfunc Map[K comparable](map[K][]string) <-chan K\nfunc (x *T) Sub(int, int, func(int) error)": "T.Add",
	} {
		found := mismatches(Part{Starter: source(want), Solution: source(src)})
		if (len(found) > 0) != (missing != "") || missing != "" && !strings.Contains(found[0].Message, missing) {
			t.Errorf("%s\n%+v; want %q", src, found, missing)
		}
	}
}

func FuzzDiagnose(f *testing.F) {
	f.Add("solution/tiny.go:3:7: undefined: x\n", "package tiny\nfunc Double(n int64) int { return 0 }\n")
	f.Add("vet: solution/tiny.go:-3:-7: undefined: x\r\nsolution/other.go:9999999:1:\n", "package tiny")
	f.Add("hidden/h.go:1:1: x\n", "package tiny\ntype T func(a, b int) (c func(d int))\nfunc (T) M(_ ...int) {}\nfunc (a.b) N()\n")
	f.Add("hidden/h.go:1: x", "package tiny\nfunc F[A any, B ~[]A](x A, y B) (z func(B) A)\ntype X[T any] interface{ M(T) }\n")
	f.Fuzz(func(t *testing.T, text, src string) {
		for line := range strings.Lines(text) {
			if file, n, col, _, ok := located(line); ok && (file == "" || n < 1 || col < 0) || !ok && (file != "" || n != 0 || col != 0) {
				t.Errorf("%q: %q, %d, %d, %v", line, file, n, col, ok)
			}
		}
		starter := source("package tiny\n\nfunc Double(n int) int { return 0 }\n")
		for _, f := range diagnose(text, Part{Solution: source(src), Starter: starter}) {
			if f.Message == "" && f.File == "" || f.File != "" && f.Line < 1 || strings.Contains(f.Source, "\n") {
				t.Errorf("%+v", f)
			}
		}
		if found := mismatches(Part{Solution: source(src), Starter: source(src)}); len(found) > 0 {
			t.Errorf("it differs from itself: %+v", found)
		}
	})
}
