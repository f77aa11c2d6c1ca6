package term

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// modes are the ways to look at a page, by the name in the golden file's name.
var modes = map[string]Options{
	"text":  {},
	"plain": {Plain: true},
	"dark":  {Color: true},
	"light": {Color: true, Light: true},
}

func render(t testing.TB, src []byte, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, src, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// fixtures are the pages in testdata, by name.
func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages in testdata: %v", err)
	}
	pages := map[string][]byte{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pages[strings.TrimSuffix(filepath.Base(file), ".md")] = src
	}
	return pages
}

func TestPagesLookAsTheyDid(t *testing.T) {
	for name, src := range fixtures(t) {
		for _, look := range []struct {
			width int
			mode  string
		}{{40, "text"}, {80, "text"}, {60, "plain"}, {80, "dark"}, {120, "light"}} {
			file := fmt.Sprintf("testdata/%s.%d.%s.golden", name, look.width, look.mode)
			t.Run(filepath.Base(file), func(t *testing.T) {
				o := modes[look.mode]
				o.Width = look.width
				got := render(t, src, o)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatalf("%v; run go test -update to write it, then look at it", err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("page differs (-want +got); if it should, run go test -update:\n%s", diff)
				}
			})
		}
	}
}

func TestEveryGoldenFileHasItsPage(t *testing.T) {
	pages := fixtures(t)
	files, _ := filepath.Glob("testdata/*.golden")
	for _, file := range files {
		name, _, _ := strings.Cut(filepath.Base(file), ".")
		if pages[name] == nil {
			t.Errorf("%s is of no page; remove it", file)
		}
	}
}
