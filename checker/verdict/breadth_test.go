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
					Role: role, Procs: procs, Work: 2e7, Span: int64(2e7 / read), Busy: 1e7, Overlap: 0.97, Mean: 1.97,
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
