// Package trace reads what the Go runtime wrote down of one run: which
// goroutines ran when, who created and who woke whom. Out of that it works out
// how parallel the run was, nearly blind to what else the machine was doing.
//
// Data passes through in one go, event by event:
//
//	bytes -> adapter (golang.org/x/exp/trace) -> event -> fold -> evidence.Trace
//	                                               \-> timeline -> evidence.Timeline
//
// The adapter (with places.go) is the only place that knows the reader's
// unstable API. The fold is plain arithmetic over events, so tests feed it
// events written by hand. It books times as they pass (account.go, block.go),
// and keeps by what each span clock came to stand where it does (path.go) and
// the segments of running time with their edges (replay.go).
//
// The child runs the solution inside a region named Region on some goroutine.
// That goroutine and all that it creates inside the region, directly or not,
// are the solution's; only their time inside the region counts. For a Go
// benchmark, a goroutine stands in for the region: see Options.Root.
//
// Work and span follow the one-pass algorithm of Cilkview (He, Leiserson and
// Leiserson, SPAA 2010), carried over to goroutines: each goroutine has a span
// clock that advances while it runs; a new goroutine starts at its creator's
// clock; a goroutine woken by another takes the later of the two clocks. Time
// spent waiting, in a system call, or ready to run counts for nothing.
//
// Span is a lower bound of the span of what was seen. Only a goroutine that
// blocks is woken, so much that orders goroutines leaves no event: a send or
// receive that does not block, because there is room in the buffer or a value
// in it; a lock that is free; a WaitGroup that is done already; atomics. Such
// an edge can only add: a clock takes the later of two. The upper bound is
// Busy: of a chain of pieces of work, each after the one before, no two ran at
// once, so the chain is no longer than the time in which anything ran. The
// parallelism lies between Work/Busy and Work/Span. Two things are not in these
// bounds. The order in which goroutines got a lock counts as given, though
// another might have done; and a goroutine whose thread the system took off
// its CPU counts as running.
package trace

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"gokata/checker/evidence"
)

// Region is the name of the runtime/trace region that the child runs the
// solution in.
const Region = "gokata.workload"

// Options say how to read a trace.
type Options struct {
	// Files maps the file of a stack frame to the learner's name for it; ok is
	// false for a file that is not the learner's. nil means SolutionFile.
	Files func(file string) (name string, ok bool)
	// Timeline, unless nil, is filled with what ran where.
	Timeline *evidence.Timeline
	// Root, unless empty, is the function whose goroutine is the workload, in
	// place of the region. The run lasts from the start of the last such
	// goroutine to its end. Of a Go benchmark it is "testing.(*B).launch"; but
	// "testing.(*B).run1.func1" of one with b.Loop, which runs in there and
	// leaves nothing to launch.
	Root string
}

// Errors of traces that are sound but do not hold one whole run.
var (
	ErrNoRegion   = errors.New("no workload region in the trace: the run ended before the solution started")
	ErrUnfinished = errors.New("the workload region did not end: the run died or was stopped; run it again")
)

// Analyse reads an execution trace (Go 1.22 or later) to its end and says how
// the solution's goroutines ran. Role, Procs, CPU and Valid of the result are
// left to the caller. A trace that is damaged, cut short, or without a finished
// workload region is an error; no input makes it panic.
func Analyse(r io.Reader, opt Options) (result evidence.Trace, err error) {
	defer func() {
		// The reader trusts its input in places; a bad trace is not our fault.
		if bad := recover(); bad != nil {
			result, err = evidence.Trace{}, fmt.Errorf("failed to read the execution trace: it is damaged (%v)", bad)
		}
	}()
	files := opt.Files
	if files == nil {
		files = SolutionFile
	}
	r, err = checkHeader(r)
	if err != nil {
		return evidence.Trace{}, fmt.Errorf("failed to read the execution trace: %w", err)
	}
	f := newFold(opt.Root)
	add, line := f.add, newTimeline()
	if opt.Timeline != nil {
		add = func(e event) error {
			err := f.add(e)
			line.add(e, f)
			return err
		}
	}
	if err := readEvents(r, newPlaces(files), add); err != nil {
		return evidence.Trace{}, fmt.Errorf("failed to read the execution trace: %w", err)
	}
	result, err = f.result()
	if err == nil && opt.Timeline != nil {
		line.finish(f, opt.Timeline)
	}
	return result, err
}

// SolutionFile maps files of the learner's package, .../solution/<name>.go, to
// <name>.go. The child is built with -trimpath in a module that we write, so
// no path of the learner's machine is in a trace.
func SolutionFile(file string) (name string, ok bool) {
	if !strings.HasSuffix(file, ".go") || path.Base(path.Dir(file)) != "solution" {
		return "", false
	}
	return path.Base(file), true
}

// checkHeader refuses traces of a format older than Go 1.22: no child of ours
// writes them, and their reader holds the whole trace in memory.
func checkHeader(r io.Reader) (io.Reader, error) {
	const size = 16 // "go 1.26 trace\x00\x00\x00"
	head := make([]byte, size)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, fmt.Errorf("it is empty or cut short: %w", err)
	}
	var minor int
	if _, err := fmt.Sscanf(string(head), "go 1.%d trace", &minor); err != nil || minor < 22 {
		return nil, errors.New("it does not start like a trace of Go 1.22 or later")
	}
	return io.MultiReader(bytes.NewReader(head), r), nil
}
