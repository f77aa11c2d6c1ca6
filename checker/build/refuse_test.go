package build

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gokata/checker/spec"
)

// tiny is the spec of the kata that these tests are about.
func tiny(allow ...string) spec.Spec {
	return spec.Spec{Kata: "tiny", Package: "tiny", Kind: spec.Parallel, Compare: spec.Equal, Allow: allow}
}

// source makes the one file of a solution.
func source(text string) map[string][]byte { return map[string][]byte{"tiny.go": []byte(text)} }

func TestForbiddenImportsAreRefusedWithLineAndReason(t *testing.T) {
	for ipath, reason := range map[string]string{
		"C":                   "cgo hides work",
		"unsafe":              "reach into the measuring harness",
		"reflect":             "reach into the measuring harness",
		"os":                  "without files, arguments and exit codes",
		"os/exec":             "another process",
		"os/signal":           "",
		"net":                 "without a network",
		"net/http":            "without a network",
		"runtime/debug":       "garbage collector",
		"runtime/trace":       "the checker records the trace",
		"runtime/pprof":       "",
		"runtime/cgo":         "",
		"runtime/metrics":     "",
		"testing":             "the checker runs the tests",
		"testing/synctest":    "",
		"embed":               "the hidden tests",
		"plugin":              "",
		"syscall":             "",
		"log":                 "",
		"flag":                "",
		"io/fs":               "",
		"io/ioutil":           "",
		"path/filepath":       "",
		"go/parser":           "",
		"internal/abi":        "",
		"sync/errgroup":       "",
		"timex":               "",
		"check/hidden":        "",
		"check/probe":         "",
		"./hidden":            "only the standard library",
		"golang.org/x/sync":   "only the standard library",
		"github.com/a/b":      "only the standard library",
		"example.com/runtime": "only the standard library",
	} {
		for _, name := range []string{"", "_ ", ". ", "other "} {
			src := "package tiny\n\nimport (\n\t\"sync\"\n\t" + name + `"` + ipath + "\"\n)\n"
			found, syntax := Refuse(tiny(), source(src))
			if syntax || len(found) != 1 {
				t.Errorf("import %s%q: %v", name, ipath, found)
				continue
			}
			f := found[0]
			if f.File != "tiny.go" || f.Line != 5 || f.Column != 2 || f.Source != "\t"+name+`"`+ipath+`"` {
				t.Errorf("import %s%q: at %s:%d:%d, %q", name, ipath, f.File, f.Line, f.Column, f.Source)
			}
			if !strings.Contains(f.Message, fmt.Sprintf("import %q is not allowed here", ipath)) || !strings.Contains(f.Message, reason) {
				t.Errorf("import %s%q: %q should name %q", name, ipath, f.Message, reason)
			}
		}
	}
}

func TestWhatAKataNeedsIsAllowed(t *testing.T) {
	for _, ipath := range []string{
		"bytes", "cmp", "container/heap", "context", "errors", "fmt", "io", "iter", "maps", "math", "math/bits",
		"math/rand/v2", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf8",
	} {
		for _, name := range []string{"", "_ ", ". ", "other "} {
			if found, syntax := Refuse(tiny(), source("package tiny\n\nimport "+name+`"`+ipath+"\"\n")); len(found) > 0 || syntax {
				t.Errorf("import %s%q: %v", name, ipath, found)
			}
		}
	}
}

// said is what a case of the table below must be told: a piece of the message
// at a line; an empty piece: nothing.
type told struct {
	line  int
	piece string
}

func TestNamesOfAPackageAreAllowedOneByOne(t *testing.T) {
	for _, c := range []struct {
		name  string
		allow []string
		src   string // after "package tiny", from line 2
		want  []told
	}{
		{"one name of syscall", []string{"syscall.Getrusage"}, "import \"syscall\"\nvar _ = syscall.Getrusage\n", nil},
		{"another name", []string{"syscall.Getrusage"}, "import \"syscall\"\nvar _ = syscall.Kill\nvar _ = syscall.Getrusage", []told{{3, "syscall.Kill is not allowed here"}}},
		{"a longer name", []string{"syscall.Get"}, "import \"syscall\"\nvar _ = syscall.Getrusage", []told{{3, "syscall.Getrusage is not"}}},
		{"by another name", []string{"syscall.Getrusage"}, "import sys \"syscall\"\nvar _ = sys.Kill\nvar _ = sys.Getrusage", []told{{3, "syscall.Kill is not"}}},
		{"twice, by two names", []string{"syscall.Getrusage"}, "import (\na \"syscall\"\nb \"syscall\"\n)\nvar _ = a.Kill\nvar _ = b.Exec", []told{{6, "syscall.Kill"}, {7, "syscall.Exec"}}},
		{"with a dot", []string{"syscall.Getrusage"}, "import . \"syscall\"\nvar _ = Getrusage", []told{{2, "only some of its names"}}},
		{"for nothing", []string{"syscall.Getrusage"}, "import _ \"syscall\"", nil},
		{"all of a package", []string{"syscall"}, "import . \"syscall\"\nvar _ = Kill", nil},
		{"another package of that beginning", []string{"os.Getpid"}, "import \"os/exec\"\nvar _ = exec.Command", []told{{2, "os/exec"}}},
		{"a method is no name of the package", nil, "import \"runtime\"\ntype r struct{ runtime struct{ GC func() } }\nfunc (x r) f() { x.runtime.GC(); runtime.Gosched() }", nil},

		{"runtime", nil, "import \"runtime\"\nfunc f() { runtime.Gosched(); runtime.KeepAlive(runtime.NumCPU()); runtime.LockOSThread(); runtime.UnlockOSThread() }", nil},
		{"what tells of a trace", nil, "import \"runtime\"\nvar n = runtime.NumGoroutine", []told{{3, "whether a trace is being recorded"}}},
		{"the collector", nil, "import \"runtime\"\nfunc f() {\nruntime.GC()\nruntime.SetFinalizer(nil, nil)\nruntime.Stack(nil, true)\nruntime.Goexit()\n}", []told{{4, "runtime.GC"}, {5, "runtime.SetFinalizer"}, {6, "runtime.Stack"}, {7, "runtime.Goexit"}}},
		{"runtime with a dot", nil, "import . \"runtime\"\nfunc f() { GOMAXPROCS(4) }", []told{{2, "only some of its names"}}},
		{"GOMAXPROCS(0)", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(0)", nil},
		{"GOMAXPROCS(-1)", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(-1)", nil},
		{"GOMAXPROCS(4)", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(4)", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS(+4)", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(+4)", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS(- -4)", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(- -4)", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS(-(-4))", nil, "import \"runtime\"\nvar n = runtime.GOMAXPROCS(-(-4))", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS(n)", nil, "import \"runtime\"\nfunc f(n int) { runtime.GOMAXPROCS(n) }", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS(NumCPU)", nil, "import \"runtime\"\nfunc f() { runtime.GOMAXPROCS(runtime.NumCPU()) }", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS as a value", nil, "import \"runtime\"\nfunc f() { g := runtime.GOMAXPROCS; g(4) }", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS in brackets", nil, "import \"runtime\"\nfunc f() { (runtime.GOMAXPROCS)(4) }", []told{{3, "may be read, not set"}}},
		{"GOMAXPROCS of an alias", nil, "import rt \"runtime\"\nfunc f() { rt.GOMAXPROCS(4); rt.GOMAXPROCS(0) }", []told{{3, "may be read, not set"}}},
		{"go GOMAXPROCS", nil, "import \"runtime\"\nfunc f() { go runtime.GOMAXPROCS(4); defer runtime.GOMAXPROCS(2) }", []told{{3, "not set"}, {3, "not set"}}},
		{"all of runtime", []string{"runtime"}, "import \"runtime\"\nfunc f() { runtime.GC() }", nil},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, tiny(c.allow...), source("package tiny\n"+c.src), false, c.want) })
	}
}

// check holds findings against what they must tell.
func check(t *testing.T, s spec.Spec, files map[string][]byte, syntax bool, want []told) {
	t.Helper()
	found, got := Refuse(s, files)
	if got != (syntax && len(want) > 0) || len(found) != len(want) {
		t.Fatalf("syntax %v, %d findings, want %d: %+v", got, len(found), len(want), found)
	}
	for i, w := range want {
		f := found[i]
		if f.Line != w.line || !strings.Contains(f.Message, w.piece) {
			t.Errorf("line %d: %s\nwant line %d: %s", f.Line, f.Message, w.line, w.piece)
		}
		if src := string(files[f.File]); f.Source != "" && strings.TrimRight(strings.Split(src, "\n")[f.Line-1], "\r") != f.Source {
			t.Errorf("source of line %d: %q", f.Line, f.Source)
		}
	}
}

func TestDirectivesAreRefused(t *testing.T) {
	const directive, constraint, line = "directives to the compiler", "build constraint", "line directive"
	for _, c := range []struct {
		src  string
		want []told
	}{
		{"package tiny\n\n//go:linkname f runtime.f\nfunc f()\n", []told{{3, directive}}},
		{"package tiny\n\n//go:embed x\nvar s string\n", []told{{3, directive}}},
		{"package tiny\n\n//go:nosplit\nfunc f() {}\n", []told{{3, directive}}},
		{"package tiny\n\n//go:norace\nfunc f() {}\n", []told{{3, directive}}},
		{"package tiny\n\n//go:noescape\n//go:generate rm x\n//go:debug x=1\n", []told{{3, directive}, {4, directive}, {5, directive}}},
		{"package tiny\n\n//go:noinline\nfunc f() {}\n", nil},
		{"package tiny\n\n//go:noinline but with words\nfunc f() {}\n", nil},
		{"package tiny\n\nfunc f() {\n\t//go:nosplit\n}\n", []told{{4, directive}}},
		{"//go:build linux\n\npackage tiny\n", []told{{1, constraint}}},
		{"//go:build ignore\n\npackage tiny\n", []told{{1, constraint}}},
		{"// +build linux\n\npackage tiny\n", []told{{1, constraint}}},
		{"//+build linux\n\npackage tiny\n", []told{{1, constraint}}},
		{"//go:build linux\r\n\r\npackage tiny\r\n", []told{{1, constraint}}},
		{"package tiny\n\n//line other.go:1\nfunc f() {}\n", []told{{3, line}}},
		{"package tiny\n\nvar x = /*line other.go:1:1*/ 1\n", []told{{3, line}}},
		{"package tiny\n\n//line :7\n//go:nosplit\nfunc f() {}\n", []told{{3, line}, {4, directive}}},
		{"package tiny\n\n//export f\nfunc f() {}\n", []told{{3, directive}}},
		{"package tiny\n\n// a comment that says go:build, //line x and export f\n// go:nosplit\n//lines are fine\n/* line by line */\nfunc f() {}\n", nil},
		{"package tiny\n\nvar s = `\n//go:linkname a b\n//line x:1\n`\n", nil},
		{"package tiny\n\nimport \"C\"\n", []told{{3, "cgo"}}},
		{"package tiny\n\n// #include <stdio.h>\nimport \"C\"\n", []told{{4, "cgo"}}},
	} {
		t.Run("", func(t *testing.T) { check(t, tiny(), source(c.src), false, c.want) })
	}
}

func TestSoMuchIsSaidAndNoMore(t *testing.T) {
	found, _ := Refuse(tiny(), source("package tiny\n"+strings.Repeat("//go:x\n", 100_000)))
	if len(found) != mostFindings {
		t.Errorf("%d findings, want %d", len(found), mostFindings)
	}
	if loops := Polls(source("package tiny\nfunc f() {\n" + strings.Repeat("for g() {}\n", 50_000) + "}\n")); len(loops) != mostFindings {
		t.Errorf("%d loops, want %d", len(loops), mostFindings)
	}
	files := map[string][]byte{}
	for i := range MaxFiles {
		files[fmt.Sprintf("f%d.go", i)] = []byte("package tiny\n")
	}
	if found, _ := Refuse(tiny(), files); len(found) != 0 {
		t.Errorf("%d files: %v", len(files), found)
	}
	files["one.go"] = []byte("package tiny\n")
	if found, _ := Refuse(tiny(), files); len(found) != 1 || !strings.Contains(found[0].Message, "101 files") {
		t.Errorf("%d files: %v", len(files), found)
	}
}

func TestNamesOfFiles(t *testing.T) {
	const some, bad = "on some systems only", "file name"
	for name, want := range map[string]string{
		"tiny.go": "", "a.go": "", "a_b.go": "", "main.go": "", "probe.go": "", "linux.go": "", "amd64.go": "", "1.go": "", "ä.go": "",
		"a_linux_b.go": "", "linux_a.go": "", "a-b c.go": "", "a.b.go": "",
		"x_windows.go": some, "x_linux.go": some, "x_amd64.go": some, "x_linux_amd64.go": some, "x_any_wasm.go": some, "x_js.go": some,
		"x_plan9.go": some, "x_linux.y.go": some, "_linux.go": bad,
		"go.mod": bad, "go.sum": bad, "x.s": bad, "x.c": bad, "x.go.txt": bad, "x": bad, "": bad,
		"_x.go": bad, ".x.go": bad, "-x.go": bad, ".go": bad, "@x.go": bad,
		"../main.go": bad, "../probe/serve.go": bad, "/etc/x.go": bad, "a/b.go": bad, `a\b.go`: bad, "c:x.go": bad, "a\nb.go": bad, "a\x00.go": bad, "a\xff.go": bad,
	} {
		found, syntax := Refuse(tiny(), map[string][]byte{name: []byte("package tiny\n")})
		if syntax || (len(found) > 0) != (want != "") || want != "" && (len(found) != 1 || found[0].Line != 1 || !strings.Contains(found[0].Message, want)) {
			t.Errorf("%q: %+v, want %q", name, found, want)
		}
		if _, err := module(Part{Solution: map[string][]byte{name: nil}}); (err != nil) != (want == bad) {
			t.Errorf("%q: the module: %v", name, err)
		}
	}
	found, _ := Refuse(tiny(), map[string][]byte{"Sum.go": []byte("package tiny\n"), "sum.go": []byte("package tiny\n")})
	if len(found) != 1 || !strings.Contains(found[0].Message, "in case only") {
		t.Errorf("two files of one name: %+v", found)
	}
}

func TestASyntaxErrorComesFirstWithItsPlace(t *testing.T) {
	for _, c := range []struct {
		src  string
		want []told
	}{
		{"package other\n", []told{{1, "this kata's package is tiny"}}},
		{"package main\n\nfunc main() {}\n", []told{{1, "this kata's package is tiny"}}},
		{"package tiny_test\n", []told{{1, "this kata's package is tiny"}}},
		{"", []told{{1, "syntax error: expected 'package'"}}},
		{"package\n", []told{{2, "syntax error"}}},
		{"package tiny\n\nfunc f( {\n}\n", []told{{3, "syntax error"}, {4, "syntax error"}}},
		{"package tiny\n\nfunc f() {\n", []told{{4, "syntax error"}}},
		{"package tiny\n\nimport \"os\"\n\nfunc f() { x := }\n", []told{{5, "syntax error"}}}, // the import is for later
		{"package tiny\n\n//line other.go:1000\nfunc f() { x := }\n", []told{{4, "syntax error"}}},
		{"package tiny\n\nvar s = \"\n", []told{{3, "syntax error"}}},
		{"package tiny\n\x00\n", []told{{2, "NUL"}, {2, "illegal character"}}},
		{"package tiny\nvar a = '\xff'\n", []told{{2, "UTF-8"}}},
	} {
		t.Run("", func(t *testing.T) { check(t, tiny(), source(c.src), true, c.want) })
	}
	found, syntax := Refuse(tiny(), source("package tiny\n\nfunc f() int {\n\treturn 1 +\n}\n"))
	if !syntax || len(found) != 1 || found[0].Line != 5 || found[0].Column != 1 || found[0].Source != "}" {
		t.Errorf("%+v", found)
	}
	two := map[string][]byte{"b.go": []byte("package x\n"), "a.go": []byte("package tiny\nfunc (\n"), "c.go": []byte("package tiny\nimport \"os\"\n")}
	found, syntax = Refuse(tiny(), two)
	if !syntax || len(found) < 2 || found[0].File != "a.go" || found[len(found)-1].File != "b.go" {
		t.Errorf("of three files: %+v", found)
	}
}

func TestNoFilesAreNoFindings(t *testing.T) {
	if found, syntax := Refuse(tiny(), nil); len(found) > 0 || syntax {
		t.Errorf("%v, %v", found, syntax)
	}
}

func TestLineIsALineOfTheSource(t *testing.T) {
	src := []byte("one\r\ntwo\n\nfour")
	for n, want := range map[int]string{-1: "one", 0: "one", 1: "one", 2: "two", 3: "", 4: "four", 5: "", 1 << 40: ""} {
		if got := Line(src, n); got != want {
			t.Errorf("line %d: %q, want %q", n, got, want)
		}
	}
}

// seeds are the sources of the katas: right and wrong ones.
func seeds(tb testing.TB) [][]byte {
	tb.Helper()
	files, err := filepath.Glob("../../katas/*/testdata/*/*.go")
	if err != nil {
		tb.Fatal(err)
	}
	more, err := filepath.Glob("../../katas/*/testdata/wrong/*/*.go")
	if err != nil {
		tb.Fatal(err)
	}
	var all [][]byte
	for _, file := range append(files, more...) {
		src, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, src)
	}
	if len(all) == 0 {
		tb.Fatal("no sources")
	}
	return all
}

func FuzzRefuse(f *testing.F) {
	for _, src := range seeds(f) {
		f.Add(string(src))
	}
	f.Add("package tiny\n//line :0\nfunc f( {")
	f.Add("package tiny\n//line x.go:99999999\nfunc f( {")
	f.Add("package tiny\nimport . \"runtime\"\nvar _ = runtime.GOMAXPROCS(4)")
	f.Add("package tiny\nfunc f() { for !done.Load() {} }")
	f.Fuzz(func(t *testing.T, src string) {
		files := source(src)
		found, _ := Refuse(tiny(), files)
		found = append(found, Polls(files)...)
		lines := 1 + strings.Count(src, "\n")
		for _, f := range found {
			if f.File != "tiny.go" || f.Line < 1 || f.Line > lines || f.Column < 0 || f.Message == "" || strings.Contains(f.Source, "\n") {
				t.Errorf("%+v in %d lines", f, lines)
			}
		}
		for name, d := range exported(files) {
			if name == "" || d.at.Line < 1 || d.at.Line > lines {
				t.Errorf("declaration %q: %+v", name, d)
			}
		}
		if again, _ := Refuse(tiny(), files); !slices.Equal(again, found[:len(again)]) {
			t.Error("another answer the second time")
		}
	})
}
