package meter

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/probe"
)

// Failure is how a run went wrong, for a CaseRun. Races are told apart.
type Failure struct {
	Kind   evidence.Failure
	Detail string
	At     *evidence.Position
	Race   *evidence.Race
}

// Failure turns the error of a Run into how the solution failed. Ours is set
// where the solution is not to blame.
func (c *Child) Failure(ctx context.Context, err error) (f Failure, ours error) {
	switch {
	case ctx.Err() != nil:
		return f, ctx.Err()
	case errors.Is(err, ErrDeadlock):
		f = Failure{Kind: evidence.Deadlock, Detail: "every goroutine waits for another one"}
		f.At = c.where(ctx)
		return f, nil
	case errors.Is(err, ErrSlow):
		f = Failure{Kind: evidence.Timeout, Detail: "still running when its time was over"}
		f.At = c.where(ctx)
		return f, nil
	case errors.Is(err, probe.ErrProtocol):
		return Failure{Kind: evidence.Exit, Detail: "the solution interfered with the harness: " + err.Error()}, nil
	case !errors.Is(err, errEnded):
		return f, err
	}
	c.Close()
	code := -1
	if st := c.group.State(); st != nil {
		code = st.ExitCode()
	}
	f = Crash(c.stderr.String())
	switch {
	case f.Kind != "":
	case code == probe.ExitParent:
		return f, fmt.Errorf("a measured program lost its parent")
	case code < 0: // killed by a signal: a limit, or the machine ran out of memory
		f = Failure{Kind: evidence.Timeout, Detail: "the process was killed: it exceeded a limit on CPU time or memory"}
	default:
		f = Failure{Kind: evidence.Exit, Detail: fmt.Sprintf("the process ended by itself, with exit code %d", code)}
	}
	return f, nil
}

// where asks a child that is stuck for the learner's first line in its stacks.
func (c *Child) where(ctx context.Context) *evidence.Position {
	if err := c.send(probe.Dump, nil); err != nil {
		return nil
	}
	f, err := c.answer(ctx, probe.Stacks, startTime)
	if err != nil {
		return nil
	}
	return First(string(f.body))
}

// Crash reads what the runtime printed at the end of a program. Kind is empty
// where it printed no crash.
func Crash(stderr string) Failure {
	if _, report, ok := strings.Cut(stderr, "WARNING: DATA RACE\n"); ok {
		return raced(report)
	}
	at := -1
	for _, mark := range []string{"\npanic: ", "\nfatal error: ", "\nruntime: goroutine stack exceeds"} {
		if i := strings.Index("\n"+stderr, mark); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 {
		return Failure{}
	}
	text := stderr[at:]
	first, _, _ := strings.Cut(text, "\n")
	f := Failure{Kind: evidence.Panic, Detail: first, At: First(text)}
	switch {
	case strings.Contains(text, "fatal error: concurrent map"):
		f.Detail = first
		pos := evidence.Position{}
		if f.At != nil {
			pos = *f.At
		}
		f.Race = &evidence.Race{At: pos, Detail: first}
	case strings.Contains(first, "out of memory"), strings.Contains(first, "cannot allocate memory"),
		strings.Contains(text, "fatal error: out of memory"), strings.Contains(text, "runtime: cannot allocate memory"):
		f.Kind = evidence.Memory
	case strings.Contains(text, "all goroutines are asleep"):
		f.Kind = evidence.Deadlock
	}
	return f
}

// raced reads a report of the race detector, which names the two accesses in
// two blocks of stack.
func raced(report string) Failure {
	report, _, _ = strings.Cut(report, "==================")
	f := Failure{Kind: evidence.Panic, Detail: "data race", Race: &evidence.Race{Detail: strings.TrimSpace(report)}}
	first, second, _ := strings.Cut(report, "\nPrevious ")
	second, _, _ = strings.Cut(second, "\nGoroutine ")
	if p := First(first); p != nil {
		f.Race.At = *p
	}
	if p := First(second); p != nil {
		f.Race.Other = *p
	}
	f.At = &f.Race.At
	return f
}

// First is the first line of the solution that a stack names.
func First(stack string) *evidence.Position {
	for line := range strings.Lines(stack) {
		line = strings.TrimSpace(line)
		file, rest, ok := strings.Cut(line, ".go:")
		if !ok || path.Base(path.Dir(file)) != "solution" {
			continue
		}
		num, _, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(strings.TrimSpace(num))
		if err != nil {
			continue
		}
		return &evidence.Position{File: path.Base(file) + ".go", Line: n}
	}
	return nil
}
