package meter

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/probe"
	"gokata/checker/spec"
)

// Programs are the two programs of a check.
type Programs struct {
	You, Ref string // paths of binaries
	Env      []string
}

// With gives the same programs, which see these variables besides.
func (p Programs) With(env ...string) Programs {
	p.Env = slices.Concat(p.Env, env)
	return p
}

// caseTime is the most time that one small case may take, and casesTime all of
// a solution's together: the reference takes about a second for them, and who
// sleeps just short of the limit in each must not hold up the check for long.
const (
	caseTime  = 10 * time.Second
	casesTime = time.Minute
)

// Answers is what correctness runs gave: the first failure, if any.
type Answers struct {
	Ran    int
	Failed *evidence.CaseRun
	Race   *evidence.Race
	Facts  []evidence.CaseFacts
	left   time.Duration // of casesTime
	hungry time.Duration // of runs to which the machine gave hardly any CPU time
}

// Cases runs every case, and then every workload once, at each GOMAXPROCS of
// procs, and holds each output against the reference's for the same seed, from
// another process. It stops at the first failure. With race, programs.You is
// built with -race; a workload then decides about races alone, because what is
// large takes its time and memory many times over there.
func (p Programs) Cases(ctx context.Context, s spec.Spec, procs []int, seed uint64, race bool) (Answers, error) {
	a := Answers{left: casesTime}
	ref, err := Start(ctx, Config{Binary: p.Ref, Procs: 2, Env: p.Env})
	defer ref.Close()
	if err != nil {
		a.Failed, err = ref.blame(ctx, evidence.Ref, err, evidence.CaseRun{Name: "start", Procs: 2})
		return a, err
	}
	you := make([]*Child, len(procs))
	defer func() {
		for _, c := range you {
			c.Close()
		}
	}()
	for i, n := range procs {
		c, err := Start(ctx, Config{Binary: p.You, Procs: n, Race: race, Env: p.Env})
		you[i] = c
		if err != nil {
			if c == nil {
				return a, err
			}
			return a, a.fail(ctx, c, err, evidence.CaseRun{Name: "start", Procs: n})
		}
	}
	info := ref.Info()
	for i := range info.Cases {
		if done, err := p.one(ctx, &a, s, ref, you, probe.Order{Index: i, Seed: seed + uint64(i)}, info.Repeats[i]); done || err != nil {
			return a, err
		}
	}
	if s.Kind != spec.Parallel { // waits are answered in the rounds
		return a, nil
	}
	for i := range info.Workloads {
		if done, err := p.one(ctx, &a, s, ref, you, probe.Order{Workload: true, Index: i, Seed: seed + uint64(i)}, 1); done || err != nil {
			return a, err
		}
	}
	return a, nil
}

// one runs one task everywhere. Done means that it failed.
func (p Programs) one(ctx context.Context, a *Answers, s spec.Spec, ref *Child, you []*Child, t probe.Order, repeat int) (done bool, err error) {
	info := ref.Info()
	name := ""
	if t.Workload {
		name = info.Workloads[t.Index]
	} else {
		name = info.Cases[t.Index]
	}
	want, err := ref.Run(ctx, t, caseTime)
	if err != nil {
		a.Failed, err = ref.blame(ctx, evidence.Ref, err, evidence.CaseRun{Name: name, Procs: ref.conf.Procs})
		return true, err
	}
	var first *Outcome
	for _, c := range you {
		for range repeat {
			run := evidence.CaseRun{Name: name, Procs: c.conf.Procs, Input: want.Input}
			start := time.Now()
			got, err := c.Run(ctx, t, min(caseTime, a.left))
			a.spend(min(time.Since(start), caseTime), got.Sample) // more only where this process was stopped
			a.Ran++
			if errors.Is(err, ErrSlow) && a.hungry > casesTime/2 {
				err = ErrStarved
			}
			if err != nil {
				err = a.fail(ctx, c, err, run)
				if t.Workload && c.conf.Race { // without the detector it has run
					a.Failed = nil
				}
				return true, err
			}
			if first == nil {
				first = &got
			}
			if w := Differs(s.Compare, got.Result, want.Result, first.Result); w != nil {
				w.Name, w.Procs, w.Input = run.Name, run.Procs, run.Input
				a.Failed = w
				return true, nil
			}
			if w := got.left(run); w != nil {
				a.Failed = w
				return true, nil
			}
			if c.conf.Race { // makes everything slower: what it counts says nothing
				continue
			}
			facts := evidence.CaseFacts{Case: name, Procs: c.conf.Procs, You: got.Sample.Facts, Ref: want.Sample.Facts}
			for _, b := range got.Result.Bounds {
				facts.Bounds = append(facts.Bounds, evidence.Bound(b))
				if last := facts.Bounds[len(facts.Bounds)-1]; !last.Holds() {
					run.Failed, run.Bound = evidence.Broken, &last
					a.Failed = &run
					return true, nil
				}
			}
			if facts.You != nil || facts.Bounds != nil {
				a.Facts = append(a.Facts, facts)
			}
		}
	}
	return false, nil
}

// spend takes the time of a run from what is left for all of them.
func (a *Answers) spend(d time.Duration, s evidence.Sample) {
	a.left -= d
	if s.Wait != nil && starved(d, time.Duration(s.CPU), time.Duration(*s.Wait)) {
		a.hungry += d
	}
}

// fail records how a run ended in an error.
func (a *Answers) fail(ctx context.Context, c *Child, err error, run evidence.CaseRun) error {
	f, ours := c.Failure(ctx, err)
	switch {
	case ours != nil:
		return ours
	case f.Race != nil:
		a.Race = f.Race
	default:
		a.Failed = f.caseRun(run)
	}
	return nil
}

// left says that a run has left goroutines behind; nil where it has not.
func (o Outcome) left(run evidence.CaseRun) *evidence.CaseRun {
	if o.Rest.Goroutines == 0 {
		return nil
	}
	run.Failed = evidence.Leak
	run.Detail = "1 goroutine is still there after the call has returned"
	if o.Rest.Goroutines > 1 {
		run.Detail = fmt.Sprintf("%d goroutines are still there after the call has returned", o.Rest.Goroutines)
	}
	run.At = First(learners(o.Rest.Stacks))
	return &run
}

// learners drops the stack of the goroutine that printed the stacks.
func learners(stacks string) string {
	_, rest, _ := strings.Cut(stacks, "\n\n")
	return rest
}

// near is the relative difference that spec.Near forgives against the
// reference; against the solution's own other runs it forgives nothing.
const near = 1e-9

// alike says whether g is within near of w; infinities and NaN only equal themselves.
func alike(g, w float64) bool {
	if math.IsInf(w, 0) || math.IsNaN(w) {
		return g == w || math.IsNaN(g) && math.IsNaN(w)
	}
	return math.Abs(g-w) <= near*math.Abs(w)
}

// Differs compares an output with the reference's and with the first that the
// solution itself gave for the same seed. Nil means the same answer.
func Differs(c spec.Compare, got, want, first probe.Result) *evidence.CaseRun {
	wrong := &evidence.CaseRun{Failed: evidence.WrongAnswer, Got: got.Text, Want: want.Text}
	switch c {
	case spec.Near:
		g, err1 := strconv.ParseFloat(strings.TrimSpace(got.Text), 64)
		w, err2 := strconv.ParseFloat(strings.TrimSpace(want.Text), 64)
		if err1 != nil || err2 != nil { // not a number: a text, such as that of a counting case
			if got.Digest == want.Digest {
				return nil
			}
			return wrong
		}
		if !alike(g, w) {
			return wrong
		}
		if got.Digest != first.Digest {
			wrong.Want = first.Text
			wrong.Detail = "the same input gave other bits on another run: the order of the additions is not fixed"
			return wrong
		}
		return nil
	default:
		if got.Digest == want.Digest {
			return nil
		}
		return wrong
	}
}
