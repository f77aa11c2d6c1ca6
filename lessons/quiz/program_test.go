package quiz

import (
	goparser "go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestCompleteImportsWhatAFragmentNames(t *testing.T) {
	tests := []struct {
		name, src string
		imports   []string
	}{
		{"nothing", "func main() {}", nil},
		{"each once, sorted", "func main() { time.Sleep(1); fmt.Print(); fmt.Print() }", []string{"fmt", "time"}},
		{"other paths", "var n atomic.Int64; var r = rand.IntN; var b = bits.Len; var k = signal.Notify", []string{"math/bits", "math/rand/v2", "os/signal", "sync/atomic"}},
		{"no names in strings and comments", "// fmt.Println\nvar s = \"time.Now\" + `os.Exit`", nil},
		{"no fields", "var x = a.time.b + f().sync.c", nil},
		{"no variables", "func main() { list := f(); list.Push(1); fmt.Print(list) }", []string{"fmt"}},
		{"keys are not variables", "var x = T{time: time.Second}", []string{"time"}},
		{"no packages of others", "var g errgroup.Group", nil},
		{"own imports stay", "import \"fmt\"\nimport (\n\t\"os\"\n)\nfunc main() { fmt.Print(os.Args, time.Now()) }", []string{"time"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, header := Complete(test.src)
			if !strings.HasSuffix(got, test.src) || strings.Count(got, "\n") != strings.Count(test.src, "\n")+header {
				t.Errorf("%d lines are said to be put before the fragment:\n%s", header, got)
			}
			file, err := goparser.ParseFile(token.NewFileSet(), "", got, goparser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			var imports []string
			for _, i := range file.Imports {
				if path := strings.Trim(i.Path.Value, `"`); !strings.Contains(test.src, i.Path.Value) {
					imports = append(imports, path)
				}
			}
			if strings.Join(imports, " ") != strings.Join(test.imports, " ") {
				t.Errorf("imports %q, want %q", imports, test.imports)
			}
		})
	}
}

func TestCompleteLeavesWholeProgramsAlone(t *testing.T) {
	for _, src := range []string{"package main\n\nfunc main() {}\n", "// Program x.\n\npackage x\n"} {
		if got, header := Complete(src); got != src || header != 0 {
			t.Errorf("%q became %q with %d lines before", src, got, header)
		}
	}
}
