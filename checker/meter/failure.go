package meter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

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

// whereTime is how long a child that takes too long may take to say where it is.
const whereTime = 5 * time.Second

// Failure turns the error of a Run into how the solution failed. Ours is set
// where the solution is not to blame.
func (c *Child) Failure(ctx context.Context, err error) (f Failure, ours error) {
	switch {
	case ctx.Err() != nil:
		return f, ctx.Err()
	case errors.Is(err, ErrDeadlock):
		return Failure{Kind: evidence.Deadlock, Detail: "every goroutine waits for another one", At: stuck(c.stacks)}, nil
	case errors.Is(err, ErrStarved):
		return Failure{Kind: evidence.Starved, Detail: err.Error()}, nil
	case errors.Is(err, ErrSlow):
		return Failure{Kind: evidence.Timeout, Detail: "still running when its time was over", At: c.where(ctx)}, nil
	case errors.Is(err, probe.ErrProtocol):
		return Failure{Kind: evidence.Exit, Detail: "the solution interfered with the harness: " + err.Error()}, nil
	case !errors.Is(err, errEnded):
		return f, err
	}
	c.Close()
	code, cpu := -1, time.Duration(0)
	if st := c.group.State(); st != nil {
		code, cpu = st.ExitCode(), st.UserTime()+st.SystemTime()
	}
	f = Crash(c.stderr.String())
	switch {
	case f.Kind != "":
	case code == probe.ExitParent:
		return f, fmt.Errorf("a measured program lost its parent")
	case code == probe.ExitProtocol:
		f = Failure{Kind: evidence.Exit, Detail: "the solution interfered with the harness"}
	case code < 0 && cpu > cpuLimit/2: // killed by a signal
		f = Failure{Kind: evidence.Timeout, Detail: "the process was killed: it exceeded the limit on CPU time"}
	case code < 0:
		f = Failure{Kind: evidence.Memory, Detail: "the process was killed: the machine ran out of memory"}
	default:
		f = Failure{Kind: evidence.Exit, Detail: fmt.Sprintf("the process ended by itself, with exit code %d", code)}
	}
	return f, nil
}

// where asks a child that takes too long which line of the learner's it is on.
func (c *Child) where(ctx context.Context) *evidence.Position {
	if err := c.send(probe.Dump, nil); err != nil {
		return nil
	}
	if f, err := c.answer(ctx, probe.Stacks, whereTime); err == nil {
		c.stacks = string(f.body)
	}
	return active(c.stacks)
}

// caseRun records the failure in run.
func (f Failure) caseRun(run evidence.CaseRun) *evidence.CaseRun {
	run.Failed, run.Detail, run.At = f.Kind, f.Detail, f.At
	return &run
}

// blame records how a run of a program ended in an error: in the solution's
// name where the solution ran, else as our own fault, unless it is the machine's.
func (c *Child) blame(ctx context.Context, role evidence.Role, err error, run evidence.CaseRun) (wrong *evidence.CaseRun, ours error) {
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case c == nil:
		return nil, fmt.Errorf("failed to start a measured program: %w", err)
	case role == evidence.Ref && !errors.Is(err, ErrStarved):
		return nil, fmt.Errorf("the reference solution fails, %s: %w: %s", run.Name, err, c.stderr)
	}
	f, ours := c.Failure(ctx, err)
	if ours != nil {
		return nil, ours
	}
	return f.caseRun(run), nil
}

// mostDetail bounds what is quoted of a program's own words, in bytes.
const mostDetail = 300

func short(s string) string {
	if len(s) <= mostDetail {
		return s
	}
	return strings.ToValidUTF8(s[:mostDetail], "") + " …"
}

// tooMany begins what the race detector says when it cannot follow any more
// goroutines; the program then ends with the exit code of a race.
const tooMany = "race: limit on "

// raceMark begins a report of the race detector.
const raceMark = "WARNING: DATA RACE\n"

// crashMarks begin what the runtime prints of a crash, in column 1: lines of
// a panic's own message are indented.
func crashMarks() []string { return []string{"panic: ", "fatal error: "} }

// Crash reads what the runtime printed at the end of a program. Kind is empty
// where it printed no crash.
func Crash(stderr string) Failure {
	if _, report, ok := strings.Cut("\n"+stderr, "\n"+raceMark); ok {
		return raced(report)
	}
	at := lastMark([]byte(stderr))
	if at < 0 {
		if _, said, ok := strings.Cut("\n"+stderr, "\n"+tooMany); ok {
			first, _, _ := strings.Cut(tooMany+said, "\n")
			return Failure{Kind: evidence.Memory, Detail: short(first)}
		}
		return Failure{}
	}
	text := stderr[at:]
	first, _, _ := strings.Cut(text, "\n")
	f := Failure{Kind: evidence.Panic, Detail: short(first), At: First(text)}
	switch {
	case strings.HasPrefix(first, "fatal error: concurrent map"):
		pos := evidence.Position{}
		if f.At != nil {
			pos = *f.At
		}
		f.Race = &evidence.Race{At: pos, Detail: first}
	case !strings.HasPrefix(first, "fatal error: "): // the words of a panic are the solution's own
	case strings.Contains(first, "out of memory"), strings.Contains(first, "cannot allocate memory"):
		f.Kind = evidence.Memory
	case strings.Contains(first, "all goroutines are asleep"):
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
