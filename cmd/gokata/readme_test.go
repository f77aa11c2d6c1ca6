package main

import (
	"os"
	"os/exec"
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
		if command == "course" {
			args = []string{command, sub, "--help"}
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

func TestTheReadmeHoldsTheTestCommandOnce(t *testing.T) {
	src, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	// .ci/run takes the first line that begins so.
	if n := len(regexp.MustCompile(`(?m)^go test `).FindAllString(string(src), -1)); n != 1 {
		t.Errorf("%d lines begin with `go test `, want 1", n)
	}
}
