package lint

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"gokata/checker/spec"
	"gokata/katas"
)

// Starters reports starters that do not compile, that go vet objects to, or
// that do not fail: their visible test must fail, or, where the kata asks for
// parallelism, they must start no goroutine. It writes them to dir, an empty
// folder, as one module, and needs the go command.
func Starters(ctx context.Context, dir string, all []*katas.Kata) ([]*Problem, error) {
	if err := writeStarters(dir, all); err != nil {
		return nil, err
	}
	var found []*Problem
	for _, k := range all {
		if p := vetted(ctx, dir, k); p != nil {
			found = append(found, p)
		}
	}
	if len(found) > 0 || len(all) == 0 {
		return found, ctx.Err()
	}
	out, err := goCommand(ctx, dir, "test", "-vet=off", "-timeout=60s", "./...")
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
		return nil, fmt.Errorf("failed to test the starters: %w", errors.Join(err, ctx.Err()))
	}
	for _, k := range all {
		passes := strings.Contains(out, "ok  \tcheck/"+k.Spec.Kata)
		if passes && !(k.Spec.Kind == spec.Parallel && sequential(k)) {
			found = append(found, &Problem{File: starter(k), Line: 1, Msg: "the starter passes its visible test: a learner would take it for done; let it, or the test, leave something to do"})
		}
	}
	return found, nil
}

// starter is the path of a kata's starter.
func starter(k *katas.Kata) string {
	return path.Join("katas", k.Spec.Kata, "testdata", string(katas.Starter), k.Spec.Package+".go")
}

func writeStarters(dir string, all []*katas.Kata) error {
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module check\n\ngo 1.26\n"), 0o600); err != nil {
		return err
	}
	for _, k := range all {
		files, err := k.Files(katas.Starter)
		if err != nil {
			continue // missing, which is said elsewhere
		}
		if err := os.MkdirAll(filepath.Join(dir, k.Spec.Kata), 0o700); err != nil {
			return err
		}
		for name, src := range files {
			if err := os.WriteFile(filepath.Join(dir, k.Spec.Kata, name), src, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// vetted says what is wrong with a starter that does not compile or that go
// vet objects to, or gives nil.
func vetted(ctx context.Context, dir string, k *katas.Kata) *Problem {
	out, err := goCommand(ctx, dir, "vet", "./"+k.Spec.Kata)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	said := ""
	for l := range strings.Lines(out) {
		if !strings.HasPrefix(l, "#") {
			said = strings.TrimSpace(l)
			break
		}
	}
	return &Problem{File: starter(k), Line: 1, Msg: "the starter does not compile or vet: " + strings.TrimPrefix(said, "vet: ")}
}

func goCommand(ctx context.Context, dir string, args ...string) (out string, err error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly", "GOPROXY=off", "GOTOOLCHAIN=local")
	b, err := cmd.CombinedOutput()
	return string(b), err
}

// sequential says whether a starter starts no goroutine.
func sequential(k *katas.Kata) bool {
	files, err := k.Files(katas.Starter)
	if err != nil {
		return false
	}
	tree, err := parser.ParseFile(token.NewFileSet(), "", files[k.Spec.Package+".go"], 0)
	if err != nil {
		return false
	}
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.SelectorExpr:
			found = found || n.Sel.Name == "Go" || n.Sel.Name == "AfterFunc"
		}
		return !found
	})
	return !found
}
