package build

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// command puts an executable script of that name into a folder.
func command(t *testing.T, dir, name, script string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name    string
		script  string // of bin/go; empty: there is none
		version string // in the file VERSION; empty: there is none
		want    string // version found, or a piece of the error
		fails   bool
	}{
		{"none", "", "", "none on PATH", true},
		{"by its tree", "exit 1", "go1.26.3\ntime 2026-01-01\n", "go1.26.3", false},
		{"by asking it", "echo go1.27.1", "", "go1.27.1", false},
		{"with an experiment", "echo go1.26.1 X:nodwarf5", "", "go1.26.1 X:nodwarf5", false},
		{"of no release", "echo devel go1.28-abc", "devel", "devel go1.28-abc", false},
		{"too old by its tree", "exit 1", "go1.25.9\n", "go1.25.9; install Go 1.26 or newer", true},
		{"too old when asked", "echo go1.24", "", "go1.24; install Go 1.26 or newer", true},
		{"a release candidate of the oldest", "echo go1.26rc1", "", "go1.26rc1", false},
		{"that does not run", "echo broken >&2; exit 3", "", "broken", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			bin := filepath.Join(root, "bin")
			if c.script != "" {
				command(t, bin, "go", c.script)
			}
			if c.version != "" {
				if err := os.WriteFile(filepath.Join(root, "VERSION"), []byte(c.version), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Setenv("PATH", bin)
			t.Setenv("CC", "")
			tool, err := Find(t.Context())
			switch {
			case c.fails && (!errors.Is(err, ErrNoGo) || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%+v, %v; want an error with %q", tool, err, c.want)
			case !c.fails && (err != nil || tool.Version != c.want || tool.Path != filepath.Join(bin, "go")):
				t.Errorf("%+v, %v; want %s", tool, err, c.want)
			}
		})
	}
}

func TestTheCCompilerIsTheOneThatIsAskedFor(t *testing.T) {
	if !raceSystem() {
		t.Skip("no race detector on this system, with any compiler")
	}
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	t.Setenv("CC", "")
	if cc, why := compiler(); cc != "" || !strings.Contains(why, "gcc, clang, cc") {
		t.Errorf("without any: %q, %q", cc, why)
	}
	clang := command(t, bin, "clang", "")
	if cc, why := compiler(); cc != clang || why != "" {
		t.Errorf("clang alone: %q, %q", cc, why)
	}
	command(t, bin, "ccache", "")
	for _, cc := range []string{"clang", clang, "ccache gcc -O1"} {
		t.Setenv("CC", cc)
		if got, why := compiler(); got != cc || why != "" {
			t.Errorf("$CC %q: %q, %q", cc, got, why)
		}
	}
	t.Setenv("CC", "zig cc")
	if cc, why := compiler(); cc != "" || !strings.Contains(why, "zig cc") {
		t.Errorf("$CC that is not there: %q, %q", cc, why)
	}
}

func TestTheEnvironmentTellsNothingOfHowGoIsSetUp(t *testing.T) {
	for _, name := range []string{"GOFLAGS", "GOENV", "GOWORK", "GOEXPERIMENT", "GODEBUG", "GOMAXPROCS", "GOGC", "GOOS", "GOTRACEBACK", "GORACE", "LD_PRELOAD", "SECRET"} {
		t.Setenv(name, "x")
	}
	for _, kv := range Environment() {
		name, _, _ := strings.Cut(kv, "=")
		if !slices.Contains([]string{"PATH", "HOME", "TMPDIR", "GOCACHE", "GOROOT", "XDG_CACHE_HOME", "SystemRoot", "USERPROFILE", "LOCALAPPDATA", "TEMP", "TMP"}, name) {
			t.Errorf("%s is passed on", kv)
		}
	}
}
