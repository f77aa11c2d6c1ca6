package meter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gokata/checker/proc"
)

// Benchmarks is a compiled test binary, and where it runs.
type Benchmarks struct {
	Binary string
	Dir    string   // of the package: its benchmarks find their testdata there
	Tmp    string   // a folder of ours for what runs leave behind
	Env    []string // what the binary sees besides GOMAXPROCS
}

// ErrBench is in the chain of errors of a benchmark that failed; what it
// printed is in the BenchError.
var ErrBench = errors.New("the benchmark failed")

// BenchError is a run of a test binary that did not end well.
type BenchError struct {
	Stdout, Stderr string // what it printed
	Err            error
}

func (e *BenchError) Error() string { return fmt.Sprintf("%v: %v", ErrBench, e.Err) }
func (e *BenchError) Unwrap() error { return ErrBench }

// Output is what to show of a failure: what was printed, and how it ended.
func (e *BenchError) Output() string {
	var parts []string
	for _, text := range []string{e.Stdout, e.Stderr, e.Err.Error()} {
		if text = strings.Trim(text, "\n"); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

// benchTime is the most time that one run of a test binary may take before it
// prints its stacks and ends.
const benchTime = 2 * time.Minute

// usage is what one process used from its start to its end.
type usage struct {
	wall time.Duration // as we saw it
	cpu  time.Duration // user and system, of all its threads
}

// run runs the binary once at a GOMAXPROCS. Both the variable and the flag are
// set, so that what a package sizes at its start, a pool of workers say, fits.
// A run that fails is a BenchError.
func (b Benchmarks) run(ctx context.Context, procs int, lim proc.Limits, args ...string) (stdout string, used usage, err error) {
	cmd := exec.Command(b.Binary, append([]string{
		"-test.run=^$", "-test.cpu=" + strconv.Itoa(procs), "-test.timeout=" + benchTime.String(),
	}, args...)...)
	cmd.Dir = b.Dir
	cmd.Env = append(append([]string{}, b.Env...), "PWD="+b.Dir, "GOMAXPROCS="+strconv.Itoa(procs),
		"TMPDIR="+b.Tmp, "TMP="+b.Tmp, "TEMP="+b.Tmp)
	out, errs := &ends{}, &tail{}
	cmd.Stdout, cmd.Stderr = out, errs
	timed, cancel := context.WithTimeout(ctx, benchTime+10*time.Second)
	defer cancel()
	start := time.Now()
	group, err := proc.Start(timed, cmd, lim)
	if err != nil {
		return "", usage{}, err
	}
	err = group.Wait()
	used.wall = time.Since(start)
	switch {
	case ctx.Err() != nil:
		return "", usage{}, ctx.Err()
	case err != nil:
		if timed.Err() != nil {
			err = fmt.Errorf("it did not end within %v", benchTime)
		}
		return out.String(), used, &BenchError{Stdout: out.String(), Stderr: errs.String(), Err: err}
	}
	if state := group.State(); state != nil {
		used.cpu = state.UserTime() + state.SystemTime()
	}
	return out.String(), used, nil
}

// iterated is what one run of one benchmark gave.
type iterated struct {
	usage
	line benchLine
}

// iterate runs n iterations of one benchmark at a GOMAXPROCS.
func (b Benchmarks) iterate(ctx context.Context, name string, procs, n int, lim proc.Limits, args ...string) (iterated, error) {
	out, used, err := b.run(ctx, procs, lim, append([]string{
		"-test.bench=" + only(name), "-test.benchtime=" + strconv.Itoa(n) + "x", "-test.benchmem",
	}, args...)...)
	if err != nil {
		return iterated{}, err
	}
	line, ok := lastResult(out)
	if !ok {
		if !strings.Contains(out, name) {
			return iterated{}, &BenchError{Err: fmt.Errorf("there is no benchmark of this name at GOMAXPROCS=%d; leave GOMAXPROCS out of its name", procs)}
		}
		return iterated{}, &BenchError{Stdout: out, Err: fmt.Errorf("it reports no ns/op at GOMAXPROCS=%d", procs)}
	}
	return iterated{used, line}, nil
}

// only is the -test.bench pattern that matches one benchmark. Names hold no
// white space: package testing has replaced it.
func only(name string) string {
	parts := strings.Split(name, "/")
	for i, p := range parts {
		parts[i] = "^" + regexp.QuoteMeta(p) + "$"
	}
	return strings.Join(parts, "/")
}

// ends keeps the beginning and the end of what is written, a megabyte of each.
type ends struct {
	head, tail []byte
}

const endSize = 1 << 20

func (e *ends) Write(p []byte) (int, error) {
	n := len(p)
	if room := endSize - len(e.head); room > 0 {
		k := min(room, len(p))
		e.head, p = append(e.head, p[:k]...), p[k:]
	}
	if e.tail = append(e.tail, p...); len(e.tail) > 2*endSize {
		e.tail = append(e.tail[:0], e.tail[len(e.tail)-endSize:]...)
	}
	return n, nil
}

func (e *ends) String() string {
	return string(bytes.ToValidUTF8(append(e.head[:len(e.head):len(e.head)], e.tail...), []byte("?")))
}
