package checker

import (
	"bytes"
	"context"
	"slices"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/spec"
	"gokata/checker/trace"
	"gokata/checker/verdict"
)

// patience is how long rounds may take, all together: a solution that needs
// seconds for each is judged by those that there are.
const patience = 2 * time.Minute

// measure takes rounds and traces until the verdict stands or the budget is
// spent.
func (c *check) measure(ctx context.Context) error {
	e := &c.evidence
	switch {
	case c.Spec.Kind == spec.Counted: // the cases have said it all
		return nil
	case c.Spec.Kind == spec.Meter:
		return c.report(ctx)
	case c.Spec.Kind == spec.Parallel && e.Machine.P < 2:
		return nil
	}
	levels := []int{1}
	if c.Spec.Kind == spec.Parallel {
		levels = append(levels, e.Machine.P)
	}
	session := meter.NewSession(c.programs, c.Spec, levels, c.seed)
	defer session.Close()
	looks := verdict.Looks(c.Spec.Kind)
	from, began := 1, time.Now()
	for i, look := range looks {
		for kept(e.Rounds) < look && len(e.Rounds) < tries*look && !e.Spent {
			c.Progress(Progress{Stage: Measuring, Step: len(e.Rounds), Of: verdict.Usual(c.Spec.Kind)})
			round, err := session.Round(ctx, from)
			if err != nil {
				return err
			}
			e.Rounds = append(e.Rounds, round)
			if round.Wrong != nil {
				return nil
			}
			e.Spent = time.Since(began) > patience
		}
		e.Spent = e.Spent || i == len(looks)-1
		if c.Spec.Kind != spec.Parallel {
			if !verdict.Judge(*e).More {
				return nil
			}
			continue
		}
		if more, err := c.look(ctx, i); err != nil || !more {
			return err
		}
		if verdict.Lean(*e) {
			from = e.Machine.P
		}
	}
	return nil
}

// rounds measures until want rounds count, at 1 and P, whatever they say. It
// ends with a round that went wrong.
func (c *check) rounds(ctx context.Context, stage string, want int) error {
	e := &c.evidence
	session := meter.NewSession(c.programs, c.Spec, []int{1, e.Machine.P}, c.seed)
	defer session.Close()
	for kept(e.Rounds) < want && len(e.Rounds) < tries*want {
		c.Progress(Progress{Stage: stage, Step: kept(e.Rounds), Of: want})
		round, err := session.Round(ctx, 1)
		if err != nil {
			return err
		}
		e.Rounds = append(e.Rounds, round)
		if round.Wrong != nil {
			return nil
		}
	}
	return nil
}

// tries is how many times the rounds that are wanted are tried at most, where a
// quota spoils some.
const tries = 2

// kept counts the rounds that were not discarded.
func kept(rounds []evidence.Round) (n int) {
	for _, r := range rounds {
		if r.Discarded == "" {
			n++
		}
	}
	return n
}

// Traces that are added at a look, of each program; and enough of them, where
// they speak for the solution.
const (
	tracesPerLook = 3
	tracesEnough  = 9
	widePerLook   = 4 // where they decide
	wideForMore   = 2 // where they only say what more CPUs would give
)

// look judges after a look, with the traces that it takes, and says whether
// more rounds are wanted.
func (c *check) look(ctx context.Context, look int) (more bool, err error) {
	e := &c.evidence
	seed := c.seed + uint64(1000*look)
	v := verdict.Judge(*e)
	switch {
	case v.Outcome == verdict.Fail: // the clocks have decided: one trace, for the diagnosis
		if c.traced(evidence.You) == 0 {
			_, err = c.trace(ctx, evidence.You, e.Machine.P, 1, seed, trace.Options{})
		}
	case (kept(e.Rounds) >= verdict.Quorum || e.Spent) && !c.settled(v):
		err = c.both(ctx, e.Machine.P, tracesPerLook, seed)
	}
	if err != nil || len(e.Cases) > 0 {
		return false, err
	}
	v = verdict.Judge(*e)
	if v.Wide {
		if err := c.both(ctx, verdict.Wide, widePerLook, seed+500); err != nil || len(e.Cases) > 0 {
			return false, err
		}
		v = verdict.Judge(*e)
	}
	if v.More {
		return true, nil
	}
	return false, c.explain(ctx, v, seed)
}

// traced counts the traces of a program at the GOMAXPROCS that is judged.
func (c *check) traced(role evidence.Role) (n int) {
	for _, t := range c.evidence.Traces {
		if t.Role == role && t.Procs == c.evidence.Machine.P {
			n++
		}
	}
	return n
}

// settled says whether the traces speak for the solution and are many enough.
func (c *check) settled(v verdict.Verdict) bool {
	return c.traced(evidence.You) >= tracesEnough && slices.ContainsFunc(v.Witnesses, func(w verdict.Witness) bool {
		return w.Name == "trace" && w.Says == verdict.Speaks
	})
}

// both adds traces of both programs, of the same inputs, and compares their
// answers: above the number of CPUs GOMAXPROCS tells a program that it is traced.
func (c *check) both(ctx context.Context, procs, n int, seed uint64) error {
	you, err := c.trace(ctx, evidence.You, procs, n, seed, trace.Options{})
	if err != nil || c.failed() {
		return err
	}
	ref, err := c.trace(ctx, evidence.Ref, procs, n, seed, trace.Options{})
	if err != nil {
		return err
	}
	for i, y := range you {
		if i >= len(ref) || y.Result.Digest == "" || ref[i].Result.Digest == "" {
			continue // the tracer made one of them too slow
		}
		if w := meter.Differs(c.Spec.Compare, y.Result, ref[i].Result, y.Result); w != nil {
			w.Name, w.Procs, w.Input = "traced run", procs, y.Input
			c.evidence.Cases = append(c.evidence.Cases, *w)
			return nil
		}
	}
	return nil
}

// trace adds n traces of one program at one GOMAXPROCS, and gives what the
// traced runs gave.
func (c *check) trace(ctx context.Context, role evidence.Role, procs, n int, seed uint64, o trace.Options) (given []meter.Outcome, err error) {
	e := &c.evidence
	wrong, err := c.programs.Traces(ctx, role, procs, n, seed, func(raw []byte, out meter.Outcome) error {
		given = append(given, out)
		t, err := read(raw, o)
		if err != nil {
			return err
		}
		t.Role, t.Procs, t.CPU = role, procs, out.Sample.CPU
		t.Valid = !t.Truncated && float64(t.Work) <= 1.05*float64(t.CPU)
		e.Traces = append(e.Traces, t)
		return nil
	})
	if wrong != nil {
		e.Cases = append(e.Cases, *wrong)
	}
	return given, err
}

// read analyses a raw trace; nil is one with too many events to keep.
func read(raw []byte, o trace.Options) (evidence.Trace, error) {
	if len(raw) == 0 {
		return evidence.Trace{Truncated: true}, nil
	}
	return trace.Analyse(bytes.NewReader(raw), o)
}

// explain gathers what a decided verdict is explained with: for a pass, what
// more CPUs would give; for a fail by cost, the lines where the CPU time goes.
func (c *check) explain(ctx context.Context, v verdict.Verdict, seed uint64) error {
	e := &c.evidence
	e.Burden = meter.Burden()
	switch {
	case v.Outcome == verdict.Pass:
		if slices.ContainsFunc(e.Traces, func(t evidence.Trace) bool { return t.Procs == verdict.Wide }) {
			return nil
		}
		return c.both(ctx, verdict.Wide, wideForMore, seed+500)
	case v.WantsProfile():
		return c.profile(ctx, seed+900)
	}
	return nil
}

// profile finds the lines of the solution where its CPU time goes. The run is
// not among those that are judged.
func (c *check) profile(ctx context.Context, seed uint64) error {
	e := &c.evidence
	_, err := c.programs.Profile(ctx, evidence.You, e.Machine.P, seed, func(raw []byte, _ meter.Outcome) error {
		t, err := read(raw, trace.Options{})
		e.Hot = t.Hot
		return err
	})
	return err
}

// report lets a kata that measures report, at one CPU and at several.
func (c *check) report(ctx context.Context) error {
	e := &c.evidence
	if e.Machine.P < 2 {
		return nil
	}
	looks := verdict.Looks(c.Spec.Kind)
	done := 0
	for i, look := range looks {
		for ; done < look; done++ {
			c.Progress(Progress{Stage: Measuring, Step: done, Of: verdict.Usual(c.Spec.Kind)})
			for _, p := range []int{1, e.Machine.P} {
				reports, wrong, err := c.programs.Reports(ctx, p, 1, c.seed+uint64(100*done))
				if err != nil {
					return err
				}
				if wrong != nil {
					e.Cases = append(e.Cases, *wrong)
					return nil
				}
				e.Reports = append(e.Reports, reports...)
			}
		}
		e.Spent = i == len(looks)-1
		if !verdict.Judge(*e).More {
			return nil
		}
	}
	return nil
}
