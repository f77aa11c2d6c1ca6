package katas

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/spec"
)

// reasons are those of the contract that a wrong solution can be given: the
// machine's own ("noisy-machine", ...) and "ok" are not among them.
var reasons = []string{
	"build", "vet", "forbidden", "wrong-answer", "panic", "deadlock", "timeout",
	"race", "leak", "serial", "serialised", "imbalanced", "contended", "overhead",
	"spinning", "slow-baseline", "not-overlapping", "unbounded", "underused", "tampered",
}

// signatures are those of the contract, letter for letter.
var signatures = map[string][]string{
	"cpu-vs-wall":   {"func Measure(f func()) (wall, cpu time.Duration)"},
	"overlap-waits": {"func FetchAll(urls []string, fetch func(url string) string) []string"},
	"parallel-sum":  {"func Sum(xs []float64, kernel func(float64) float64) float64"},
	"letter-frequency": {
		"func ConcurrentFrequency(texts []string) FreqMap",
		"func Frequency(text string) FreqMap",
		"type FreqMap map[rune]int",
	},
	"stay-responsive":   {"func Run(work func(yield func()), beat func(), every time.Duration)"},
	"thread-census":     {"func ReadAll(fds []int) [][]byte"},
	"print-in-turn":     {"func Turn(workers, n int, emit func(worker, v int))"},
	"mini-scheduler":    {"func Simulate(p int, tasks []Task) Trace"},
	"procs-from-cgroup": {"func Default(ncpu, affinity int, cpuMax string) int"},
	"respect-limits":    {"func ForEachCPU(n int, body func(i int))"},
	"speedup-report":    {"func Speedup(run func(procs int) time.Duration, procs []int) Report"},
	"uneven-rows":       {"func Mandelbrot(width, height, maxIter int) []byte"},
	"merge-sort":        {"func Sort(xs []int)"},
	"scan-by-depth":     {"func Scan[T any](xs []T, op func(T, T) T) []T"},
	"histogram":         {"func Histogram(data []byte) [256]int"},
	"first-match":       {"func First(xs []int, pred func(int) bool) int"},
	"life-barrier":      {"func Step(grid []byte, width, height, generations int) []byte"},
	"bfs-queries":       {"func ConcurrentBFSQueries(graph map[int][]int, queries []int, numWorkers int) map[int][]int"},
}

// each runs a test for every kata of the catalogue.
func each(t *testing.T, test func(t *testing.T, k *Kata)) {
	for _, slug := range Slugs() {
		t.Run(slug, func(t *testing.T) {
			k, err := Load(slug)
			if err != nil {
				t.Fatal(err)
			}
			test(t, k)
		})
	}
}

// variants lists the folders of a kata that hold a solution: starter,
// reference, and all wrong ones.
func variants(k *Kata) []Variant {
	vs := []Variant{Starter, Solution}
	for _, w := range k.Wrong {
		vs = append(vs, WrongVariant(w.Name))
	}
	return vs
}

func mustFiles(t *testing.T, k *Kata, v Variant) map[string][]byte {
	t.Helper()
	f, err := k.Files(v)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEveryKataHasAllItsFolders(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		source := k.Spec.Package + ".go"
		want := map[Variant][]string{
			Starter:  {source, k.Spec.Package + "_test.go"},
			Solution: {source},
		}
		for _, w := range k.Wrong {
			want[WrongVariant(w.Name)] = []string{source}
		}
		got := make(map[Variant][]string)
		err := fs.WalkDir(k.fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if v := Variant(path.Dir(name)); v != Hidden {
				got[v] = append(got[v], path.Base(name))
			} else if path.Ext(name) != ".go" {
				t.Errorf("%s: only Go files belong here", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("files in testdata (-want +got), wrong solutions as the front matter names them:\n%s", diff)
		}
		if len(mustFiles(t, k, Hidden)) == 0 {
			t.Error("testdata/hidden is empty")
		}
	})
}

// The embed drops without a word a folder that holds a go.mod, and files whose
// names begin with a dot or an underscore: so compare with what is on disk.
func TestEverythingOnDiskIsEmbedded(t *testing.T) {
	for _, slug := range Slugs() {
		err := fs.WalkDir(os.DirFS("."), slug, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if _, err := fs.Stat(files, name); err != nil {
				t.Errorf("%s is on disk and not in the binary: no go.mod, no name with . or _ in front, nothing beside kata.md and testdata", name)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestEveryWrongSolutionFailsForAReasonOfTheContract(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		for _, w := range k.Wrong {
			for reason := range strings.SplitSeq(w.Reason, "|") {
				if !slices.Contains(reasons, reason) {
					t.Errorf("%s: reason %q is none of %v", w.Name, reason, reasons)
				}
			}
		}
	})
}

func TestEveryFileIsFormattedAndInItsPackage(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		for _, v := range append(variants(k), Hidden) {
			want := k.Spec.Package
			if v == Hidden {
				want = "hidden"
			}
			for name, src := range mustFiles(t, k, v) {
				f, err := parser.ParseFile(token.NewFileSet(), string(v)+"/"+name, src, parser.ParseComments)
				if err != nil {
					t.Error(err)
					continue
				}
				if f.Name.Name != want {
					t.Errorf("%s/%s: package %s, want %s", v, name, f.Name.Name, want)
				}
				if f.Doc == nil && !strings.HasSuffix(name, "_test.go") {
					t.Errorf("%s/%s: no package comment", v, name)
				}
				if neat, err := format.Source(src); err != nil || !bytes.Equal(neat, src) {
					t.Errorf("%s/%s: not as gofmt writes it", v, name)
				}
			}
		}
	})
}

func TestEveryWrongSolutionSaysWhatIsWrong(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		for _, w := range k.Wrong {
			src := mustFiles(t, k, WrongVariant(w.Name))[k.Spec.Package+".go"]
			if want := "// Package " + k.Spec.Package + " is wrong: "; !strings.HasPrefix(string(src), want) {
				t.Errorf("%s does not begin with %q", w.Name, want)
			}
		}
	})
}

func TestEveryVariantHasTheSignaturesOfTheContract(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		want := exported(t, mustFiles(t, k, Solution))
		for _, signature := range signatures[k.Spec.Kata] {
			if !slices.Contains(want, signature) {
				t.Errorf("the solution does not have %s", signature)
			}
		}
		for _, v := range variants(k) {
			if diff := cmp.Diff(want, exported(t, mustFiles(t, k, v))); diff != "" {
				t.Errorf("%s: exported names (-want +got):\n%s", v, diff)
			}
		}
	})
}

// exported lists the exported functions, methods and types, without their
// bodies and comments, sorted.
func exported(t *testing.T, files map[string][]byte) []string {
	t.Helper()
	var out []string
	for name, src := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.FileExports(f)
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil && !ast.IsExported(receiver(d)) {
					continue
				}
				d.Body = nil
			case *ast.GenDecl:
				if d.Tok != token.TYPE {
					continue
				}
			}
			var b strings.Builder
			if err := printer.Fprint(&b, fset, d); err != nil {
				t.Fatal(err)
			}
			out = append(out, strings.Join(strings.Fields(b.String()), " ")) // comments leave gaps
		}
	}
	slices.Sort(out)
	return out
}

// receiver is the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	for {
		switch u := t.(type) {
		case *ast.StarExpr:
			t = u.X
		case *ast.IndexExpr:
			t = u.X
		case *ast.IndexListExpr:
			t = u.X
		case *ast.Ident:
			return u.Name
		default:
			return ""
		}
	}
}

func TestEveryHiddenFolderExportsASuite(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		want := []string{"func Suite() probe.Suite"}
		if diff := cmp.Diff(want, exported(t, mustFiles(t, k, Hidden))); diff != "" {
			t.Errorf("exported names of hidden (-want +got):\n%s", diff)
		}
	})
}

func TestEveryBriefSaysWhatIsMeasuredAndWhyItIsAsked(t *testing.T) {
	each(t, func(t *testing.T, k *Kata) {
		if len(k.Hints) != 3 {
			t.Errorf("%d hints, want 3", len(k.Hints))
		}
		if !bytes.Contains(k.Brief, []byte("**Measured**")) {
			t.Error("the brief does not say what is **Measured**")
		}
		if !bytes.Contains(k.Brief, []byte("Interviewers ")) {
			t.Error("the brief does not say why interviewers ask this")
		}
		if k.Spec.Kind == spec.Parallel && k.Spec.Limits.Speedup < 0.5 {
			t.Errorf("a share of %v of the attainable speed-up asks for nothing", k.Spec.Limits.Speedup)
		}
	})
}

func TestAnUnknownSlugIsErrUnknown(t *testing.T) {
	for _, slug := range []string{"", ".", "..", "nope", "../katas", "parallel-sum/testdata", "/etc"} {
		if _, err := Load(slug); !errors.Is(err, ErrUnknown) {
			t.Errorf("Load(%q): %v, want ErrUnknown", slug, err)
		}
	}
}

func TestFilesOfAnUnknownVariantIsAnErrorThatNamesIt(t *testing.T) {
	k, err := Load("parallel-sum")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Files(WrongVariant("nope")); err == nil || !strings.Contains(err.Error(), "parallel-sum has no variant wrong/nope") {
		t.Errorf("got %v", err)
	}
}
