package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gokata/cmd/internal/workspace"
	"gokata/katas"
)

// TestEditorsFindNothingWrong runs the language server that editors use over
// every starter, in a workspace as learners have it.
func TestEditorsFindNothingWrong(t *testing.T) {
	gopls, err := exec.LookPath("gopls")
	if err != nil {
		if os.Getenv("GOKATA_CI") != "" {
			t.Fatal("gopls is not installed, and .ci/run installs it")
		}
		t.Skip("gopls is not installed")
	}
	ws, err := workspace.Create(filepath.Join(t.TempDir(), "gokata"), 1)
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"check", "-severity=hint"}
	for _, slug := range katas.Slugs() {
		k, err := katas.Load(slug)
		if err != nil {
			t.Fatal(err)
		}
		starter, err := k.Files(katas.Starter)
		if err != nil {
			t.Fatal(err)
		}
		dir, _, err := ws.Ensure(k.Chapter, slug, starter, []byte("brief"))
		if err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(files) < 2 {
			t.Fatalf("%s: %d files, %v", slug, len(files), err)
		}
		args = append(args, files...)
	}
	cmd := exec.Command(gopls, args...)
	cmd.Dir = ws.Dir
	out, err := cmd.CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "" {
		t.Errorf("gopls: %v\n%s", err, out)
	}
}
