package build

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/scanner"
	"go/token"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// MaxSource is how much Go source a solution may have, all files together, and
// MaxFiles how many files: each costs the compiler more than its bytes.
const (
	MaxSource = 1 << 20
	MaxFiles  = 100
)

// common is what every solution may import. It is an allow-list, because the
// protocol and the trace live in the learner's process: what could reach them
// (os, net, unsafe, reflect, syscall, runtime/...) is not on it.
var common = []string{
	"bufio", "bytes", "cmp", "container/heap", "container/list",
	"container/ring", "context", "encoding/binary", "errors", "fmt", "hash/fnv",
	"hash/maphash", "io", "iter", "maps", "math", "math/bits", "math/cmplx",
	"math/rand", "math/rand/v2", "regexp", "slices", "sort", "strconv",
	"strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf16",
	"unicode/utf8", "runtime.GOMAXPROCS", "runtime.Gosched",
	"runtime.KeepAlive", "runtime.LockOSThread", "runtime.NumCPU",
	"runtime.UnlockOSThread",
}

// Common lists what every solution may import, packages and names of packages.
func Common() []string { return slices.Clone(common) }

// why explains the refusals that people meet most.
var why = map[string]string{
	"C":             "cgo hides work from the Go scheduler and the trace",
	"unsafe":        "it can reach into the measuring harness",
	"reflect":       "it can reach into the measuring harness",
	"os":            "the solution runs without files, arguments and exit codes",
	"os/exec":       "work in another process cannot be measured",
	"net":           "the solution runs without a network",
	"net/http":      "the solution runs without a network",
	"runtime/debug": "it changes how the garbage collector and the scheduler are measured",
	"runtime/trace": "the checker records the trace",
	"testing":       "the checker runs the tests",
	"embed":         "it can read the hidden tests",

	"runtime.NumGoroutine": "it tells whether a trace is being recorded",
}

// mostFindings bounds what is said of one file. Nobody reads more, and a
// megabyte of findings would take this process minutes to put together.
const mostFindings = 50

// Refuse reads the solution and returns what forbids building it, in order of
// file and line: syntax comes first (syntax true), then forbidden imports,
// calls and pragmas. Of each file it says so much, and no more. It never runs
// anything.
func Refuse(s spec.Spec, files map[string][]byte) (findings []evidence.Finding, syntax bool) {
	r := refuser{allowed: append(slices.Clone(common), s.Allow...), pkg: s.Package}
	var wrong []evidence.Finding
	if len(files) > MaxFiles {
		return []evidence.Finding{{Message: fmt.Sprintf("%d files, where %d are allowed: put the solution into a few", len(files), MaxFiles)}}, false
	}
	seen := map[string]string{}
	for _, name := range sorted(files) {
		f := r.file(name, files[name])
		if twin, ok := seen[strings.ToLower(name)]; ok {
			f.refuse(token.Position{Line: 1}, fmt.Sprintf("file name differs from %s in case only: rename it", twin))
		}
		seen[strings.ToLower(name)] = name
		if f.err != nil {
			wrong = append(wrong, f.err...)
		}
		findings = append(findings, f.refused...)
	}
	if len(wrong) > 0 {
		return wrong, true
	}
	return findings, false
}

type refuser struct {
	allowed []string
	pkg     string
}

// reading is what one file gave.
type reading struct {
	name    string
	src     []byte
	set     *token.FileSet
	err     []evidence.Finding
	refused []evidence.Finding
}

func (r *refuser) file(name string, src []byte) *reading {
	f := &reading{name: name, src: src, set: token.NewFileSet()}
	if msg := misnamed(name); msg != "" {
		f.refuse(token.Position{Line: 1}, "file name "+msg)
		return f
	}
	if msg := constrained(name); msg != "" {
		f.refuse(token.Position{Line: 1}, msg)
	}
	tree, err := parser.ParseFile(f.set, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if list, ok := err.(scanner.ErrorList); ok {
		for _, e := range list {
			f.err = append(f.err, f.finding(f.stands(e.Pos), "syntax error: "+e.Msg))
		}
		return f
	}
	if got := tree.Name.Name; got != r.pkg {
		f.err = append(f.err, f.finding(f.at(tree.Name.Pos()),
			fmt.Sprintf("package %s: this kata's package is %s", got, r.pkg)))
	}
	f.comments(tree)
	r.imports(f, tree)
	return f
}

// comments refuses directives to the compiler, which all begin in column 1
// with //go:, //line, or stand anywhere as /*line.
func (f *reading) comments(tree *ast.File) {
	for _, group := range tree.Comments {
		for _, c := range group.List {
			pos := f.at(c.Pos())
			word, _, _ := strings.Cut(strings.TrimPrefix(c.Text, "//"), " ")
			switch {
			case constraint.IsGoBuild(c.Text), constraint.IsPlusBuild(c.Text):
				f.refuse(pos, "build constraint: the solution must be the same on every system")
			case word == "go:noinline":
			case strings.HasPrefix(c.Text, "//go:"), strings.HasPrefix(c.Text, "//export "):
				f.refuse(pos, "//"+word+": directives to the compiler are not allowed")
			case strings.HasPrefix(c.Text, "//line "), strings.HasPrefix(c.Text, "/*line "):
				f.refuse(pos, "line directive: messages must name the line where the code stands")
			}
		}
	}
}

// imports refuses packages off the list, and names of a package of which only
// some names are on it.
func (r *refuser) imports(f *reading, tree *ast.File) {
	partial := map[string]string{} // local name -> import path
	for _, spec := range tree.Imports {
		ipath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the compiler will say so
		}
		pos := f.at(spec.Pos())
		whole := slices.Contains(r.allowed, ipath)
		some := slices.ContainsFunc(r.allowed, func(a string) bool { return strings.HasPrefix(a, ipath+".") })
		switch {
		case whole:
		case !some:
			f.refuse(pos, "import "+strconv.Quote(ipath)+" is not allowed here"+because(ipath))
		case spec.Name != nil && spec.Name.Name == ".":
			f.refuse(pos, "import . "+strconv.Quote(ipath)+": only some of its names are allowed; import it by its name")
		case spec.Name != nil:
			partial[spec.Name.Name] = ipath
		default:
			partial[path.Base(ipath)] = ipath
		}
	}
	reads := reading0(tree)
	ast.Inspect(tree, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok {
			return true
		}
		ipath, ok := partial[id.Name]
		if !ok {
			return true
		}
		name := ipath + "." + sel.Sel.Name
		switch {
		case !slices.Contains(r.allowed, name):
			f.refuse(f.at(sel.Pos()), name+" is not allowed here"+r.besides(ipath, name))
		case name == "runtime.GOMAXPROCS" && !reads[sel]:
			f.refuse(f.at(sel.Pos()), "runtime.GOMAXPROCS may be read, not set: call runtime.GOMAXPROCS(0); the checker sets it")
		}
		return true
	})
}

// reading0 collects the function names of calls with the one argument 0.
func reading0(tree *ast.File) map[ast.Expr]bool {
	reads := map[ast.Expr]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 {
			arg := call.Args[0]
			if neg, ok := arg.(*ast.UnaryExpr); ok && neg.Op == token.SUB {
				arg = neg.X
				if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.INT {
					reads[call.Fun] = true
				}
			}
			if lit, ok := arg.(*ast.BasicLit); ok && lit.Value == "0" {
				reads[call.Fun] = true
			}
		}
		return true
	})
	return reads
}

// because is the reason for refusing a package, where there is more to say
// than that it is off the list.
func because(ipath string) string {
	if w := why[ipath]; w != "" {
		return ": " + w
	}
	if first, _, _ := strings.Cut(ipath, "/"); strings.Contains(first, ".") {
		return ": only the standard library is there"
	}
	return ""
}

// besides is the reason for refusing a name of a package of which some names
// are allowed: these.
func (r *refuser) besides(ipath, name string) string {
	if w := why[name]; w != "" {
		return ": " + w
	}
	var names []string
	for _, a := range r.allowed {
		if name, ok := strings.CutPrefix(a, ipath+"."); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return ": of package " + ipath + " only these names are: " + strings.Join(names, ", ")
}

// misnamed says why the go command, or the module that we write, cannot take a
// file of that name.
func misnamed(name string) string {
	first, _ := utf8.DecodeRuneInString(name)
	switch {
	case !strings.HasSuffix(name, ".go"):
		return "does not end in .go: remove the file"
	case !unicode.IsLetter(first) && !unicode.IsDigit(first):
		return "does not begin with a letter or a digit: rename it"
	case strings.ContainsAny(name, `/\:`) || strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name):
		return "has characters that not every system takes: rename it"
	}
	return ""
}

// constrained says how the name of a file restricts it to some systems: by its
// last word, or the last but one where the last is an architecture.
func constrained(name string) string {
	base, _, _ := strings.Cut(name, ".")
	words := strings.Split(base, "_")
	if last := words[len(words)-1]; len(words) > 1 && slices.Contains(systems(), last) {
		return fmt.Sprintf("file name ends in _%s, which builds it on some systems only: rename it", last)
	}
	return ""
}

// systems are the words in file names that the go command reads as build
// constraints (src/internal/syslist).
func systems() []string {
	return strings.Fields(`aix android darwin dragonfly freebsd hurd illumos ios
	js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
	386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le
	mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`)
}

// stands is where in the file as it stands a syntax error is, whatever line
// directives say.
func (f *reading) stands(p token.Position) token.Position {
	before := f.src[:min(max(p.Offset, 0), len(f.src))]
	return token.Position{Line: 1 + bytes.Count(before, []byte("\n")), Column: p.Offset - bytes.LastIndexByte(before, '\n')}
}

// at is a position in the file as it stands, whatever line directives say.
func (f *reading) at(p token.Pos) token.Position { return f.set.PositionFor(p, false) }

func (f *reading) refuse(pos token.Position, msg string) {
	if len(f.refused) == mostFindings {
		return
	}
	f.refused = append(f.refused, f.finding(pos, msg))
}

func (f *reading) finding(pos token.Position, msg string) evidence.Finding {
	return evidence.Finding{
		Position: evidence.Position{File: f.name, Line: max(pos.Line, 1), Column: pos.Column},
		Message:  msg,
		Source:   Line(f.src, pos.Line),
	}
}

// Line is line n of src, counting from 1, without its end; empty if there is none.
func Line(src []byte, n int) string {
	for ; n > 1; n-- {
		_, rest, ok := bytes.Cut(src, []byte("\n"))
		if !ok {
			return ""
		}
		src = rest
	}
	line, _, _ := bytes.Cut(src, []byte("\n"))
	return strings.TrimRight(string(line), "\r")
}

// sorted lists the keys of m in order.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
