package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTheReadmeNamesRealCommandsAndFlags(t *testing.T) {
	src, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?m)(?:`|^\\$ |^go run \\./cmd/)gokata ([a-z]+)( [a-z]+)?([^`\n]*)").FindAllStringSubmatch(string(src), -1)
	if len(found) < 10 {
		t.Fatalf("only %d commands found in README.md", len(found))
	}
	for _, f := range found {
		command, sub, rest := f[1], strings.TrimSpace(f[2]), f[3]
		args := []string{command, "--help"}
		if sub != "" && (command == "course" || command == "workshop") {
			args = []string{command, sub, "--help"}
			if kind := strings.Fields(rest); sub == "new" && len(kind) > 0 {
				args = []string{command, sub, kind[0], "--help"}
			}
		}
		out, err := exec.Command("gokata", args...).CombinedOutput()
		name := strings.Join(args[:len(args)-1], " ")
		if err != nil || !strings.Contains(string(out), "Usage gokata "+name) {
			t.Errorf("README.md: there is no gokata %s", name)
			continue
		}
		for _, flag := range regexp.MustCompile(`--[a-z]+`).FindAllString(rest, -1) {
			if !strings.Contains(string(out), flag) {
				t.Errorf("README.md: gokata %s has no flag %s", command, flag)
			}
		}
	}
	// The table gives flags beside their command.
	for _, row := range regexp.MustCompile("(?m)^\\| `gokata ([a-z]+)[^`]*` \\|(.*)\\|$").FindAllStringSubmatch(string(src), -1) {
		out, _ := exec.Command("gokata", row[1], "--help").CombinedOutput()
		for _, flag := range regexp.MustCompile(`--[a-z]+`).FindAllString(row[2], -1) {
			if !strings.Contains(string(out), flag) {
				t.Errorf("README.md: gokata %s has no flag %s", row[1], flag)
			}
		}
	}
}

// TestWhatTheReadmeSaysOfAddingWorks runs the commands of the sections "To add"
// in a copy of the source tree, as they stand there.
func TestWhatTheReadmeSaysOfAddingWorks(t *testing.T) {
	if testing.Short() {
		t.Skip("builds gokata and all programs of the course, which takes a minute; run without -short")
	}
	src, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, sections, _ := strings.Cut(string(src), "\n## To add ")
	parts := strings.Split(sections, "\n## To add ")
	if len(parts) != 3 {
		t.Fatalf("%d sections begin with To add, want 3", len(parts))
	}
	dir := t.TempDir()
	for _, name := range []string{"cmd", "lessons", "katas", "checker", "content"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join(root, name))); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ran := 0
	for _, part := range parts {
		title, _, _ := strings.Cut(part, "\n")
		if n := strings.Count(strings.TrimSpace(part), "\n") + 1; n > 10 {
			t.Errorf("To add %s: %d lines, want at most ten", title, n)
		}
		_, block, _ := strings.Cut(part, "```sh\n")
		block, _, _ = strings.Cut(block, "```")
		for line := range strings.Lines(block) {
			args := strings.Fields(line)
			cmd := exec.Command(args[0], args[1:]...)
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("To add %s: %s%v\n%s", title, line, err, out)
			}
			ran++
		}
	}
	if ran < 9 {
		t.Errorf("%d commands ran, want 9", ran)
	}
}

func TestTheReadmeHoldsTheTestCommandFirst(t *testing.T) {
	src, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	// .ci/run takes the first line that begins so.
	if first := regexp.MustCompile(`(?m)^go test .*$`).FindString(string(src)); first != "go test ./..." {
		t.Errorf("the first line that begins with `go test ` is %q, want go test ./...", first)
	}
}
