package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/lint"
)

func (a *app) courseLint() *cobra.Command {
	var noGo bool
	cmd := &cobra.Command{
		Use:   "lint [DIR]",
		Short: "Read the course's sources for mistakes",
		Long: `Reads the course in DIR, the root of gokata's source tree (else the one around
this folder): ids, references, links, front matter, length of lessons, mix of
questions, sources that the Go toolchain really has, claims that no longer hold,
hints, starters that compile and fail, and files that belong to nothing. Prints
one line for each mistake, with file and line, and nothing where there is none.
--no-go leaves out what needs the go command: sources and starters. Exit code: 0
no mistake, else 1.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := a.sourceTree(args)
			if err != nil {
				return err
			}
			found, err := a.lint(cmd.Context(), root, !noGo)
			if err != nil {
				return err
			}
			for _, p := range found {
				a.printf("%s\n", p)
			}
			if len(found) > 0 {
				return errQuiet(ExitFailed)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&noGo, "no-go", false, "leave out what needs the go command")
	return cmd
}

// lint reads the tree, and with the go command what it can tell besides.
func (a *app) lint(ctx context.Context, root string, withGo bool) ([]*lint.Problem, error) {
	tree := &lint.Tree{Root: os.DirFS(root)}
	if withGo {
		goroot, err := goroot(ctx)
		if err != nil {
			return nil, err
		}
		tree.Goroot = goroot
	}
	found, err := lint.Run(tree)
	if err != nil {
		return nil, usage("Name the root of gokata's source tree.", "%w", err)
	}
	if !withGo {
		return found, nil
	}
	dir, err := os.MkdirTemp("", "gokata-lint-")
	if err != nil {
		return nil, usage("Make room there, or set TMPDIR.", "failed to make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	more, err := lint.Starters(ctx, dir, tree.Katas())
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, internal(err)
	}
	return append(found, more...), nil
}

// goroot is the source of the Go toolchain.
func goroot(ctx context.Context) (fs.FS, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, usage("Install Go, or say --no-go.", "failed to ask the go command for its source: %w", err)
	}
	return os.DirFS(strings.TrimSpace(string(out))), nil
}

// sourceTree is the root of the source tree that an argument names, or else of
// the one around the folder in which the command runs.
func (a *app) sourceTree(args []string) (string, error) {
	if len(args) > 0 {
		return a.path(args[0]), nil
	}
	for dir := a.path("."); ; dir = filepath.Dir(dir) {
		b, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(b), "module gokata\n") {
			return dir, nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", usage("", "failed to look for the source tree: %w", err)
		}
		if dir == filepath.Dir(dir) {
			return "", usage("Run it there, or name its root.", "%s is not in the source tree of gokata", a.path("."))
		}
	}
}
