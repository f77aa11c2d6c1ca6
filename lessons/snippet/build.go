package snippet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// Binaries are the programs of a Set that run, compiled.
type Binaries struct {
	paths   map[string]string // by name
	sources map[string]string
}

// Build compiles programs in dir, an empty folder, as one module with a package
// for each. It needs the go command, and no network: only the standard library
// can be imported. The error joins a *frontmatter.Error for each line that does
// not compile.
func Build(ctx context.Context, dir string, programs []Program) (*Binaries, error) {
	b := &Binaries{paths: map[string]string{}, sources: map[string]string{}}
	if err := write(dir, "go.mod", "module snippets\n\ngo 1.26\n"); err != nil {
		return nil, err
	}
	runs, fragments := 0, 0
	for i, p := range programs {
		if err := write(dir, filepath.Join(kind(p), folder(i), "main.go"), p.Source); err != nil {
			return nil, err
		}
		if p.Beside != "" {
			if err := write(dir, filepath.Join(kind(p), folder(i), "beside.go"), p.Beside); err != nil {
				return nil, err
			}
		}
		if !p.Runs {
			fragments++
			continue
		}
		runs++
		b.paths[p.Name] = filepath.Join(dir, "bin", folder(i)+exe())
		b.sources[p.Name] = p.Source
	}
	var errs []error
	if fragments > 0 {
		errs = append(errs, compile(ctx, dir, programs, "-o", os.DevNull, "./fragments/..."))
	}
	if runs > 0 {
		errs = append(errs, compile(ctx, dir, programs, "-o", "bin"+string(filepath.Separator), "./programs/..."))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return b, nil
}

func kind(p Program) string {
	if p.Runs {
		return "programs"
	}
	return "fragments"
}

// folder is where program i lies. Its name leads from the compiler's messages
// back to the program.
func folder(i int) string { return fmt.Sprintf("p%04d", i) }

func exe() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}
	return ""
}

func write(dir, name, text string) error {
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

// compile runs go build, and moves its messages to the lines of the course.
func compile(ctx context.Context, dir string, programs []Program, args ...string) error {
	args = append([]string{"build", "-trimpath", "-gcflags=-e"}, args...)
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=", "GOPROXY=off", "GOTOOLCHAIN=local")
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("the build of the course's programs was stopped: %w", ctx.Err())
	}
	errs, known := located(string(out), programs)
	if !known {
		return fmt.Errorf("go build failed: %w\n%s", err, out)
	}
	return errors.Join(errs...)
}

var message = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`p(\d{4})[/\\]main\.go:(\d+):(?:\d+:)? (.*)`)
})

// located reads the compiler's messages. Known is false where none names a
// program, so that something else went wrong.
func located(out string, programs []Program) (errs []error, known bool) {
	for line := range strings.Lines(out) {
		m := message().FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		i, _ := strconv.Atoi(m[1])
		at, _ := strconv.Atoi(m[2])
		if i >= len(programs) {
			continue
		}
		known = true
		p := programs[i]
		if p.Loose && strings.HasPrefix(m[3], "declared and not used") {
			continue
		}
		msg := "does not compile: " + m[3]
		if !p.Runs {
			msg += ` (a fragment that can not compile says compile=no why="...")`
		}
		errs = append(errs, mistake(p.File, p.Line+at-p.Header-1, msg))
	}
	return errs, known
}

// Has reports whether there is a program of that name.
func (b *Binaries) Has(name string) bool { return b.paths[name] != "" }

func (b *Binaries) path(name string) (string, error) {
	if !b.Has(name) {
		return "", fmt.Errorf("program %s: %w", name, fs.ErrNotExist)
	}
	return b.paths[name], nil
}
