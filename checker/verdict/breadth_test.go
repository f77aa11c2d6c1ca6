package verdict

import (
	"strings"
	"testing"

	"gokata/checker/evidence"
)

// widths are readings of programs traced at GOMAXPROCS=2 and 16 on two CPUs
// beside other work: best and worst of six traces each.
var widths = []struct {
	name       string
	here       float64    // best work/span at P
	wide       [2]float64 // worst and best at 16
	width      int
	goroutines int
	want       string
}{
	{"pieces of 32 KB", 61.4, [2]float64{3.8, 7.4}, 80, 80, Speaks},
	{"64 pieces", 54.8, [2]float64{3.5, 6.1}, 64, 64, Speaks},
	{"a pool of eight", 4.9, [2]float64{4.2, 5.5}, 9, 8, Speaks},
	{"a piece for each P", 2.0, [2]float64{4.3, 5.3}, 17, 16, Speaks},
	{"two halves", 2.0, [2]float64{1.9, 2.0}, 3, 2, Denies},
	{"three thirds, width known", 2.9, [2]float64{2.5, 2.9}, 3, 3, Denies},
	{"half serial, 43 goroutines", 2.3, [2]float64{1.6, 2.4}, 43, 43, Denies},
	{"four quarters, for ever four", 2.0, [2]float64{3.5, 3.9}, 5, 4, Speaks},
	{"three thirds, the caller counted", 2.9, [2]float64{2.5, 2.97}, 4, 3, Denies},
	{"a chain of a third of the work", 2.9, [2]float64{2.5, 2.9}, 20, 20, Denies},
	{"all in one goroutine", 1.0, [2]float64{1.0, 1.0}, 2, 1, Denies},
	{"between the classes", 3.2, [2]float64{2.5, 3.1}, 20, 20, Unavailable},
}

func TestBreadthTellsAFixedCutFromAFineOne(t *testing.T) {
	for _, w := range widths {
		t.Run(w.name, func(t *testing.T) {
			e := quietRows[0].evidence(12)
			e.Spec.Limits.Parallelism = 4
			e.Traces = nil
			add := func(role evidence.Role, procs, width, goroutines int, read float64) {
				e.Traces = append(e.Traces, evidence.Trace{
					Role: role, Procs: procs, Work: 2e7, Span: int64(2e7 / read), Busy: 1e7, Wall: 1e7, CPU: 19e6, Overlap: 0.97, Mean: 1.97,
					Width: width, Goroutines: goroutines, Valid: procs == 2, Longest: 1 / float64(goroutines),
					LongestAt: &evidence.Position{File: "a.go", Line: 12},
				})
			}
			for i := range 6 {
				share := float64(i) / 5
				add(evidence.You, 2, 2, w.goroutines, w.here)
				add(evidence.Ref, 2, 60, 80, 50)
				add(evidence.You, Wide, w.width, w.goroutines, w.wide[0]+share*(w.wide[1]-w.wide[0]))
				add(evidence.Ref, Wide, 60, 80, 4.5+2*share)
			}
			if b := breadthOf(e); b.says != w.want {
				t.Errorf("says %s, want %s: %+v", b.says, w.want, b)
			}
			v := Judge(e)
			want := map[string]Reason{Speaks: OK, Denies: Underused, Unavailable: NoisyMachine}[w.want]
			if w.goroutines == 1 {
				want = Serial
			}
			if v.Reason != want || !consistent(v) {
				t.Fatalf("%s, %s; want %s\n%s", v.Outcome, v.Reason, want, v.Explanation)
			}
			switch {
			case v.Outcome == Fail && (v.At == nil || v.At.Line != 12 || !strings.Contains(v.Explanation, "limit 4")):
				t.Errorf("the line or the limit is missing: %+v, %s", v.At, v.Explanation)
			case want == NoisyMachine && (!v.Wide || !v.More || !strings.Contains(v.Explanation, "GOMAXPROCS=16")):
				t.Errorf("does not ask for wide traces: %+v", v)
			}
		})
	}
}

// A fast solution whose workers draw small pieces from a counter was traced at
// GOMAXPROCS=16 on two CPUs beside three loops: all was done before most of the
// threads got a CPU. Their goroutines were ready all the while, so there is no
// chain.
func TestWorkersWithoutCPUsAreNoChain(t *testing.T) {
	for name, w := range map[string]struct {
		ready []int64 // ms of work while so many were ready
		ref   int64   // ms of CPU time that the control got in 10 ms
		want  string
	}{
		"workers that wait for CPUs":       {[]int64{0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14}, 19, Speaks},
		"a chain, and then pieces":         {[]int64{0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8}, 19, Denies},
		"the same, where others have CPUs": {[]int64{0, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8}, 8, Unavailable},
		"evidence that does not say":       {nil, 19, Denies},
	} {
		e := quietRows[0].evidence(12)
		e.Spec.Limits.Parallelism = 4
		e.Traces = nil
		for range 6 {
			e.Traces = append(e.Traces,
				evidence.Trace{Role: evidence.You, Procs: Wide, Work: 27e6, Span: 10e6, Width: 17, Goroutines: 16, Ready: w.ready},
				evidence.Trace{Role: evidence.Ref, Procs: Wide, Work: 45e6, Span: 10e6, Wall: 10e6, CPU: w.ref * 1e6, Width: 60, Goroutines: 80})
		}
		if b := breadthOf(e); b.says != w.want {
			t.Errorf("%s: %s, want %s: %+v", name, b.says, w.want, b)
		}
	}
}

// Beside neighbours one of two threads may get no CPU for the whole of a trace.
func TestTheTraceDeniesOnlyWhatCouldNotHaveRun(t *testing.T) {
	for name, w := range map[string]struct {
		ready []int64 // ms of work while so many were ready
		ref   int64   // ms of CPU time that the control got in 11 ms
		want  string
	}{
		"ready, and without a CPU":         {[]int64{0, 2, 18}, 8, Unavailable},
		"ready, and nobody made use of it": {[]int64{0, 2, 18}, 20, Denies},
		"one at a time":                    {[]int64{0, 19, 1}, 8, Denies},
		"mostly one at a time":             {[]int64{0, 12, 8}, 8, Denies},
	} {
		e := quietRows[0].evidence(12)
		e.Traces = nil
		for range 6 {
			e.Traces = append(e.Traces,
				evidence.Trace{Role: evidence.You, Procs: 2, Work: 20e6, Span: 20e6, Busy: 20e6, Mean: 1.05, Overlap: 0.05, Valid: true, Goroutines: 2, Longest: 0.5, Ready: w.ready},
				evidence.Trace{Role: evidence.Ref, Procs: 2, Work: 20e6, Span: 1e6, Busy: 11e6, Wall: 11e6, CPU: w.ref * 1e6, Mean: 1.9, Overlap: 0.9, Valid: true, Goroutines: 20, Longest: 0.1})
		}
		if got := traceWitness(e, pick(e)); got.Says != w.want {
			t.Errorf("%s: %s, want %s: %+v", name, got.Says, w.want, got.Figures)
		}
	}
}

// Workers that meet and ask again and again whether they may go on cost little
// on as many CPUs as there are workers, and much where there are more workers.
func TestABarrierThatAsksIsFoundWhereThereAreManyPs(t *testing.T) {
	asks := []evidence.Finding{{Position: evidence.Position{File: "a.go", Line: 7}}}
	for name, w := range map[string]struct {
		cpu   []int64 // ms, at GOMAXPROCS=16
		polls []evidence.Finding
		want  Reason
	}{
		"sleeps":                     {[]int64{39, 37, 36, 35}, nil, OK},
		"sleeps, and asks elsewhere": {[]int64{39, 37, 36, 35}, asks, OK},
		"asks":                       {[]int64{194, 221, 262, 250}, asks, Spinning},
		"asks in a way unseen":       {[]int64{304, 279, 311, 277}, nil, Overhead},
		"asked in one trace":         {[]int64{39, 221, 262, 250}, asks, OK},
		"was not traced there":       {nil, asks, NoisyMachine},
	} {
		e := quietRows[0].evidence(12)
		e.Spec.Limits.Parallelism, e.Spec.Limits.Started, e.Polls = 4, 20, w.polls
		for _, cpu := range w.cpu {
			e.Traces = append(e.Traces,
				evidence.Trace{Role: evidence.You, Procs: Wide, Work: 60e6, Span: 10e6, Width: 17, Goroutines: 16, CPU: cpu * 1e6},
				evidence.Trace{Role: evidence.Ref, Procs: Wide, Work: 60e6, Span: 10e6, Width: 17, Goroutines: 16, CPU: 34e6})
		}
		v := Judge(e)
		if v.Reason != w.want || !consistent(v) {
			t.Errorf("%s: %s, %s; want %s\n%s", name, v.Outcome, v.Reason, w.want, v.Explanation)
		}
		if w.want == Spinning && (v.At == nil || v.At.Line != 7) {
			t.Errorf("%s: at %v", name, v.At)
		}
		if w.want == NoisyMachine && !v.Wide {
			t.Errorf("%s: it does not ask for wide traces", name)
		}
	}
}

func TestAKataThatAsksNoParallelismTakesAnyCut(t *testing.T) {
	e := quietRows[0].evidence(12)
	if v := Judge(e); v.Outcome != Pass || v.Wide {
		t.Errorf("%s, %s, wide %v", v.Outcome, v.Reason, v.Wide)
	}
	e.Spec.Limits.Parallelism = 4
	if v := Judge(e); v.Outcome != Inconclusive || !v.Wide || !v.More {
		t.Errorf("without wide traces: %s, %s, wide %v, more %v", v.Outcome, v.Reason, v.Wide, v.More)
	}
}
