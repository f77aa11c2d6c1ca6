package checker

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheSumsOfAWorkspaceArePutBack(t *testing.T) {
	dir := t.TempDir()
	g := goCommand{work: filepath.Join(dir, "go.work")}
	for _, before := range []string{"", "example.com/a v1.0.0 h1:x=\n"} {
		if before != "" {
			if err := os.WriteFile(g.work+".sum", []byte(before), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		restore := g.keepSums()
		if err := os.WriteFile(g.work+".sum", []byte("more\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		restore()
		after, err := os.ReadFile(g.work + ".sum")
		if before == "" && !errors.Is(err, fs.ErrNotExist) || before != "" && string(after) != before {
			t.Errorf("%q became %q, %v", before, after, err)
		}
	}
}

func TestABadPatternSaysWhere(t *testing.T) {
	for pattern, want := range map[string]string{
		"A/b(c":    `in "b(c" at character 3`,
		"A|*":      `in "*" at character 3`,
		`A/[x/]/(`: `in "(" at character 8`,
	} {
		if err := checkPattern(pattern); !errors.Is(err, ErrBench) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", pattern, err, want)
		}
	}
	for _, pattern := range []string{"", ".", "A/b|C", `x\/y`, "[/]", "(a/b)", "size=1e3/x y"} {
		if err := checkPattern(pattern); err != nil {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}

func TestLevelsReachTheCPUs(t *testing.T) {
	for n, want := range map[int][]int{1: {1}, 2: {1, 2}, 3: {1, 2, 3}, 8: {1, 2, 4, 8}, 12: {1, 2, 4, 8, 12}} {
		if got := levels(n); !slices.Equal(got, want) {
			t.Errorf("%d CPUs: %v, want %v", n, got, want)
		}
	}
}

func TestOnlyTheirOwnFilesAreNamed(t *testing.T) {
	p := goPackage{Dir: filepath.FromSlash("/home/me/mod/sub"), Module: &struct{ Path, Dir string }{"example.com/mod", filepath.FromSlash("/home/me/mod")}}
	for file, want := range map[string]string{
		"/home/me/mod/sub/a.go":                  "sub/a.go",
		"/home/me/mod/vendor/example.com/b/b.go": "",
		"example.com/mod/sub/a.go":               "sub/a.go", // -trimpath
		"example.com/module/a.go":                "",
		"/usr/local/go/src/sync/mutex.go":        "",
		"_testmain.go":                           "",
	} {
		got, ok := p.file(file)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}
