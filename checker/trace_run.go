package checker

import (
	"context"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/report"
	"gokata/checker/spec"
	"gokata/checker/trace"
	"gokata/checker/verdict"
)

// How much is measured for a look at a solution, which decides nothing.
const (
	lookTraces = 5 // at P; the best is shown
	lookWide   = 3 // above the number of CPUs
)

// Trace runs a solution under the execution tracer and says how it ran. Answers
// and races are not looked at. A solution that does not build, or whose run
// fails, comes back with that verdict and an empty Trace. Errors are those of
// Check.
func Trace(ctx context.Context, r Request) (report.Tracing, error) {
	c, err := begin(ctx, r)
	if err != nil {
		return report.Tracing{}, err
	}
	defer c.end()
	t, err := c.tracing(ctx)
	if err != nil {
		return report.Tracing{}, err
	}
	c.evidence.Elapsed = time.Since(c.start)
	t.Report = report.Report{Evidence: c.evidence, Verdict: verdict.Judge(c.evidence), Elapsed: c.evidence.Elapsed}
	t.Predicted = verdict.Predict(c.evidence)
	return t, nil
}

func (c *check) tracing(ctx context.Context) (t report.Tracing, err error) {
	e := &c.evidence
	if err := c.build(ctx); err != nil || c.failed() {
		return t, err
	}
	if e.Machine.P > 1 && c.Spec.Kind == spec.Parallel {
		if err := c.rounds(ctx, Measuring, verdict.Quorum); err != nil || c.failed() {
			return t, err
		}
	}
	// On one CPU goroutines run at once by turns: their order can be seen all
	// the same.
	procs := max(2, e.Machine.P)
	c.Progress(Progress{Stage: Tracing})
	for i := range lookTraces {
		var line evidence.Timeline
		_, err := c.trace(ctx, evidence.You, procs, 1, c.seed+uint64(100+10*i), trace.Options{Timeline: &line})
		if err != nil || c.failed() {
			return t, err
		}
		if got := e.Traces[len(e.Traces)-1]; i == 0 || better(got, t.Trace) {
			t.Trace, t.Timeline = got, line
		}
	}
	if _, err := c.trace(ctx, evidence.You, verdict.Wide, lookWide, c.seed+500, trace.Options{}); err != nil || c.failed() {
		return t, err
	}
	t.Wide = verdict.Widest(*e)
	e.Burden = meter.Burden()
	return t, nil
}

// better says whether a is the trace to show rather than b: one that was not
// disturbed, and then the one that shows the most at once.
func better(a, b evidence.Trace) bool {
	if a.Valid != b.Valid {
		return a.Valid
	}
	return a.Mean > b.Mean
}
