package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// root is the repository, seen from this folder.
const root = "../.."

func TestTopLevelHoldsOnlyTheFixedNames(t *testing.T) {
	fixed := []string{"cmd", "lessons", "katas", "checker", "content", "go.mod", "go.sum", "README.md", "LICENSE"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	built := "gokata" // `go build ./cmd/gokata` leaves it; .gitignore names it
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, ".") && !slices.Contains(fixed, name) && name != built {
			t.Errorf("%s: not one of the fixed names %v", name, fixed)
		}
	}
}

// listed is what `go list -json` says of a package. TestImports holds what its
// tests import, in the package and beside it.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = root
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// under says whether a package is the folder or lies in it.
func under(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}

func underAny(pkg string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return under(pkg, f) })
}

// The direction of imports: packages under a folder may import of this module
// only what is listed. The first entry that matches decides.
var direction = []struct {
	folder string
	may    []string
}{
	{"gokata/content", []string{"gokata/content"}},
	{"gokata/checker/spec", nil},
	{"gokata/checker/evidence", []string{"gokata/checker/spec"}},
	{"gokata/checker/report", []string{"gokata/checker/spec", "gokata/checker/evidence", "gokata/checker/verdict"}},
	{"gokata/checker/meter", []string{"gokata/checker/spec", "gokata/checker/evidence", "gokata/checker/probe", "gokata/checker/proc"}},
	{"gokata/checker/probe", nil},
	// build writes the source of probe into the module that it compiles.
	{"gokata/checker/build", []string{"gokata/checker/spec", "gokata/checker/evidence", "gokata/checker/proc", "gokata/checker/probe"}},
	{"gokata/checker/trace", []string{"gokata/checker/spec", "gokata/checker/evidence", "gokata/checker/proc"}},
	{"gokata/checker/verdict", []string{"gokata/checker/spec", "gokata/checker/evidence"}},
	{"gokata/checker", []string{"gokata/checker"}},
	{"gokata/katas", []string{"gokata/katas", "gokata/checker/spec", "gokata/content/frontmatter"}},
	{"gokata/lessons", []string{"gokata/lessons", "gokata/content"}},
	{"gokata/cmd", []string{"gokata/cmd", "gokata/lessons", "gokata/katas", "gokata/checker", "gokata/content"}},
}

// Modules that one folder alone may import, so that they can be replaced there.
var only = map[string][]string{
	"github.com/AlecAivazis/survey": {"gokata/cmd/internal/prompt"},
	"github.com/yuin/goldmark":      {"gokata/lessons/markdown", "gokata/lessons/term", "gokata/lessons/web"},
}

func TestImportsRunOneWay(t *testing.T) {
	for _, p := range packages(t) {
		rule := slices.IndexFunc(direction, func(d struct {
			folder string
			may    []string
		}) bool {
			return under(p.ImportPath, d.folder)
		})
		if rule < 0 {
			t.Errorf("%s: no rule says what it may import; add one", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if under(imp, "gokata") && !underAny(imp, direction[rule].may) && !under(imp, p.ImportPath) {
				t.Errorf("%s imports %s; it may import %v", p.ImportPath, imp, direction[rule].may)
			}
		}
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			for module, homes := range only {
				if under(imp, module) && !underAny(p.ImportPath, homes) {
					t.Errorf("%s imports %s, which only %v may", p.ImportPath, imp, homes)
				}
			}
		}
	}
}
