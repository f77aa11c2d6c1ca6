package checker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gokata/checker/build"
	"gokata/checker/proc"
)

// goCommand is the person's own go command in their folder, with their
// environment. Only its temporary files go elsewhere, as a command that is
// killed leaves them behind.
type goCommand struct {
	dir  string
	tmp  string
	path string
	mod  string // go.mod in force; empty or os.DevNull where there is none
	work string // go.work in force, or empty
	// readonly is -mod=readonly where the settings allow changes to go.mod.
	readonly []string
}

// ProgramError is a failure of code that is not ours, with what the go command
// or the program itself has printed of it.
type ProgramError struct{ What, Output string }

func (e *ProgramError) Error() string { return e.What }

// run runs the go command; err is set, besides what was printed, if it fails.
func (g *goCommand) run(ctx context.Context, args ...string) (stdout, stderr string, err error) {
	cmd := exec.Command(g.path, args...)
	cmd.Dir = g.dir
	cmd.Env = append(os.Environ(), "PWD="+g.dir, "GOTMPDIR="+g.tmp)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	group, err := proc.Start(ctx, cmd, proc.Limits{})
	if err != nil {
		return "", "", err
	}
	err = group.Wait()
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	return out.String(), errs.String(), err
}

// find looks for the go command and what is set, and gives its version.
func (g *goCommand) find(ctx context.Context) (version string, err error) {
	if g.path, err = exec.LookPath("go"); err != nil {
		return "", fmt.Errorf("%w: there is none on PATH; install Go from go.dev/dl, or add its bin folder to PATH", build.ErrNoGo)
	}
	out, said, err := g.run(ctx, "env", "-json", "GOVERSION", "GOMOD", "GOWORK", "GOFLAGS")
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var env struct{ GOVERSION, GOMOD, GOWORK, GOFLAGS string }
	if err == nil {
		err = json.Unmarshal([]byte(out), &env)
	}
	if err != nil {
		return "", fmt.Errorf("%w: go env fails: %s", build.ErrNoGo, oneLine(said, err))
	}
	g.mod, g.work = env.GOMOD, env.GOWORK
	for _, flag := range strings.Fields(env.GOFLAGS) {
		if flag == "-mod=mod" || flag == "--mod=mod" {
			g.readonly = []string{"-mod=readonly"}
		}
	}
	return env.GOVERSION, nil
}

// keepSums remembers the checksums of a workspace, and gives a function that
// puts them back: the go command adds to go.work.sum, the only file that it
// writes beside the sources without being asked.
func (g *goCommand) keepSums() (restore func()) {
	if g.work == "" || g.work == "off" {
		return func() {}
	}
	file := g.work + ".sum"
	before, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return func() {}
	}
	missing := err != nil
	return func() {
		after, err := os.ReadFile(file)
		switch {
		case err != nil || bytes.Equal(before, after) && !missing:
		case missing:
			_ = os.Remove(file)
		default:
			_ = os.WriteFile(file, before, 0o644)
		}
	}
}

// goPackage is what go list says of a package.
type goPackage struct {
	Dir          string
	ImportPath   string
	TestGoFiles  []string
	XTestGoFiles []string
	Module       *struct{ Path, Dir string }
}

// pkg finds the one package that a person named.
func (g *goCommand) pkg(ctx context.Context, name string) (goPackage, error) {
	args := append([]string{"list", "-json=Dir,ImportPath,TestGoFiles,XTestGoFiles,Module"}, g.readonly...)
	out, said, err := g.run(ctx, append(args, "--", name)...)
	switch {
	case ctx.Err() != nil:
		return goPackage{}, ctx.Err()
	case err != nil && g.work == "" && (g.mod == "" || g.mod == os.DevNull):
		return goPackage{}, fmt.Errorf("%w here: %s is in no Go module; go to a folder with a go.mod, or make one with go mod init", ErrBench, g.dir)
	case err != nil:
		return goPackage{}, fmt.Errorf("%w %s: %s; name a package as for go test, such as . or ./sort", ErrBench, name, oneLine(said, err))
	}
	var found []goPackage
	for dec := json.NewDecoder(strings.NewReader(out)); ; {
		var p goPackage
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return goPackage{}, fmt.Errorf("failed to read what go list says of %s: %w", name, err)
		}
		found = append(found, p)
	}
	switch {
	case len(found) == 0:
		return goPackage{}, fmt.Errorf("%w %s: it matches no packages; name one, such as . or ./sort", ErrBench, name)
	case len(found) > 1:
		var paths []string
		for _, p := range found {
			paths = append(paths, p.ImportPath)
		}
		return goPackage{}, fmt.Errorf("%w %s: it is %d packages; name one of %s", ErrBench, name, len(found), some(paths))
	}
	p := found[0]
	if len(p.TestGoFiles)+len(p.XTestGoFiles) == 0 {
		return goPackage{}, fmt.Errorf("%w %s: it has no tests; write a func BenchmarkName(b *testing.B) into a file whose name ends in _test.go", ErrBench, p.ImportPath)
	}
	return p, nil
}

// compile builds the test binary of a package.
func (g *goCommand) compile(ctx context.Context, name, file string) error {
	args := append([]string{"test", "-c", "-o", file}, g.readonly...)
	out, said, err := g.run(ctx, append(args, name)...)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return &ProgramError{What: "the package does not build", Output: strings.TrimRight(said+out, "\n")}
	}
	if _, err := os.Stat(file); err != nil {
		return fmt.Errorf("%w %s: go test -c has built nothing: %s", ErrBench, name, oneLine(said+out, err))
	}
	return nil
}

// file gives the name, relative to the root of the module, of a source file of
// the person's; ok is false for the others. Dependencies are not theirs.
func (p goPackage) file(file string) (name string, ok bool) {
	root := p.Dir
	if p.Module != nil && p.Module.Dir != "" {
		root = p.Module.Dir
	}
	rel, err := filepath.Rel(root, filepath.FromSlash(file))
	if err != nil || !filepath.IsLocal(rel) {
		// Built with -trimpath, by their settings.
		if p.Module == nil {
			return "", false
		}
		rel, ok = strings.CutPrefix(file, p.Module.Path+"/")
		if !ok {
			return "", false
		}
	}
	name = filepath.ToSlash(rel)
	return name, !strings.HasPrefix(name, "vendor/")
}

// none is the error for a pattern that matches no benchmark.
func (b *benching) none(names []string) error {
	if len(names) == 0 {
		return fmt.Errorf("%w %s: it has tests and no benchmarks; write a func BenchmarkName(b *testing.B)", ErrBench, b.pkg.ImportPath)
	}
	return fmt.Errorf("%w %s: no benchmark matches %q; there is %s", ErrBench, b.pkg.ImportPath, b.Pattern, some(names))
}

// some lists names, the first ten at most.
func some(names []string) string {
	const most = 10
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// oneLine is what a command said, or how it ended where it said nothing.
func oneLine(said string, err error) string {
	if text := strings.Join(strings.Fields(said), " "); text != "" {
		return strings.TrimRight(strings.TrimPrefix(text, "go: "), ".;")
	}
	return err.Error()
}

// checkPattern says which part of a pattern is no regular expression. Package
// testing reads one for each level of sub-benchmarks, and alternatives of such
// lists.
func checkPattern(pattern string) error {
	for _, part := range patternParts(pattern) {
		if _, err := regexp.Compile(part); err != nil {
			msg := strings.TrimPrefix(err.Error(), "error parsing regexp: ")
			at := strings.Index(pattern, part)
			return fmt.Errorf("%w: --bench %s is no regular expression: %s, in %q at character %d; put a backslash before a sign that stands for itself",
				ErrBench, pattern, msg, part, at+1)
		}
	}
	return nil
}

// patternParts cuts a pattern at / and | outside of brackets, as package
// testing does.
func patternParts(pattern string) []string {
	var parts []string
	square, round, start := 0, 0, 0
	for i := 0; i < len(pattern); i++ {
		switch pattern[i] {
		case '[':
			square++
		case ']':
			square = max(0, square-1)
		case '(':
			if square == 0 {
				round++
			}
		case ')':
			if square == 0 {
				round--
			}
		case '\\':
			i++
		case '/', '|':
			if square == 0 && round == 0 {
				parts = append(parts, pattern[start:i])
				start = i + 1
			}
		}
	}
	return slices.Clip(append(parts, pattern[start:]))
}
