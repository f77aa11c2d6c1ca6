package meter

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/probe"
	"gokata/checker/spec"
)

// runTime is the most time that one measured run may take. Reference runs
// take some 20 ms; what needs 500 times as long is a time-out.
const runTime = 10 * time.Second

// roundsPerChild is how many rounds a child serves before a fresh one takes
// its place, so that neither a lucky nor an unlucky process (its memory
// layout, the core that it sits on) lasts for the whole check.
const roundsPerChild = 5

// runner is one combination of a round.
type runner struct {
	role  evidence.Role
	procs int
}

// Session measures rounds: in each, every runner runs the same input once, in
// random order. It is not safe for concurrent use.
type Session struct {
	programs Programs
	spec     spec.Spec
	runners  []runner
	rng      *rand.Rand
	served   int // rounds of the present children
	children []*Child
	used     []map[int]int64 // of each child: CPU time of its threads before the last run, for spread
	failure  *evidence.CaseRun
}

// NewSession prepares rounds of both roles at each GOMAXPROCS of procs.
func NewSession(p Programs, s spec.Spec, procs []int, seed uint64) *Session {
	m := &Session{programs: p, spec: s, rng: rand.New(rand.NewPCG(seed, 1))}
	for _, n := range procs {
		m.runners = append(m.runners, runner{evidence.You, n}, runner{evidence.Ref, n})
	}
	return m
}

// Close ends the children.
func (m *Session) Close() {
	for _, c := range m.children {
		c.Close()
	}
	m.children = nil
}

// Round measures one round, of the runners at a GOMAXPROCS of at least from.
// Where that leaves some out, the wall clock is not asked, and the threads of the
// others are spread over the CPUs, so that what sharing memory costs shows. A
// failed run of the learner's is recorded in Round.Wrong; the error is our own
// fault, the reference's, or the context's.
func (m *Session) Round(ctx context.Context, from int) (evidence.Round, error) {
	round := evidence.Round{You: map[int]evidence.Sample{}, Ref: map[int]evidence.Sample{}}
	if m.children == nil || m.served == roundsPerChild {
		m.Close()
		m.served, m.children = 0, make([]*Child, len(m.runners))
		m.used = make([]map[int]int64, len(m.runners))
	}
	for i, r := range m.runners {
		if r.procs < from || m.children[i] != nil {
			continue
		}
		if wrong, err := m.begin(ctx, i); wrong != nil || err != nil {
			round.Wrong = wrong
			return round, err
		}
	}
	m.served++
	task := Task{Workload: true, Seed: m.rng.Uint64()}
	throttled := throttling()
	outcomes := make([]Outcome, len(m.runners))
	round.Spread = from > 1
	for _, i := range m.rng.Perm(len(m.runners)) {
		if m.runners[i].procs < from {
			continue
		}
		if from > 1 {
			round.Spread = m.spread(i) && round.Spread
		}
		out, wrong, err := m.run(ctx, i, task)
		if wrong != nil || err != nil {
			round.Wrong = wrong
			return round, err
		}
		outcomes[i] = out
	}
	if throttling() != throttled {
		round.Discarded = "throttled"
	}
	m.sort(&round, outcomes, from)
	return round, nil
}

// spread puts the threads of a child on CPUs of their own.
func (m *Session) spread(i int) bool {
	if m.used[i] == nil {
		m.used[i] = map[int]int64{}
	}
	return spread(m.children[i].group.PID(), m.runners[i].procs, m.used[i])
}

// sort puts the outcomes into the round and compares their outputs.
func (m *Session) sort(round *evidence.Round, outcomes []Outcome, from int) {
	var want, first *Outcome
	for i, r := range m.runners {
		switch {
		case r.procs < from:
		case r.role == evidence.Ref:
			round.Ref[r.procs] = outcomes[i].Sample
			want = &outcomes[i]
		default:
			round.You[r.procs] = outcomes[i].Sample
			if first == nil {
				first = &outcomes[i]
			}
		}
	}
	for i, r := range m.runners {
		if r.role != evidence.You || r.procs < from {
			continue
		}
		if w := Differs(m.spec.Compare, outcomes[i].Result, want.Result, first.Result); w != nil {
			w.Name, w.Procs, w.Input = "measured run", r.procs, outcomes[i].Input
			round.Wrong = w
			return
		}
	}
}

// run runs one task in one child. Wrong means that the learner's code failed.
func (m *Session) run(ctx context.Context, i int, t Task) (out Outcome, wrong *evidence.CaseRun, err error) {
	r, c := m.runners[i], m.children[i]
	out, err = c.Run(ctx, t, runTime)
	run := evidence.CaseRun{Name: "measured run", Procs: r.procs, Input: out.Input}
	switch {
	case err != nil:
		wrong, err = c.blame(ctx, r.role, err, run)
	case r.role == evidence.You:
		wrong = out.left(run)
	}
	return out, wrong, err
}

// begin starts a fresh child for a runner and lets it run once, unmeasured.
// What only waits needs no warming up.
func (m *Session) begin(ctx context.Context, i int) (*evidence.CaseRun, error) {
	c, wrong, err := m.programs.start(ctx, m.runners[i].role, m.runners[i].procs)
	m.children[i] = c
	if wrong != nil || err != nil || m.spec.Kind == spec.Overlap {
		return wrong, err
	}
	_, wrong, err = m.run(ctx, i, Task{Workload: true, Seed: m.rng.Uint64()})
	return wrong, err
}

// Traces records n traces of a program's workload at one GOMAXPROCS, each of
// a fresh input, after one run to warm up. Use gets each raw trace, nil where it
// grew too large, and what the run gave; its outcome is empty where the tracer
// made the run too slow. Wrong means that the learner's code failed.
func (p Programs) Traces(ctx context.Context, role evidence.Role, procs, n int, seed uint64, use func(raw []byte, out Outcome) error) (wrong *evidence.CaseRun, err error) {
	return p.traces(ctx, role, procs, n, Task{Seed: seed}, use)
}

// Profile records one trace like Traces, with samples of the CPU in it, by a
// process that does nothing else: sampling bends the times a little.
func (p Programs) Profile(ctx context.Context, role evidence.Role, procs int, seed uint64, use func(raw []byte, out Outcome) error) (wrong *evidence.CaseRun, err error) {
	return p.traces(ctx, role, procs, 1, Task{Seed: seed, Profile: true}, use)
}

// traces records n traces of the workload as t says, of the seeds after t's.
func (p Programs) traces(ctx context.Context, role evidence.Role, procs, n int, t Task, use func(raw []byte, out Outcome) error) (wrong *evidence.CaseRun, err error) {
	c, wrong, err := p.start(ctx, role, procs)
	defer c.Close()
	if wrong != nil || err != nil {
		return wrong, err
	}
	run := evidence.CaseRun{Name: "traced run", Procs: procs}
	if _, err := c.Run(ctx, Task{Workload: true, Seed: t.Seed}, runTime); err != nil {
		return c.blame(ctx, role, err, run)
	}
	t.Workload = true
	for range n {
		t.Seed++
		raw, out, err := c.Trace(ctx, t, 2*runTime)
		switch {
		case errors.Is(err, ErrSlow), errors.Is(err, ErrStarved): // the tracer's own time: without it the run did not take long
			return nil, use(nil, Outcome{})
		case err != nil:
			return c.blame(ctx, role, err, run)
		}
		if err := use(raw, out); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// start starts one of the programs.
func (p Programs) start(ctx context.Context, role evidence.Role, procs int) (*Child, *evidence.CaseRun, error) {
	binary := p.You
	if role == evidence.Ref {
		binary = p.Ref
	}
	c, err := Start(ctx, Config{Binary: binary, Procs: procs, Env: p.Env})
	if err != nil {
		wrong, err := c.blame(ctx, role, err, evidence.CaseRun{Name: "start", Procs: procs})
		return c, wrong, err
	}
	return c, nil, nil
}

// Reports lets a solution that measures report on every workload, n times at
// GOMAXPROCS procs, beside what our own clocks read.
func (p Programs) Reports(ctx context.Context, procs, n int, seed uint64) ([]evidence.MeterReport, *evidence.CaseRun, error) {
	c, wrong, err := p.start(ctx, evidence.You, procs)
	defer c.Close()
	if wrong != nil || err != nil {
		return nil, wrong, err
	}
	var all []evidence.MeterReport
	for range n {
		for i, name := range c.Info().Workloads {
			seed++
			out, err := c.Run(ctx, Task{Workload: true, Index: i, Seed: seed}, runTime)
			if err != nil {
				wrong, err := c.blame(ctx, evidence.You, err, evidence.CaseRun{Name: name, Procs: procs, Input: out.Input})
				return all, wrong, err
			}
			r := evidence.MeterReport{Workload: name, Procs: procs, Wall: out.Sample.Wall, CPU: out.Sample.CPU}
			if r.SaidWall, r.SaidCPU, err = reading(out.Result); err != nil {
				return all, nil, err
			}
			all = append(all, r)
		}
	}
	return all, nil, nil
}

// reading decodes the output of a meter kata: "wall cpu", both in ns.
func reading(r probe.Result) (wall, cpu int64, err error) {
	w, c, ok := strings.Cut(r.Text, " ")
	wall, err1 := strconv.ParseInt(w, 10, 64)
	cpu, err2 := strconv.ParseInt(c, 10, 64)
	if !ok || err1 != nil || err2 != nil {
		return 0, 0, fmt.Errorf("a meter kata's output must be two numbers of ns, got %q", r.Text)
	}
	return wall, cpu, nil
}
