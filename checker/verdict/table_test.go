package verdict

import (
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// row is one class of programs with the figures that were measured for it, at
// GOMAXPROCS 1 and 2, on a quiet machine or beside three busy neighbours.
type row struct {
	name    string
	s, sRef float64 // speed-up, the control's in the same rounds
	u       float64 // CPUs busy at P=2
	w, wRef float64 // C(2)/C(1), the control's
	cost    float64 // C(2) over the control's C(1)
	overlap float64
	span    float64 // work/span
	// What the figures leave open, and the diagnosis looks at:
	goroutines, switches int
	longest              float64
	queued               bool
	polls                bool
	contends             bool    // its cost shows only when two CPUs run it at once
	inflation            float64 // limit of the kata, 1.3 unless said
	invalid              bool    // beside neighbours traces show more than the CPU clock
	loaded               bool
	asks                 float64  // parallelism that the kata asks; 0: nothing
	cut                  float64  // work/span traced at Wide, undisturbed
	width                int      // goroutines that could run at once there
	want                 []Reason // ok means pass
}

const size = 20e6 // ns of work of the control

// evidence makes n rounds of the row's figures, with a jitter of one percent
// that differs from round to round.
func (r row) evidence(n int) evidence.Evidence {
	e := evidence.Evidence{
		Spec:    spec.Spec{Kind: spec.Parallel, Limits: spec.Limits{Speedup: 0.8, Inflation: r.inflation}},
		Machine: evidence.Machine{CPUs: 2, P: 2, CPUClock: "recorded"},
	}
	e.Spec.Limits.Parallelism = r.asks
	if r.inflation == 0 {
		e.Spec.Limits.Inflation = 1.3
	}
	uRef := 1.97
	if r.loaded {
		uRef = 0.9
	}
	for i := range n {
		jitter := 1 + 0.01*float64(i%3-1)
		sample := func(cpu, u float64) evidence.Sample {
			return evidence.Sample{Wall: int64(cpu / u * jitter), CPU: int64(cpu * jitter)}
		}
		ref1, refP := size, size*r.wRef
		youP := size * r.cost
		you1 := youP / r.w
		// S = U(P)/(U(1) W): the identity gives what the tables leave out.
		u1 := min(1, r.u/(r.s*r.w))
		u1Ref := uRef / (r.sRef * r.wRef)
		e.Rounds = append(e.Rounds, evidence.Round{
			You: map[int]evidence.Sample{1: sample(you1, u1), 2: sample(youP, r.u)},
			Ref: map[int]evidence.Sample{1: sample(ref1, min(1, u1Ref)), 2: sample(refP, uRef)},
			// As the pipeline does where nothing runs side by side.
			Spread: r.loaded && i >= leanRounds,
		})
	}
	trace := func(role evidence.Role, overlap, span, longest float64, goroutines, switches int) evidence.Trace {
		work := 25e6 * max(r.cost, 1)
		return evidence.Trace{Role: role, Procs: 2, Work: int64(work), Span: int64(work / span),
			Busy: int64(work / (1 + overlap)), Overlap: overlap, Mean: 1 + overlap, Longest: longest,
			Goroutines: goroutines, Switches: switches, Valid: !r.invalid}
	}
	// As the pipeline does: one trace of the learner's for the diagnosis of an
	// early fail, from Quorum on several of both.
	for range max(1, 3*(n/Quorum)) {
		y := trace(evidence.You, r.overlap, r.span, r.longest, r.goroutines, r.switches)
		if r.queued {
			y.Queued = []evidence.Block{{Reason: "sync", At: evidence.Position{File: "a.go", Line: 19}, Total: 1e7}}
		}
		e.Traces = append(e.Traces, y)
		if n >= Quorum {
			e.Traces = append(e.Traces, trace(evidence.Ref, 0.97, 20, 0.05, 80, 100))
		}
	}
	if r.polls {
		e.Polls = []evidence.Finding{{Position: evidence.Position{File: "a.go", Line: 7}}}
	}
	return e
}

func ok(r ...Reason) []Reason { return append([]Reason{OK}, r...) }

// quietRows are the rows of the two tables taken on a quiet machine.
var quietRows = []row{
	// First pilot.
	{name: "static split", s: 1.84, sRef: 1.84, u: 1.92, w: 1.03, wRef: 1.03, cost: 1.03, overlap: 0.95, span: 2, goroutines: 2, switches: 4, longest: 0.5, want: ok()},
	{name: "half serial", s: 1.34, sRef: 1.84, u: 1.35, w: 1.00, wRef: 1.03, cost: 1.00, overlap: 0.35, span: 1.35, goroutines: 2, switches: 4, longest: 0.75, want: []Reason{Imbalanced}},
	{name: "serial", s: 0.99, sRef: 1.84, u: 1.00, w: 1.01, wRef: 1.03, cost: 1.01, overlap: 0, span: 1, longest: 1, want: []Reason{Serial}},
	{name: "lock around all the work", s: 1.01, sRef: 1.84, u: 1.02, w: 1.02, wRef: 1.03, cost: 1.02, overlap: 0.01, span: 1.05, goroutines: 16, switches: 40, longest: 0.1, queued: true, want: []Reason{Serialised}},
	{name: "busy-wait", s: 0.94, sRef: 1.84, u: 1.84, w: 2.03, wRef: 1.03, cost: 2.03, overlap: 0.98, span: 2, goroutines: 1, switches: 4, longest: 0.5, polls: true, want: []Reason{Spinning}},
	{name: "busy-wait in a loop that no eye finds", s: 0.94, sRef: 1.84, u: 1.84, w: 2.03, wRef: 1.03, cost: 2.03, overlap: 0.98, span: 2, goroutines: 1, switches: 4, longest: 0.5, want: []Reason{Spinning}},
	{name: "serial, allocates much", s: 1.21, sRef: 1.84, u: 1.17, w: 0.90, wRef: 1.03, cost: 0.9, overlap: 0, span: 1, longest: 1, want: []Reason{Serial}},
	{name: "sleeps when GOMAXPROCS=1", s: 1.37, sRef: 1.84, u: 1.00, w: 1.00, wRef: 1.03, cost: 1, overlap: 0, span: 1, longest: 1, want: []Reason{Tampered, Serial}},
	{name: "burns double when GOMAXPROCS=1", s: 1.98, sRef: 1.84, u: 1.00, w: 0.49, wRef: 1.03, cost: 1, overlap: 0, span: 1, longest: 1, want: []Reason{Tampered}},

	// Second pilot, real code.
	{name: "parallel, slowest", s: 1.5, sRef: 1.4, u: 1.96, w: 1.3, wRef: 1.3, cost: 1.6, overlap: 0.92, span: 2, goroutines: 16, switches: 40, longest: 0.1, want: ok()},
	{name: "parallel, fastest", s: 1.95, sRef: 1.9, u: 1.98, w: 1.0, wRef: 1.0, cost: 1.0, overlap: 0.99, span: 45, goroutines: 64, switches: 90, longest: 0.02, want: ok()},
	{name: "parallel, both CPUs on one core", s: 1.2, sRef: 1.2, u: 1.98, w: 1.6, wRef: 1.6, cost: 1.6, overlap: 0.95, span: 8, goroutines: 16, switches: 40, longest: 0.1, want: ok()},
	{name: "better data structure, page faults", s: 1.17, sRef: 1.85, u: 1.84, w: 1.57, wRef: 1.05, cost: 0.7, overlap: 0.98, span: 8, goroutines: 16, switches: 40, longest: 0.1, want: ok()},
	{name: "better data structure behind a lock", s: 1.0, sRef: 1.85, u: 1.05, w: 1.05, wRef: 1.05, cost: 0.4, overlap: 0.01, span: 1.03, goroutines: 16, switches: 40, longest: 0.1, queued: true, want: []Reason{Serialised}},
	{name: "sequential", s: 1.04, sRef: 1.85, u: 1.0, w: 0.95, wRef: 1.05, cost: 1.1, overlap: 0, span: 1, longest: 1, want: []Reason{Serial}},
	{name: "awaiting each goroutine", s: 0.97, sRef: 1.85, u: 1.0, w: 1.05, wRef: 1.05, cost: 1.0, overlap: 0, span: 1.01, goroutines: 17, switches: 40, longest: 0.8, want: []Reason{Serial, Imbalanced}},
	{name: "lock or one-token semaphore", s: 0.84, sRef: 1.85, u: 1.1, w: 1.2, wRef: 1.05, cost: 1.1, overlap: 0.01, span: 1.08, goroutines: 17, switches: 400, longest: 0.3, queued: true, want: []Reason{Serialised}},
	{name: "one goroutine per text", s: 1.14, sRef: 1.87, u: 1.23, w: 1.08, wRef: 1.05, cost: 1.08, overlap: 0.24, span: 1.28, goroutines: 17, switches: 30, longest: 0.8, want: []Reason{Imbalanced}},
	{name: "channel per rune", s: 0.73, sRef: 1.8, u: 1.38, w: 1.78, wRef: 1.25, cost: 9.3, overlap: 0.42, span: 1.8, goroutines: 18, switches: 50000, longest: 0.5, want: []Reason{Overhead}},
	{name: "quadratic search, parallel", s: 1.96, sRef: 1.85, u: 1.99, w: 1.0, wRef: 1.05, cost: 12.8, overlap: 0.98, span: 7, goroutines: 8, switches: 40, longest: 0.2, inflation: 2, want: []Reason{SlowBaseline}},
	{name: "spinner beside serial work", s: 0.63, sRef: 1.31, u: 1.99, w: 3.1, wRef: 1.5, cost: 3.0, overlap: 0.99, span: 1.99, goroutines: 1, switches: 4, longest: 0.5, want: []Reason{Spinning}},
	{name: "a shared counter for each element", s: 0.5, sRef: 1.85, u: 1.97, w: 3.8, wRef: 1.03, cost: 4.4, overlap: 0.98, span: 3, goroutines: 4, switches: 8, longest: 0.3, contends: true, inflation: 1.5, want: []Reason{Contended}},
	{name: "the same work twice", s: 1.95, sRef: 1.81, u: 1.98, w: 1.0, wRef: 1.05, cost: 2.06, overlap: 0.98, span: 1.98, goroutines: 2, switches: 4, longest: 0.5, want: []Reason{SlowBaseline}},
	{name: "burns double at P=1", s: 1.95, sRef: 1.21, u: 1.0, w: 0.51, wRef: 1.5, cost: 1.07, overlap: 0, span: 1, longest: 1, want: []Reason{Tampered}},
	{name: "sleeps at P=1", s: 2.57, sRef: 1.23, u: 1.0, w: 1.05, wRef: 1.5, cost: 1.1, overlap: 0, span: 1, longest: 1, want: []Reason{Tampered}},
}

// cutRows are programs for a kata that asks how finely the work is cut. At P=2
// all but the last look alike; their width and work/span at a GOMAXPROCS of 16
// were measured with them.
var cutRows = []row{
	{name: "two halves", s: 1.9, sRef: 1.85, u: 1.95, w: 1.02, wRef: 1.03, cost: 1.02, overlap: 0.97, span: 2, goroutines: 2, switches: 4, longest: 0.5, asks: 4, cut: 2, width: 3, want: []Reason{Underused}},
	{name: "three thirds", s: 1.5, sRef: 1.85, u: 1.7, w: 1.02, wRef: 1.03, cost: 1.02, overlap: 0.94, span: 2.9, goroutines: 3, switches: 6, longest: 0.34, asks: 4, cut: 2.97, width: 4, want: []Reason{Underused}},
	{name: "a piece for each P", s: 1.9, sRef: 1.85, u: 1.95, w: 1.02, wRef: 1.03, cost: 1.02, overlap: 0.97, span: 2, goroutines: 2, switches: 4, longest: 0.5, asks: 4, cut: 5.3, width: 17, want: ok()},
	{name: "64 pieces", s: 1.9, sRef: 1.85, u: 1.95, w: 1.02, wRef: 1.03, cost: 1.02, overlap: 0.97, span: 50, goroutines: 64, switches: 90, longest: 0.02, asks: 4, cut: 6.1, width: 64, want: ok()},
}

// loadedRows are the third table: the same programs beside three busy loops.
var loadedRows = []row{
	{name: "parallel", s: 1.4, sRef: 1.4, u: 0.85, w: 1.03, wRef: 1.03, cost: 1.04, overlap: 0.92, span: 2, goroutines: 16, switches: 40, longest: 0.1, invalid: true, want: ok()},
	{name: "parallel, slowest", s: 1.37, sRef: 1.45, u: 0.76, w: 1.03, wRef: 1.03, cost: 1.06, overlap: 0.95, span: 7.9, goroutines: 16, switches: 40, longest: 0.1, invalid: true, want: ok(NoisyMachine)},
	{name: "sequential", s: 1.06, sRef: 1.4, u: 0.55, w: 1.0, wRef: 1.03, cost: 1.0, overlap: 0, span: 1, longest: 1, want: []Reason{Serial}},
	{name: "burns double at P=1", s: 1.88, sRef: 1.4, u: 0.6, w: 0.5, wRef: 1.03, cost: 1.0, overlap: 0, span: 1, longest: 1, want: []Reason{Tampered}},
	{name: "lock around the work", s: 1.0, sRef: 1.4, u: 0.6, w: 1.01, wRef: 1.03, cost: 1.04, overlap: 0.19, span: 1.21, goroutines: 16, switches: 60, longest: 0.1, queued: true, invalid: true, want: []Reason{Serialised}},
	{name: "one goroutine per text", s: 1.13, sRef: 1.4, u: 0.68, w: 1.03, wRef: 1.03, cost: 1.06, overlap: 0.35, span: 1.38, goroutines: 17, switches: 30, longest: 0.8, invalid: true, want: []Reason{Imbalanced}},
	{name: "spinner", s: 0.79, sRef: 1.4, u: 0.8, w: 2.0, wRef: 1.03, cost: 2.03, overlap: 1, span: 2, goroutines: 1, switches: 4, longest: 0.5, invalid: true, polls: true, want: []Reason{Spinning}},
	{name: "the same work twice", s: 1.39, sRef: 1.4, u: 0.9, w: 1.0, wRef: 1.03, cost: 2.03, overlap: 0.99, span: 2, goroutines: 2, switches: 4, longest: 0.5, invalid: true, want: []Reason{SlowBaseline}},
	{name: "channel per rune", s: 1.12, sRef: 1.4, u: 0.72, w: 1.4, wRef: 1.03, cost: 5.7, overlap: 0.42, span: 1.85, goroutines: 18, switches: 50000, longest: 0.5, invalid: true, want: []Reason{Overhead}},
}

// judged runs a check on evidence that grows look by look, as the pipeline does;
// widen, unless nil, adds traces above the number of CPUs where they are wanted.
func judged(grow func(n int) evidence.Evidence, widen func() evidence.Evidence) (Verdict, int) {
	looks := Looks(spec.Parallel)
	for i, n := range looks {
		e := grow(n)
		e.Spent = i == len(looks)-1
		v := Judge(e)
		if v.Wide && widen != nil {
			e = widen()
			e.Spent = i == len(looks)-1
			v = Judge(e)
		}
		if !v.More {
			return v, n
		}
	}
	panic("the last look asked for more")
}

func TestEveryRowOfTheTablesGetsItsVerdict(t *testing.T) {
	for _, table := range []struct {
		name   string
		rows   []row
		loaded bool
	}{{"quiet", quietRows, false}, {"three busy neighbours", loadedRows, true}} {
		for _, r := range table.rows {
			r.loaded = table.loaded
			t.Run(table.name+"/"+r.name, func(t *testing.T) {
				v, n := judged(r.evidence, nil)
				for _, want := range r.want {
					if v.Reason == want && consistent(v) {
						return
					}
				}
				t.Errorf("after %d rounds: %s, %s; want %v\n%s\n%+v", n, v.Outcome, v.Reason, r.want, v.Explanation, v.Witnesses)
			})
		}
	}
}

// Where nothing ran side by side, what sharing memory costs was not to be seen:
// then only rounds with the threads held apart can clear a program.
func TestContentionThatCouldNotShowIsNoPass(t *testing.T) {
	honest := loadedRows[0]
	honest.loaded = true
	for _, c := range []struct {
		name   string
		change func(e *evidence.Evidence)
		want   Outcome
	}{
		{"held apart, and cheap in all rounds", func(*evidence.Evidence) {}, Pass},
		{"never held apart", func(e *evidence.Evidence) {
			for i := range e.Rounds {
				e.Rounds[i].Spread = false
			}
		}, Inconclusive},
		{"held apart too seldom", func(e *evidence.Evidence) {
			for i := range e.Rounds {
				e.Rounds[i].Spread = i >= 40-manySpread+1
			}
		}, Inconclusive},
		{"held apart, and too costly in one round", func(e *evidence.Evidence) {
			s := e.Rounds[30].You[2]
			s.CPU = s.CPU * 3 / 2
			e.Rounds[30].You[2] = s
		}, Inconclusive},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := honest.evidence(40)
			c.change(&e)
			if v := Judge(e); v.Outcome != c.want {
				t.Errorf("%s, %s: %s", v.Outcome, v.Reason, v.Explanation)
			}
		})
	}
}

// consistent says whether outcome, reason and witnesses go together.
func consistent(v Verdict) bool {
	says := map[string]string{}
	for _, w := range v.Witnesses {
		says[w.Name] = w.Says
	}
	switch v.Outcome {
	case Pass:
		return v.Reason == OK && says["trace"] == Speaks && says["cpu"] == Speaks && says["wall"] != Denies
	case Inconclusive:
		return v.Reason == NoisyMachine || v.Reason == TooFewCores
	case Fail:
		return v.Reason != OK && v.Explanation != "" && v.Try != "" && v.Lesson != ""
	}
	return false
}
