package verdict

import (
	"math"
	"testing"

	"gokata/checker/evidence"
)

// predictable makes evidence of a program with this work and span, both in ms,
// whose CPU time grows by growth from 1 to P, and the control's by ref.
func predictable(work, span, growth, ref float64) evidence.Evidence {
	r := row{s: 1.93, sRef: 1.93, u: 1.98, w: growth, wRef: ref, cost: growth, overlap: 0.9, span: work / span, goroutines: 8, longest: 0.1}
	e := r.evidence(12)
	for i := range e.Traces {
		t := &e.Traces[i]
		t.Work, t.Span, t.CPU, t.Valid = int64(work*1e6), int64(span*1e6), int64(work*1e6), true
	}
	return e
}

func TestPredictKeepsTheLaws(t *testing.T) {
	for _, c := range []struct{ work, span, growth, ref float64 }{
		{20, 20, 1, 1}, {20, 10, 1, 1}, {20, 0.4, 1.03, 1.03}, {20, 0.4, 3.8, 1.03}, {20, 5, 1.6, 1.6}, {20, 0.001, 1, 1},
	} {
		all := Predict(predictable(c.work, c.span, c.growth, c.ref))
		if len(all) != len(Predicted) {
			t.Fatalf("%+v: %v", c, all)
		}
		for _, p := range Predicted {
			b, n := all[p], float64(p)
			switch {
			case !(0 < b.Low && b.Low <= b.High):
				t.Errorf("%+v: bounds at %d are %+v", c, p, b)
			case b.High > n/c.growth*1.03:
				t.Errorf("%+v: %.2f x on %d CPUs, by %.2f times the CPU time", c, b.High, p, c.growth)
			case b.High > c.work/c.span/c.growth*1.03:
				t.Errorf("%+v: %.2f x on %d CPUs is over the parallelism of %.2f", c, b.High, p, c.work/c.span)
			}
		}
	}
}

func TestPredictKnowsTheSimpleCases(t *testing.T) {
	near := func(got, want float64) bool { return math.Abs(got-want) < 0.05*want }
	serial := Predict(predictable(20, 20, 1, 1))
	if b := serial[64]; !near(b.High, 1) {
		t.Errorf("serial code on 64 CPUs: %+v", b)
	}
	fine := Predict(predictable(20, 20.0/64, 1, 1))
	if b := fine[16]; !near(b.High, 16) || b.Low < 6 {
		t.Errorf("64 equal pieces on 16 CPUs: %+v", b)
	}
	// Side by side it costs 3.8 times as much: more CPUs make it worse.
	contended := Predict(predictable(20, 0.4, 3.8, 1))
	if b := contended[16]; b.High > 16/3.7 || b.Low > 1 {
		t.Errorf("contended code on 16 CPUs: %+v", b)
	}
	// All programs cost more on two CPUs of one core: that does not grow with P.
	shared := Predict(predictable(20, 0.4, 1.6, 1.6))
	if b := shared[16]; b.Low < 3 {
		t.Errorf("on a shared core: %+v", b)
	}
}

func TestWideTracesWidenTheBoundsAndReplayTightensThem(t *testing.T) {
	e := predictable(20, 10, 1, 1)
	before := Predict(e)
	e.Traces = append(e.Traces, evidence.Trace{Role: evidence.You, Procs: Wide, Work: 40e6, Span: 5e6})
	after := Predict(e)
	if after[16].High <= before[16].High || after[2] != before[2] {
		t.Errorf("a cut by GOMAXPROCS: before %+v, after %+v", before, after)
	}
	e = predictable(20, 1, 1, 1)
	before = Predict(e)
	for i := range e.Traces {
		e.Traces[i].Replay = map[int]int64{16: 4e6}
	}
	if after := Predict(e); after[16].High >= before[16].High || after[16].High < 4.9 || after[16].High > 5.1 {
		t.Errorf("a replay of 4 ms: before %+v, after %+v", before[16], after[16])
	}
	e.Burden = 50_000
	for i := range e.Traces {
		e.Traces[i].Handovers = 20
	}
	if burdened := Predict(e); burdened[16].Low >= before[16].Low {
		t.Errorf("a burden changes nothing: %+v", burdened[16])
	}
}

// Of workers that GOMAXPROCS counts, and that take their work as they come, a
// trace on fewer CPUs shows only those that came in time: no upper bound.
func TestWorkersThatCameTooLateAreNoUpperBound(t *testing.T) {
	for name, w := range map[string]struct {
		workers int
		high    func(float64) bool
	}{
		"a worker for each P":  {16, func(h float64) bool { return h > 15 && h <= 16 }},
		"as many as at P, too": {2, func(h float64) bool { return h < 5 }},
	} {
		e := predictable(20, 10, 1, 1)
		for i := range e.Traces {
			e.Traces[i].Goroutines = 2
		}
		e.Traces = append(e.Traces, evidence.Trace{Role: evidence.You, Procs: Wide, Work: 40e6, Span: 10e6, Goroutines: w.workers})
		if b := Predict(e)[16]; !w.high(b.High) || b.Low > b.High {
			t.Errorf("%s: %+v", name, b)
		}
	}
}

func TestWithoutTracesOrRoundsNothingIsPredicted(t *testing.T) {
	e := predictable(20, 1, 1, 1)
	e.Traces = nil
	if p := Predict(e); p != nil {
		t.Errorf("without traces: %v", p)
	}
	e = predictable(20, 1, 1, 1)
	e.Rounds = nil
	if p := Predict(e); p != nil {
		t.Errorf("without rounds: %v", p)
	}
}

func TestAPredictionHoldsWhereTheMeasuredSpeedUpLies(t *testing.T) {
	e := predictable(20, 0.4, 1.03, 1.03)
	if p := Foretold(e); p == nil || !p.Held() {
		t.Errorf("1.93 x for parallel code: %+v", p)
	}
	e = predictable(20, 20, 1, 1) // the trace says that it is serial
	if p := Foretold(e); p == nil || p.Held() {
		t.Errorf("1.93 x for serial code: %+v", p)
	}
	e.Traces = nil
	if p := Foretold(e); p != nil {
		t.Errorf("without a trace: %+v", p)
	}
}
