package verdict

import (
	"strings"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

func most(what string, got, limit float64) evidence.Bound {
	return evidence.Bound{What: what, Got: got, Limit: limit, Reason: "unbounded"}
}

func least(what string, got, limit float64) evidence.Bound {
	return evidence.Bound{What: what, Got: got, Limit: limit, Least: true, Reason: "serial"}
}

func TestACountedKataPassesOnWhatWasCounted(t *testing.T) {
	e := evidence.Evidence{
		Spec: spec.Spec{Kind: spec.Counted, Lesson: "preemption"}, Machine: evidence.Machine{CPUs: 1, P: 1}, Ran: 12,
		Facts: []evidence.CaseFacts{
			{Bounds: []evidence.Bound{most("threads", 3, 9), least("calls", 8, 8)}},
			{Bounds: []evidence.Bound{most("threads", 9, 10), least("calls", 20, 8)}},
			{Bounds: []evidence.Bound{most("threads", 5, 9)}},
		},
	}
	v := Judge(e)
	if v.Outcome != Pass || v.Reason != OK || v.Lesson != "preemption" {
		t.Fatalf("%s, %s, lesson %s", v.Outcome, v.Reason, v.Lesson)
	}
	if len(v.Bounds) != 2 || v.Bounds[0] != most("threads", 9, 10) || v.Bounds[1] != least("calls", 8, 8) {
		t.Errorf("not the tightest: %+v", v.Bounds)
	}
	for _, want := range []string{"9 threads (limit: at most 10)", "8 calls (limit: at least 8)", "12 runs"} {
		if !strings.Contains(v.Explanation, want) {
			t.Errorf("%q does not say %q", v.Explanation, want)
		}
	}
}

func TestNothingSeenIsNoPass(t *testing.T) {
	if v := Judge(evidence.Evidence{Spec: spec.Spec{Kind: spec.Counted}}); v.Outcome == Pass {
		t.Errorf("%s, %s", v.Outcome, v.Reason)
	}
}

func TestABrokenBoundGivesItsReason(t *testing.T) {
	bound := func(reason string) evidence.Evidence {
		b := evidence.Bound{What: "threads", Got: 208, Limit: 18, Reason: reason, Try: "Wait in the poller."}
		return evidence.Evidence{Spec: spec.Spec{Kind: spec.Counted}, Ran: 1, Cases: []evidence.CaseRun{
			{Name: "200 pipes", Procs: 2, Failed: evidence.Broken, Bound: &b, Godebug: "asyncpreemptoff=1"},
		}}
	}
	v := Judge(bound("unbounded"))
	if v.Outcome != Fail || v.Reason != Unbounded || v.Try != "Wait in the poller." {
		t.Errorf("%s, %s, %s", v.Outcome, v.Reason, v.Try)
	}
	for _, want := range []string{"208 threads (limit: at most 18)", `"200 pipes" at GOMAXPROCS=2`, "with GODEBUG=asyncpreemptoff=1"} {
		if !strings.Contains(v.Explanation, want) {
			t.Errorf("%q does not say %q", v.Explanation, want)
		}
	}
	for _, reason := range []string{"", "nonsense", "ok", "noisy-machine", "build"} {
		if v := Judge(bound(reason)); v.Reason != Internal {
			t.Errorf("reason %q of a bound: %s, %s", reason, v.Outcome, v.Reason)
		}
	}
	e := bound("unbounded")
	e.Cases[0].Bound = nil
	if v := Judge(e); v.Reason != Internal {
		t.Errorf("no bound: %s, %s", v.Outcome, v.Reason)
	}
}

func TestGoroutinesAreCountedInEveryTrace(t *testing.T) {
	for _, c := range []struct {
		name   string
		limits func(*spec.Limits)
		trace  evidence.Trace
		over   bool
	}{
		{"no limit", func(*spec.Limits) {}, evidence.Trace{Role: evidence.You, Procs: 2, Peak: 5000, Goroutines: 9000}, false},
		{"as many as allowed at once", func(l *spec.Limits) { l.Goroutines = 64 }, evidence.Trace{Role: evidence.You, Procs: 2, Peak: 128, Goroutines: 9000}, false},
		{"one more at once", func(l *spec.Limits) { l.Goroutines = 64 }, evidence.Trace{Role: evidence.You, Procs: 2, Peak: 129}, true},
		{"more, where there are more Ps", func(l *spec.Limits) { l.Goroutines = 64 }, evidence.Trace{Role: evidence.You, Procs: 16, Peak: 1000}, false},
		{"as many as may be started", func(l *spec.Limits) { l.Started = 2 }, evidence.Trace{Role: evidence.You, Procs: 2, Goroutines: 4, Peak: 5}, false},
		{"one more started", func(l *spec.Limits) { l.Started = 2 }, evidence.Trace{Role: evidence.You, Procs: 2, Goroutines: 5}, true},
		{"too many events to count", func(l *spec.Limits) { l.Goroutines = 64 }, evidence.Trace{Role: evidence.You, Procs: 2, Peak: 500, Truncated: true}, false},
		{"of the reference", func(l *spec.Limits) { l.Goroutines = 64 }, evidence.Trace{Role: evidence.Ref, Procs: 2, Peak: 500}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := quietRows[0].evidence(Quorum)
			c.limits(&e.Spec.Limits)
			e.Traces = append(e.Traces, c.trace)
			v := Judge(e)
			if over := v.Outcome == Fail && v.Reason == Unbounded && consistent(v); over != c.over {
				t.Errorf("%s, %s: %s", v.Outcome, v.Reason, v.Explanation)
			}
		})
	}
}

// TestWhereToReadOn: what is counted is what the kata's own lesson is about;
// elsewhere a reason has a lesson of its own.
func TestWhereToReadOn(t *testing.T) {
	b := evidence.Bound{What: "rounds", Got: 9, Limit: 5, Reason: "imbalanced"}
	for _, c := range []struct {
		kind spec.Kind
		own  string
		want string
	}{
		{spec.Counted, "run-queues-and-stealing", "run-queues-and-stealing"},
		{spec.Counted, "", "granularity-and-balance"},
		{spec.Parallel, "work-and-span", "granularity-and-balance"},
	} {
		v := Judge(evidence.Evidence{Spec: spec.Spec{Kind: c.kind, Lesson: c.own}, Ran: 1, Cases: []evidence.CaseRun{
			{Name: "a chain", Procs: 2, Failed: evidence.Broken, Bound: &b},
		}})
		if v.Reason != Imbalanced || v.Lesson != c.want {
			t.Errorf("%s, lesson %q of its own: %s, lesson %s, want %s", c.kind, c.own, v.Reason, v.Lesson, c.want)
		}
	}
}

// TestWhatToTryAfterAWrongAnswer speaks of an input only where one is shown.
func TestWhatToTryAfterAWrongAnswer(t *testing.T) {
	for input, want := range map[string]string{"p=2, costs 1 1": "Write this input", "": "small enough to know the answer"} {
		v := Judge(evidence.Evidence{Spec: spec.Spec{Kind: spec.Counted}, Ran: 1, Cases: []evidence.CaseRun{
			{Name: "a chain", Procs: 2, Failed: evidence.WrongAnswer, Input: input},
		}})
		if !strings.Contains(v.Try, want) {
			t.Errorf("input %q: %s", input, v.Try)
		}
	}
}
