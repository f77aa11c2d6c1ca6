package meter

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/probe"
)

// Task names one run: which task of the suite, on which input.
type Task = probe.Order

// Outcome is what one run of a task gave.
type Outcome struct {
	Sample evidence.Sample
	Input  string
	Result probe.Result
	Rest   probe.Rest
}

// patience is the time after which a run that has not returned is looked at,
// again and again.
const patience = 500 * time.Millisecond

// Looks in a row that must find nothing that can go on before this is called a
// deadlock: two, so that nothing slips between the stacks and the clocks; more
// where it cannot be seen whether a timer is pending.
const (
	looksSure   = 2
	looksUnsure = 10
)

// Run runs one task and reads the clocks around it: wall outermost, CPU
// innermost, so that a delay of ours makes the run look longer, never busier.
// The answer is taken as it stands when the run returns, before goroutines that
// it left may end: what they add later is too late.
// The error is ErrSlow or ErrStarved after limit, ErrDeadlock when nothing in
// the child can go on, errEnded when the child has crashed, or the context's.
func (c *Child) Run(ctx context.Context, t Task, limit time.Duration) (Outcome, error) {
	var out Outcome
	var input probe.Input
	if now, ok := cpuTime(c.group.PID()); ok && c.rested > 0 {
		out.Sample.Early = now - c.rested
	}
	ready, err := c.ask(ctx, probe.Prepare, t, probe.Ready, &input)
	if err != nil {
		return out, err
	}
	out.Input = input.Text
	pid := c.group.PID()
	begin := c.read()
	if err := c.send(probe.Go, nil); err != nil {
		return out, err
	}
	done, err := c.watch(ctx, begin, limit)
	if err != nil {
		return out, err
	}
	out.Sample.Wall = done.wall.Sub(begin.at).Nanoseconds()
	out.Sample.CPU = done.cpu - begin.cpu.Nanoseconds()
	if _, ours := cpuTime(pid); !ours && len(done.body) == 8 {
		out.Sample.CPU = int64(binary.BigEndian.Uint64(done.body))
	}
	out.Sample.Early += begin.cpu.Nanoseconds() - ready.cpu
	if after, ok := waitTime(pid); ok && begin.waits {
		delay := after - begin.wait.Nanoseconds()
		out.Sample.Wait = &delay
	}
	answered, err := c.ask(ctx, probe.Collect, nil, probe.Output, &out.Result)
	if err != nil {
		return out, err
	}
	settled, err := c.ask(ctx, probe.Settle, nil, probe.Settled, &out.Rest)
	if err != nil {
		return out, err
	}
	out.Sample.Late = settled.cpu - answered.cpu
	c.rested = settled.cpu
	out.Sample.Facts = out.Result.Facts
	return out, nil
}

// watch waits for the run to return. From time to time it looks whether
// anything can still go on: if all goroutines are blocked on one another, no
// timer is pending, no thread is ready to run and no CPU time is spent, look
// after look, nothing will. The proof is in these states, not in the clock: on a
// starved machine goroutines or threads would be ready.
func (c *Child) watch(ctx context.Context, begin clocks, limit time.Duration) (frame, error) {
	deadline := begin.at.Add(limit)
	var lastCPU int64
	for stuck := 0; ; {
		left := time.Until(deadline)
		if left <= 0 {
			if err := c.slow(begin, limit); err != nil {
				return frame{}, err
			}
			deadline = deadline.Add(limit / 4)
			continue
		}
		f, err := c.answer(ctx, probe.Done, min(patience, left))
		if !errors.Is(err, ErrSlow) {
			return f, err
		}
		now, clocked := cpuTime(c.group.PID())
		if err := c.send(probe.Dump, nil); err != nil {
			return frame{}, err
		}
		stacks, err := c.next(ctx, startTime)
		if err != nil {
			return frame{}, err
		}
		if stacks.t == probe.Done { // it returned meanwhile: the stacks are still to come
			_, err := c.answer(ctx, probe.Stacks, startTime)
			return stacks, err
		}
		c.stacks = string(stacks.body)
		pending, known := awake(c.group.PID())
		if !clocked {
			now = stacks.cpu
		}
		// What the look itself costs is not the program's: the stacks of thousands.
		idle := now-lastCPU < int64(20*time.Millisecond)
		lastCPU = stacks.cpu
		switch {
		case !Blocked(c.stacks) || pending || !idle && stuck > 0:
			stuck = 0
			continue
		default:
			stuck++
		}
		if stuck >= looksUnsure || known && stuck >= looksSure {
			return frame{}, ErrDeadlock
		}
	}
}

// Trace runs one workload under the execution tracer and returns the trace,
// nil where it grew too large, with what the run gave.
func (c *Child) Trace(ctx context.Context, t Task, limit time.Duration) (trace []byte, out Outcome, err error) {
	t.Trace = true
	if out, err = c.Run(ctx, t, limit); err != nil {
		return nil, out, err
	}
	f, err := c.ask(ctx, probe.Fetch, nil, probe.Traced, nil)
	return f.body, out, err
}
