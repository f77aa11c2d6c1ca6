package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gokata/checker/evidence"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// hiddenSource is the hidden part of the kata "tiny".
const hiddenSource = `package hidden

import (
	"math/rand/v2"
	"strconv"

	"check/probe"
	tiny "check/solution"
)

func Suite() probe.Suite {
	double := func(r *rand.Rand) probe.Task {
		n, out := r.IntN(1000), 0
		return probe.Task{
			Input:  strconv.Itoa(n),
			Run:    func() { out = tiny.Double(n) },
			Output: func() string { return strconv.Itoa(out) },
		}
	}
	return probe.Suite{Cases: []probe.Case{{Name: "double", New: double}}}
}
`

const right = "package tiny\n\n// Double doubles.\nfunc Double(n int) int { return 2 * n }\n"

// part is the kata "tiny" around a solution.
func part(solution map[string][]byte) Part {
	return Part{
		Spec: tiny(), Solution: solution,
		Hidden:  map[string][]byte{"hidden.go": []byte(hiddenSource)},
		Starter: source("package tiny\n\n// Double returns twice n.\nfunc Double(n int) int { return 0 }\n"),
	}
}

// builder compiles with the go command on PATH into a cache of its own.
func builder(t *testing.T) *Builder {
	t.Helper()
	tool, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &Builder{Go: tool, Dir: t.TempDir(), Cache: filepath.Join(t.TempDir(), "cache")}
}

// slow leaves out a test that runs the go command.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the go command, which takes seconds; run without -short")
	}
}

func TestABuildGivesProgramsThatServe(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	racing := b.Go.CC != ""
	if !racing && os.Getenv("GOKATA_CI") != "" {
		t.Error("no race detector where every test must run: " + b.Go.NoCC)
	}
	got, err := b.Build(t.Context(), part(source(right)), racing, true)
	if err != nil || len(got.Compile) > 0 || len(got.Vet) > 0 || got.NoRace != "" {
		t.Fatalf("%+v, %v", got, err)
	}
	serves := func(program string) {
		t.Helper()
		err := exec.Command(program).Run() // without the parent's pipes it ends by itself
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 90 {
			t.Errorf("%s: %v, want probe.ExitParent", program, err)
		}
	}
	serves(got.Plain)

	// The go command is not run again: there is none.
	again := *b
	again.Go.Path = filepath.Join(t.TempDir(), "none")
	kept, err := again.Build(t.Context(), part(source(right)), racing, true)
	if err != nil || kept.Plain != got.Plain || kept.Race != got.Race {
		t.Errorf("from the cache: %+v, %v; want %+v", kept, err, got)
	}
	other := part(source(right + "// changed\n"))
	if res, err := again.Build(t.Context(), other, false, false); err == nil {
		t.Errorf("other files give what is in the cache: %+v", res)
	}
	other = part(source(right))
	other.Hidden["more.go"] = []byte("package hidden\n")
	if res, err := again.Build(t.Context(), other, false, false); err == nil {
		t.Errorf("other hidden files give what is in the cache: %+v", res)
	}
	tests := part(source(right))
	tests.Solution["tiny_test.go"] = []byte("package tiny\n\nthis is not built\n")
	if res, err := again.Build(t.Context(), tests, false, false); err != nil || res.Plain != got.Plain {
		t.Errorf("a test of the learner's changes the build: %+v, %v", res, err)
	}
	if err := os.Truncate(got.Plain, 0); err != nil {
		t.Fatal(err)
	}
	if res, err := again.Build(t.Context(), part(source(right)), false, false); err == nil {
		t.Errorf("an empty file is taken for a program: %+v", res)
	}
	if !racing {
		t.Skip("the build with -race is not tried: " + b.Go.NoCC)
	}
	serves(got.Race)
}

func TestWhatDoesNotCompileIsAFindingAtItsPlace(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	for _, c := range []struct {
		name, src string
		want      evidence.Finding
		vet       bool
	}{
		{"undefined", "package tiny\n\nfunc Double(n int) int { return m }\n", evidence.Finding{
			Position: evidence.Position{File: "tiny.go", Line: 3, Column: 33}, Message: "undefined: m", Source: "func Double(n int) int { return m }"}, false},
		{"unused import", "package tiny\n\nimport \"sync\"\n\nfunc Double(n int) int { return 2 * n }\n", evidence.Finding{
			Position: evidence.Position{File: "tiny.go", Line: 3, Column: 8}, Message: `"sync" imported and not used`, Source: `import "sync"`}, false},
		{"missing function", "package tiny\n\nfunc Triple(n int) int { return 3 * n }\n", evidence.Finding{
			Message: "Double is missing; this kata asks for: func Double(int) int"}, false},
		{"wrong signature", "package tiny\n\nfunc Double(a, b int) int { return a + b }\n", evidence.Finding{
			Position: evidence.Position{File: "tiny.go", Line: 3, Column: 6}, Source: "func Double(a, b int) int { return a + b }",
			Message: "wrong signature: have func Double(int, int) int, this kata asks for func Double(int) int"}, false},
		{"no body", "package tiny\n\nfunc Double(n int) int\n", evidence.Finding{
			Position: evidence.Position{File: "tiny.go", Line: 3, Column: 6}, Message: "missing function body", Source: "func Double(n int) int"}, false},
		{"copied lock", "package tiny\n\nimport \"sync\"\n\nfunc Double(n int) int {\n\tvar mu sync.Mutex\n\tother := mu\n\tother.Lock()\n\treturn 2 * n\n}\n", evidence.Finding{
			Position: evidence.Position{File: "tiny.go", Line: 7, Column: 11}, Message: "assignment copies lock value to other: sync.Mutex", Source: "\tother := mu"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			res, err := b.Build(t.Context(), part(source(c.src)), false, true)
			if err != nil {
				t.Fatal(err)
			}
			found, others := res.Compile, res.Vet
			if c.vet {
				found, others = others, found
			}
			if len(found) != 1 || len(others) != 0 || res.Plain != "" {
				t.Fatalf("%+v", res)
			}
			if found[0] != c.want {
				t.Errorf("%+v, want\n%+v", found[0], c.want)
			}
		})
	}
}

func TestAFileOfTheLearnersReplacesNoneOfOurs(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	files := source(right)
	for _, name := range []string{"main.go", "probe.go", "hidden.go", "serve.go"} {
		files[name] = []byte("package tiny\n\nfunc main() { println(\"PASS\") }\n")
		if name != "main.go" {
			files[name] = []byte("package tiny\n")
		}
	}
	res, err := b.Build(t.Context(), part(files), false, true)
	if err != nil || len(res.Compile) > 0 {
		t.Fatalf("%+v, %v", res, err)
	}
	out, err := exec.Command(res.Plain).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 90 || len(out) > 0 {
		t.Errorf("the program is not ours: %q, %v", out, err)
	}
	for _, name := range []string{"go.mod", "../main.go", "../go.mod", "../probe/serve.go", "sub/x.go"} {
		files := source(right)
		files[name] = []byte("package main\n\nfunc main() {}\n")
		if res, err := b.Build(t.Context(), part(files), false, false); err == nil {
			t.Errorf("%s is built: %+v", name, res)
		}
	}
}

// bomb is small, and takes a compiler that generates all of its comparison longer than anybody waits.
func bomb() map[string][]byte {
	var s strings.Builder
	s.WriteString(right + "\ntype T0 struct {\n\ta, b int\n\ts string\n}\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&s, "\ntype T%d struct{ a, b T%d }\n", i, i-1)
	}
	s.WriteString("\nfunc Equal(x, y *T29) bool { return *x == *y }\n")
	return source(s.String())
}

func TestACompileBombEndsAtTheLimit(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	b.Limit = 3 * time.Second
	res, err := b.Build(t.Context(), part(bomb()), false, false)
	if err != nil || len(res.Compile) != 1 || !strings.Contains(res.Compile[0].Message, "stopped after 3s") {
		t.Errorf("%+v, %v", res, err)
	}
	if pids := about(t, b.Dir); len(pids) > 0 {
		t.Errorf("still running: %v", pids)
	}
}

func TestACancelledBuildLeavesNothing(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Second, cancel)
	if res, err := b.Build(ctx, part(bomb()), false, false); !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", res, err)
	}
	if pids := about(t, b.Dir); len(pids) > 0 {
		t.Errorf("still running: %v", pids)
	}
	if entries, err := os.ReadDir(b.Cache); err == nil && len(entries) > 0 {
		t.Errorf("in the cache: %v", entries)
	}
	if left, err := filepath.Glob(filepath.Join(b.Dir, "go-build*")); err != nil || len(left) == 0 {
		t.Errorf("what the go command left is not in the builder's folder, which the caller removes: %v, %v", left, err)
	}
	if _, err := b.Build(ctx, part(source(right)), false, false); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	ended, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	if res, err := b.Build(ended, part(source(right)), false, false); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a deadline of the caller's is the learner's fault: %+v, %v", res, err)
	}
}

// about lists the processes that name a folder among their arguments: the
// commands' own temporary files lie there too. One that has been killed may
// take a moment to end.
func about(t *testing.T, dir string) (pids []string) {
	t.Helper()
	for range 1000 {
		if pids = naming(t, dir); len(pids) == 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return pids
}

func naming(t *testing.T, dir string) (pids []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if b, err := os.ReadFile(f); err == nil && strings.Contains(string(b), dir) {
			pids = append(pids, strings.ReplaceAll(string(b), "\x00", " "))
		}
	}
	return pids
}

func TestTemporaryFilesStayInTheBuildersFolder(t *testing.T) {
	t.Parallel()
	b := builder(t)
	said := b.Go.run(t.Context(), b.Dir, b.Dir, false, "env", "GOTMPDIR")
	if said.err != nil || strings.TrimSpace(said.text) != "" {
		t.Fatalf("GOTMPDIR %q, %v", said.text, said.err)
	}
	dump := filepath.Join(t.TempDir(), "go")
	if err := os.WriteFile(dump, []byte("#!/bin/sh\nenv\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	said = Toolchain{Path: dump, CC: "ccache gcc"}.run(t.Context(), b.Dir, b.Dir, true)
	if said.err != nil {
		t.Fatal(said.err)
	}
	for _, want := range []string{"TMPDIR=" + b.Dir, "GOFLAGS=-mod=readonly", "GOPROXY=off", "GOTOOLCHAIN=local", "GOENV=off", "GOWORK=off", "CGO_ENABLED=1", "CC=ccache gcc"} {
		if !strings.Contains("\n"+said.text, "\n"+want+"\n") {
			t.Errorf("%s is not in the environment:\n%s", want, said.text)
		}
	}
}

func TestACCompilerThatDoesNotWorkCostsTheRaceDetectorOnly(t *testing.T) {
	t.Parallel()
	slow(t)
	b := builder(t)
	b.Go.CC = filepath.Join(t.TempDir(), "gcc")
	if err := os.WriteFile(b.Go.CC, []byte("#!/bin/sh\necho 'stdlib.h: error: no such file' >&2\nexit 1\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	res, err := b.Build(t.Context(), part(source(right)), true, true)
	if err != nil || res.Plain == "" || res.Race != "" || res.NoRace == "" {
		t.Errorf("%+v, %v", res, err)
	}
}
