package katas

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestEveryVariantCompilesAndVets puts all variants of all katas into one
// module, as the checker puts one into its own, and asks the go command.
func TestEveryVariantCompilesAndVets(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds about forty packages")
	}
	goCommand(t, module(t, nil), "vet", "./...")
}

// TestEveryReferencePassesTheVisibleTest runs the test that a learner gets.
func TestEveryReferencePassesTheVisibleTest(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs a test for each kata")
	}
	goCommand(t, module(t, []Variant{Solution}), "test", "./...")
}

func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off", "GOTOOLCHAIN=local")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// module writes a module with the probe, the hidden cases against the
// reference, and the variants (nil: all). The visible test goes with the
// starter and the reference.
func module(t *testing.T, only []Variant) string {
	t.Helper()
	dir := t.TempDir()
	write := func(content []byte, elem ...string) {
		t.Helper()
		name := filepath.Join(append([]string{dir}, elem...)...)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte("module check\n\ngo 1.26\n"), "go.mod")
	sources, err := filepath.Glob(filepath.Join("..", "checker", "probe", "*.go"))
	if err != nil || len(sources) == 0 {
		t.Fatalf("no source of the probe: %v", err)
	}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		write(src, "probe", filepath.Base(name))
	}
	for _, slug := range Slugs() {
		k, err := Load(slug)
		if err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS == "windows" && slices.Contains(k.Spec.Allow, "syscall.Getrusage") {
			t.Logf("%s is not built: its brief sends Windows to WSL", slug)
			continue
		}
		vs := only
		if vs == nil {
			vs = variants(k)
		}
		for _, v := range vs {
			for name, src := range mustFiles(t, k, v) {
				write(src, slug, string(v), name)
			}
		}
		for name, src := range mustFiles(t, k, Starter) {
			if strings.HasSuffix(name, "_test.go") {
				write(src, slug, string(Solution), name)
			}
		}
		for name, src := range mustFiles(t, k, Hidden) {
			src = bytes.ReplaceAll(src, []byte(`"check/solution"`), []byte(`"check/`+slug+`/solution"`))
			write(src, slug, string(Hidden), name)
		}
	}
	return dir
}
