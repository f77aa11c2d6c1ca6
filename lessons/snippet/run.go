package snippet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// runLimit is how long one run of a program may take. Programs of the course
// take fractions of a second; the limit is for those that hang.
const runLimit = 20 * time.Second

// Run runs a program once and returns what it printed. Procs is its
// GOMAXPROCS; 0 leaves the default. A program that does not exit with 0 has in
// its output, on a line of its own, what ended it: "panic: ...", "fatal error:
// ..." or "exit status 3". A program that does not end is an error.
func (b *Binaries) Run(ctx context.Context, name string, procs int) (string, error) {
	path, err := b.path(name)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, runLimit)
	defer cancel()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, path)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = environment(procs)
	cmd.WaitDelay = time.Second
	alone(cmd)
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("program %s did not end within %v: %w", name, runLimit, ctx.Err())
	case errors.As(err, &exit):
		return endLine(stdout.String()) + cause(stderr.String(), exit) + "\n", nil
	case err != nil:
		return "", fmt.Errorf("program %s: %w", name, err)
	}
	return stdout.String(), nil
}

// environment is ours without what changes how a Go program runs.
func environment(procs int) []string {
	var env []string
	for _, kv := range os.Environ() {
		key, _, _ := strings.Cut(kv, "=")
		switch key {
		case "GOMAXPROCS", "GODEBUG", "GOGC", "GOMEMLIMIT", "GOTRACEBACK":
		default:
			env = append(env, kv)
		}
	}
	if procs > 0 {
		env = append(env, "GOMAXPROCS="+strconv.Itoa(procs))
	}
	return env
}

func endLine(s string) string {
	if s != "" && !strings.HasSuffix(s, "\n") {
		return s + "\n"
	}
	return s
}

// cause is the line that says why a program ended.
func cause(stderr string, exit *exec.ExitError) string {
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return strings.TrimSpace(line)
		}
	}
	return exit.Error()
}

// Observe runs a program that many times, and returns how often it printed
// what, white space aside. GOMAXPROCS is 1, 2 and 4 in turn, or as the program
// sets it.
func (b *Binaries) Observe(ctx context.Context, name string, runs int) (map[string]int, error) {
	seen := map[string]int{}
	procs := []int{1, 2, 4}
	if setsProcs(b.sources[name]) {
		procs = []int{0}
	}
	for i := range runs {
		out, err := b.Run(ctx, name, procs[i%len(procs)])
		if err != nil {
			return seen, err
		}
		seen[squeeze(out)]++
	}
	return seen, nil
}

var setter = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`runtime\.GOMAXPROCS\(\s*([^)\s]*)`) })

// setsProcs reports whether a program calls runtime.GOMAXPROCS with anything
// but 0, which only asks.
func setsProcs(src string) bool {
	for _, m := range setter().FindAllStringSubmatch(src, -1) {
		if m[1] != "0" {
			return true
		}
	}
	return false
}

// squeeze makes each run of white space one space.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
