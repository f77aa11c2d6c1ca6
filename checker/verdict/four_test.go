package verdict

import (
	"math"
	"math/rand/v2"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// wider is a kind of program on a machine with four CPUs: how many of them it
// keeps busy, and what it costs. No such machine was measured: these follow
// from the identity S = U(p)/(U(1) W), as the programs of the tables do at two.
type wider struct {
	name     string
	mean     float64 // goroutines that run at once, on average
	cost     float64 // C(4) over the control's
	growth   float64 // C(4)/C(1) over the control's
	longest  float64
	queued   bool
	switches int
	want     []Reason
}

var widerRows = []wider{
	{"64 pieces", 3.9, 1.02, 1, 0.02, false, 90, ok()},
	{"a pool of four", 3.8, 1.05, 1.03, 0.25, false, 10, ok()},
	{"three of four busy", 3.3, 1.02, 1, 0.1, false, 90, ok(NoisyMachine)},
	{"two halves", 1.98, 1.01, 1, 0.5, false, 4, []Reason{Serial}},
	{"half serial", 1.6, 1.01, 1, 0.62, false, 20, []Reason{Imbalanced, Serial}},
	{"serial", 1, 1, 1, 1, false, 0, []Reason{Serial}},
	{"lock around all the work", 1.02, 1.04, 1.03, 0.1, true, 40, []Reason{Serialised}},
	{"spinners", 4, 4, 4, 0.25, false, 4, []Reason{Spinning, Contended}},
	{"the same work four times", 3.9, 4, 1, 0.25, false, 4, []Reason{SlowBaseline}},
	{"channel per item", 1.8, 9, 5, 0.4, false, 50000, []Reason{Overhead}},
}

func (w wider) check(rng *rand.Rand, wait, off float64) func(n int) evidence.Evidence {
	e := evidence.Evidence{
		Spec:    spec.Spec{Kind: spec.Parallel, Limits: spec.Limits{Speedup: 0.8, Inflation: 1.3}},
		Machine: evidence.Machine{CPUs: 4, P: 4, CPUClock: "simulated"},
	}
	run := func(cpu, u float64) evidence.Sample {
		delay := 0.0
		for range int(math.Ceil(u)) {
			delay = max(delay, wait*rng.ExpFloat64())
		}
		cpu *= 1 + 0.02*rng.NormFloat64()
		return evidence.Sample{CPU: int64(cpu), Wall: int64(cpu / u * (1 + delay))}
	}
	trace := func(role evidence.Role, mean float64) evidence.Trace {
		away := min(0.9, off*rng.ExpFloat64())
		seen := 1 + (mean-1)*(1-0.3*away*rng.Float64())
		t := evidence.Trace{Role: role, Procs: 4, Work: 25e6, Span: int64(25e6 / max(1, mean)), Busy: int64(25e6 / seen),
			Overlap: min(1, (seen-1)/1.5), Mean: seen, Valid: away < 0.05, Goroutines: 20, Switches: 60, Longest: 0.05}
		if role == evidence.You {
			t.Longest, t.Switches = w.longest, w.switches
			t.Work, t.Busy = int64(25e6*w.cost), int64(25e6*w.cost/seen)
			if t.Goroutines = 4; w.longest == 1 {
				t.Goroutines = 0
			}
			if w.queued {
				t.Queued = []evidence.Block{{Reason: "sync", Total: 1e7}}
			}
		}
		return t
	}
	return func(n int) evidence.Evidence {
		for len(e.Rounds) < n {
			e.Rounds = append(e.Rounds, evidence.Round{
				You: map[int]evidence.Sample{1: run(size*w.cost/w.growth, 1), 4: run(size*w.cost, min(w.mean, 3.9))},
				Ref: map[int]evidence.Sample{1: run(size, 1), 4: run(size, 3.9)},
			})
		}
		if n < Quorum { // as the pipeline does for a fail by the clocks
			early := e
			early.Traces = []evidence.Trace{trace(evidence.You, w.mean)}
			return early
		}
		for range 3 {
			e.Traces = append(e.Traces, trace(evidence.You, w.mean), trace(evidence.Ref, 3.9))
		}
		return e
	}
}

func TestOnFourCPUsSimulatedNoiseMakesNoFalseVerdict(t *testing.T) {
	trials := 2000
	if testing.Short() {
		trials = 100
	}
	for _, w := range widerRows {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			for i, noise := range []struct{ wait, off float64 }{{0.02, 0.01}, {0.3, 0.2}} {
				open := 0
				for trial := range trials {
					rng := rand.New(rand.NewPCG(uint64(trial), uint64(i)))
					v, n := judged(w.check(rng, noise.wait, noise.off), nil)
					switch {
					case v.Outcome == Inconclusive:
						open++
					case (v.Outcome == Pass) != (w.want[0] == OK):
						t.Fatalf("trial %d, %d rounds: %s, %s\n%s\n%+v", trial, n, v.Outcome, v.Reason, v.Explanation, v.Witnesses)
					case i == 0 && !consistent(v):
						t.Fatalf("trial %d: %+v", trial, v)
					}
				}
				t.Logf("noise %.2f: inconclusive %.1f %%", noise.wait, 100*float64(open)/float64(trials))
			}
			v, _ := judged(w.check(rand.New(rand.NewPCG(1, 2)), 0, 0), nil)
			for _, want := range w.want {
				if v.Reason == want {
					return
				}
			}
			t.Errorf("undisturbed: %s, %s; want %v\n%s", v.Outcome, v.Reason, w.want, v.Explanation)
		})
	}
}
