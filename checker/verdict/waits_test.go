package verdict

import (
	"math/rand/v2"
	"testing"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// waiter is a class of programs that should overlap 50 waits of 20 ms.
type waiter struct {
	name   string
	waits  float64 // how many waits after each other the call takes
	cpu    float64 // CPU time of a run, ms
	flight float64 // most calls at once
	want   Reason
}

var waiters = []waiter{
	{"all at once", 1, 0.4, 50, OK},
	{"a pool that is large enough", 3, 0.4, 17, OK},
	{"one after the other", 50, 0.6, 1, NotOverlapping},
	{"a pool of eight", 7, 0.5, 8, Underused},
	{"a pool of four", 13, 0.5, 4, Underused},
	{"a pool of sixteen", 4, 0.5, 16, Underused},
	{"polling", 1, 21, 50, Spinning},
}

// check draws the evidence of one check on a machine where each run may be
// late by some milliseconds, and burns a little more CPU time. Who wants a CPU
// gets a share of it, and waits in the queue for the rest.
func (w waiter) check(rng *rand.Rand, late, share float64) func(n int) evidence.Evidence {
	e := evidence.Evidence{
		Spec: spec.Spec{Kind: spec.Overlap, Limits: spec.Limits{InFlight: 17, Waits: 3, CPU: 10 * time.Millisecond}},
	}
	e.Machine.P = 1
	met := 0.0
	if w.flight >= 17 {
		met = 1
	}
	e.Facts = []evidence.CaseFacts{{Case: "17 at once", Procs: 1, You: map[string]float64{"met": met, "in_flight": min(w.flight, 17)}}}
	run := func(waits, cpu float64) evidence.Sample {
		wall := waits*20.2 + late*rng.ExpFloat64()
		cpu *= (1 + 0.3*rng.Float64()) * 1e6
		queued := int64(cpu*(1-share) + 1e6*late*rng.Float64())
		return evidence.Sample{Wall: int64(wall * 1e6), CPU: int64(cpu * share), Wait: &queued,
			Facts: map[string]float64{"in_flight": w.flight}}
	}
	return func(n int) evidence.Evidence {
		for len(e.Rounds) < n {
			e.Rounds = append(e.Rounds, evidence.Round{
				You: map[int]evidence.Sample{1: run(w.waits, w.cpu)},
				Ref: map[int]evidence.Sample{1: run(1, 0.4)},
			})
		}
		return e
	}
}

// TestWhoPollsDoesNotPassBecauseOthersHaveTheCPU holds for what was seen beside
// busy neighbours: 21 ms wanted, 8.5 ms had, of 10 allowed.
func TestWhoPollsDoesNotPassBecauseOthersHaveTheCPU(t *testing.T) {
	w := waiter{"polling", 1, 21, 50, Spinning}
	for _, hint := range []bool{false, true} {
		grow := w.check(rand.New(rand.NewPCG(1, 1)), 1, 0.4)
		v := lookAt(spec.Overlap, func(n int) evidence.Evidence {
			e := grow(n)
			if hint {
				e.Polls = []evidence.Finding{{Position: evidence.Position{File: "a.go", Line: 7}}}
			}
			return e
		})
		switch {
		case v.Outcome == Pass:
			t.Errorf("with a hint %v: passes", hint)
		case hint && (v.Reason != Spinning || v.At == nil || v.At.Line != 7):
			t.Errorf("with a hint: %s, %s at %v, want %s in line 7", v.Outcome, v.Reason, v.At, Spinning)
		}
	}
}

// lookAt runs the looks of a kind.
func lookAt(k spec.Kind, grow func(n int) evidence.Evidence) Verdict {
	looks := Looks(k)
	for i, n := range looks {
		e := grow(n)
		e.Spent = i == len(looks)-1
		if v := Judge(e); !v.More {
			return v
		}
	}
	panic("the last look asked for more")
}

func trials(t *testing.T) int {
	if testing.Short() {
		return 300
	}
	return 10000
}

func TestNoSimulatedNoiseMakesAFalseVerdictOnWaits(t *testing.T) {
	for _, w := range waiters {
		t.Run(w.name, func(t *testing.T) {
			for _, c := range []struct{ late, share float64 }{{0.1, 1}, {3, 0.8}, {10, 0.4}} {
				open, late := 0, c.late
				for trial := range trials(t) {
					v := lookAt(spec.Overlap, w.check(rand.New(rand.NewPCG(uint64(trial), 3)), late, c.share))
					switch {
					case v.Outcome == Inconclusive:
						open++
					case v.Reason != w.want:
						t.Fatalf("%.1f ms late, trial %d: %s, %s, want %s\n%s", late, trial, v.Outcome, v.Reason, w.want, v.Explanation)
					}
				}
				t.Logf("%4.1f ms late: inconclusive %.2f %%", late, 100*float64(open)/float64(trials(t)))
				if late < 1 && open > 0 {
					t.Errorf("inconclusive in %d checks of a quiet machine", open)
				}
			}
		})
	}
}

// gauge is a class of programs that measure: what they say of a sleep of
// 40 ms, a spin of 30 ms, and two spins side by side.
type gauge struct {
	name string
	say  func(wall, cpu float64, spins int) (float64, float64)
	want Reason
}

var gauges = []gauge{
	{"both clocks", func(w, c float64, _ int) (float64, float64) { return w, c }, OK},
	{"wall twice", func(w, _ float64, _ int) (float64, float64) { return w, w }, WrongAnswer},
	{"CPU twice", func(_, c float64, _ int) (float64, float64) { return c, c }, WrongAnswer},
	{"one thread", func(w, c float64, spins int) (float64, float64) { return w, c / float64(max(1, spins)) }, WrongAnswer},
	{"nothing", func(_, _ float64, _ int) (float64, float64) { return 0, 0 }, WrongAnswer},
}

func (g gauge) check(rng *rand.Rand, late float64) func(n int) evidence.Evidence {
	e := evidence.Evidence{Spec: spec.Spec{Kind: spec.Meter, Compare: spec.Reported}}
	e.Machine.P = 2
	done := 0
	scenario := func(name string, spins, procs int) {
		cpu := 30.0 * float64(spins)
		wall := 40.0
		if spins > 0 {
			wall = cpu / float64(min(spins, procs))
		}
		wall += late * rng.ExpFloat64()
		saidWall, saidCPU := g.say(wall, cpu, spins)
		// Ours is read outside: another delay may fall between the readings.
		e.Reports = append(e.Reports, evidence.MeterReport{Workload: name, Procs: procs,
			SaidWall: int64(saidWall * 1e6), SaidCPU: int64(saidCPU * 1e6),
			Wall: int64((wall + 0.1 + late*0.3*rng.ExpFloat64()) * 1e6), CPU: int64((cpu + 0.05) * 1e6)})
	}
	return func(n int) evidence.Evidence {
		for ; done < n; done++ {
			for _, p := range []int{1, 2} {
				scenario("sleep", 0, p)
				scenario("one spin", 1, p)
				scenario("two spins", 2, p)
			}
		}
		return e
	}
}

func TestNoSimulatedNoiseMakesAFalseVerdictOnMeters(t *testing.T) {
	for _, g := range gauges {
		t.Run(g.name, func(t *testing.T) {
			for _, late := range []float64{0.1, 5, 30} {
				open := 0
				for trial := range trials(t) {
					v := lookAt(spec.Meter, g.check(rand.New(rand.NewPCG(uint64(trial), 5)), late))
					switch {
					case v.Outcome == Inconclusive:
						open++
					case v.Reason != g.want:
						t.Fatalf("%.1f ms late, trial %d: %s, %s, want %s\n%s", late, trial, v.Outcome, v.Reason, g.want, v.Explanation)
					}
				}
				t.Logf("%4.1f ms late: inconclusive %.2f %%", late, 100*float64(open)/float64(trials(t)))
				if late < 1 && open > 0 {
					t.Errorf("inconclusive in %d checks of a quiet machine", open)
				}
			}
		})
	}
}
