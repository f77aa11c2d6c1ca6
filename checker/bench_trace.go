package checker

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/trace"
	"gokata/checker/verdict"
)

// Traces at each GOMAXPROCS: one preemption at the wrong moment spoils one, and
// the best counts, so enough is as many as are valid.
const (
	benchTraces     = 3
	benchTraceTries = 8
)

// traces adds traces at the GOMAXPROCS that is judged, and above the number of
// CPUs, where code that cuts its work by GOMAXPROCS shows what it would do. Few
// iterations are traced apart, so that their critical path can be told step by
// step.
func (b *benching) traces(ctx context.Context, x *evidence.Bench) error {
	judged := 0
	for _, p := range b.Procs {
		if p > 1 && p <= b.machine.P {
			judged = p
		}
	}
	plan := tracedBy(*x, judged)
	if judged == 0 || plan.n == 0 {
		return nil
	}
	b.Progress(Progress{Stage: Tracing})
	err := b.tracesAt(ctx, x, plan, judged)
	if err == nil && judged < verdict.Wide {
		err = b.tracesAt(ctx, x, plan, verdict.Wide)
	}
	if err == nil && plan.n > pathIterations {
		plan.n = pathIterations
		err = b.tracesAt(ctx, x, plan, judged)
	}
	if err != nil && ctx.Err() == nil {
		x.NoTrace = err.Error()
		return nil
	}
	return err
}

// pathIterations is how many iterations a trace covers whose critical path is
// told.
const pathIterations = 5

// tracesAt adds traces at one GOMAXPROCS.
func (b *benching) tracesAt(ctx context.Context, x *evidence.Bench, plan tracePlan, p int) error {
	for good, tries := 0, 0; good < benchTraces && tries < benchTraceTries; tries++ {
		raw, err := b.binary.Trace(ctx, x.Name, p, plan.n)
		if err != nil {
			return err
		}
		plan.n = raw.N // what was too much once is so again
		t, err := b.read(raw)
		if err != nil {
			return err
		}
		t.Role, t.Procs, t.CPU = evidence.You, p, raw.CPU // of the whole process
		t.Valid = !t.Truncated && float64(t.Work) <= plan.most(raw.N)
		x.Traces = append(x.Traces, evidence.BenchTrace{N: raw.N, Trace: t})
		if t.Valid || t.Truncated || p > b.machine.P { // above the CPUs none can be valid
			good++
		}
	}
	return nil
}

// tracePlan says how a benchmark is traced.
type tracePlan struct {
	n     int     // iterations: some 20 ms, and longer than what is prepared
	cost  float64 // CPU time of one, ns
	setup float64 // CPU time before the first, ns
}

// most is the most running time, in ns, that a trace of n iterations may show:
// what is more was time off the CPU. Tracing itself adds to the work.
func (t tracePlan) most(n int) float64 {
	const tracing = 1.25
	return tracing * (t.cost*float64(n) + t.setup)
}

// tracedBy plans traces at GOMAXPROCS p out of the rounds.
func tracedBy(x evidence.Bench, p int) tracePlan {
	var walls, costs, setups []float64
	for _, r := range x.Rounds {
		for _, y := range r.You {
			walls = append(walls, float64(y.Wall)/float64(x.N))
		}
		if y, ok := r.You[x.Procs[0]]; ok {
			setups = append(setups, y.Facts[evidence.Setup])
		}
		if y, ok := r.You[p]; ok {
			costs = append(costs, float64(y.CPU)/float64(x.N))
		}
	}
	if len(costs) == 0 || len(setups) == 0 {
		return tracePlan{}
	}
	slices.Sort(costs)
	slices.Sort(setups)
	plan := tracePlan{cost: costs[len(costs)/2], setup: setups[len(setups)/2]}
	n := max(float64(20*time.Millisecond), 8*plan.setup) / max(slices.Min(walls), 1)
	plan.n = max(min(pathIterations, x.N), int(min(n, 16*float64(x.N))))
	return plan
}

// The goroutines of package testing that run a benchmark: the first all its
// iterations, but for one that uses b.Loop, which the second has run already.
var benchRoots = []string{"testing.(*B).launch", "testing.(*B).run1.func1"}

// read analyses a trace of a benchmark.
func (b *benching) read(raw meter.RawTrace) (evidence.Trace, error) {
	if raw.Raw == nil {
		return evidence.Trace{Truncated: true}, nil
	}
	var best evidence.Trace
	var first error
	for _, root := range benchRoots {
		t, err := trace.Analyse(bytes.NewReader(raw.Raw), trace.Options{Root: root, Files: b.pkg.file})
		if err != nil {
			first = errors.Join(first, err)
			continue
		}
		if t.Wall > best.Wall {
			best = t
		}
	}
	if best.Wall == 0 {
		return best, first
	}
	return best, nil
}
