package build

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gokata/checker/proc"
)

// Oldest is the oldest Go that can build the katas.
const Oldest = "go1.26"

// ErrNoGo is in the chain of Find's errors: a go command is missing or too old.
var ErrNoGo = errors.New("no usable go command")

// Toolchain is a go command.
type Toolchain struct {
	Path    string // of the go command
	Version string // "go1.26.8"
	CC      string // command of a C compiler; empty: no race detector
	NoCC    string // why there is none
}

// Find looks for the go command and a C compiler on PATH.
func Find(ctx context.Context) (Toolchain, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return Toolchain{}, fmt.Errorf("%w: there is none on PATH; install Go %s or newer from go.dev/dl, or add its bin folder to PATH",
			ErrNoGo, strings.TrimPrefix(Oldest, "go"))
	}
	t := Toolchain{Path: path}
	t.CC, t.NoCC = compiler()
	if v := beside(path); v != "" {
		t.Version = v
	} else {
		said := t.run(ctx, os.TempDir(), os.TempDir(), false, "env", "GOVERSION")
		if said.err != nil {
			return Toolchain{}, fmt.Errorf("%w: %s does not run: %w: %s", ErrNoGo, path, said.err, clip(said.text))
		}
		t.Version = strings.TrimSpace(said.text)
	}
	v, _, _ := strings.Cut(t.Version, " ")
	if version.IsValid(v) && version.Compare(v, Oldest) < 0 {
		return Toolchain{}, fmt.Errorf("%w: %s is %s; install Go %s or newer from go.dev/dl",
			ErrNoGo, path, t.Version, strings.TrimPrefix(Oldest, "go"))
	}
	return t, nil
}

// beside reads the version from the tree that the command stands in, which
// is a hundred times faster than asking the command.
func beside(path string) string {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return ""
	}
	b, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(real)), "VERSION"))
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(b), "\n")
	if first = strings.TrimSpace(first); version.IsValid(first) {
		return first
	}
	return ""
}

// raceSystem says whether there is a race detector for this system (src/internal/platform/supported.go).
func raceSystem() bool {
	switch runtime.GOOS + "/" + runtime.GOARCH {
	case "linux/amd64", "linux/arm64", "linux/ppc64le", "linux/s390x", "linux/loong64", "linux/riscv64",
		"darwin/amd64", "darwin/arm64", "freebsd/amd64", "netbsd/amd64", "windows/amd64":
		return true
	}
	return false
}

// compiler finds the C compiler that -race links with.
func compiler() (command, missing string) {
	if !raceSystem() {
		return "", "Go has no race detector for " + runtime.GOOS + "/" + runtime.GOARCH
	}
	if cc := strings.Fields(os.Getenv("CC")); len(cc) > 0 { // may be "ccache gcc"
		if _, err := exec.LookPath(cc[0]); err != nil {
			return "", "no C compiler found ($CC is " + strings.Join(cc, " ") + "); set CC to one that is there"
		}
		return strings.Join(cc, " "), ""
	}
	names := []string{"gcc", "clang", "cc"}
	for _, n := range names {
		if p, err := exec.LookPath(n); err == nil {
			return p, ""
		}
	}
	return "", "no C compiler found (" + strings.Join(names, ", ") + "); install gcc or clang"
}

// said is what a run of the go command printed.
type said struct {
	text string
	err  error
}

// limits of the compiler, for each process: enough for the largest package of
// the standard library on a slow machine, too little for a compile bomb to take
// the machine down, or to keep it busy for long.
var limits = proc.Limits{Memory: 2 << 30, FileSize: 256 << 20, CPU: time.Minute}

// run runs the go command in dir with nothing in the environment but what we
// choose. Its temporary files go to tmp, because a command that is killed
// leaves them. Cgo is on for racing alone.
func (t Toolchain) run(ctx context.Context, dir, tmp string, racing bool, args ...string) said {
	cmd := exec.Command(t.Path, args...)
	cmd.Dir = dir
	cgo := "0"
	if racing {
		cgo = "1"
	}
	cmd.Env = append(Environment(),
		"CGO_ENABLED="+cgo, "GOENV=off", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local",
		"GOFLAGS=-mod=readonly", "GO111MODULE=on", "GOTELEMETRY=off", "PWD="+dir,
		"TMPDIR="+tmp, "TMP="+tmp, "TEMP="+tmp)
	if racing && t.CC != "" {
		cmd.Env = append(cmd.Env, "CC="+t.CC)
	}
	out := &head{max: 256 << 10}
	cmd.Stdout, cmd.Stderr = out, out
	g, err := proc.Start(ctx, cmd, limits)
	if err != nil {
		return said{err: err}
	}
	err = g.Wait()
	return said{text: out.buf.String(), err: err}
}

// Environment is what children may see of ours: where things are, not how
// Go is set up.
func Environment() []string {
	var env []string
	for _, k := range []string{"PATH", "HOME", "TMPDIR", "GOCACHE", "GOROOT", "XDG_CACHE_HOME",
		"SystemRoot", "USERPROFILE", "LOCALAPPDATA", "TEMP", "TMP"} {
		if v, ok := os.LookupEnv(k); ok {
			env = append(env, k+"="+v)
		}
	}
	return env
}

// head keeps the beginning of what is written.
type head struct {
	buf bytes.Buffer
	max int
}

func (h *head) Write(p []byte) (int, error) {
	if room := h.max - h.buf.Len(); room > 0 {
		h.buf.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// Warm compiles the parts of the standard library that katas need into Go's
// build cache, plain and, where there is a C compiler, for the race detector.
func (b *Builder) Warm(ctx context.Context, p Part) error {
	_, err := b.Build(ctx, p, b.Go.CC != "", false)
	return err
}
