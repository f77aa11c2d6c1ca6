package verdict

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

func TestWhatIsWrongBeforeAnyClockDecidesFirst(t *testing.T) {
	finding := []evidence.Finding{{Position: evidence.Position{File: "a.go", Line: 3}, Message: "undefined: x"}}
	wrong := func(f evidence.Failure) []evidence.CaseRun {
		return []evidence.CaseRun{{Name: "empty input", Procs: 2, Failed: f, Detail: "why", At: &evidence.Position{File: "a.go", Line: 5}}}
	}
	good := quietRows[0].evidence(8)
	for _, c := range []struct {
		name   string
		change func(e *evidence.Evidence)
		want   Reason
		line   int
	}{
		{"does not compile", func(e *evidence.Evidence) { e.Compile = finding }, Build, 3},
		{"forbidden", func(e *evidence.Evidence) { e.Refused = finding }, Forbidden, 3},
		{"vet", func(e *evidence.Evidence) { e.Vet = finding }, Vet, 3},
		{"wrong answer", func(e *evidence.Evidence) { e.Cases = wrong(evidence.WrongAnswer) }, WrongAnswer, 5},
		{"panic", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Panic) }, Panic, 5},
		{"deadlock", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Deadlock) }, Deadlock, 5},
		{"timeout", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Timeout) }, Timeout, 5},
		{"leak", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Leak) }, Leak, 5},
		{"memory", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Memory) }, Unbounded, 5},
		{"exit", func(e *evidence.Evidence) { e.Cases = wrong(evidence.Exit) }, Tampered, 5},
		{"race", func(e *evidence.Evidence) { e.Races = []evidence.Race{{At: evidence.Position{File: "a.go", Line: 9}}} }, Race, 9},
		{"wrong in a measured round", func(e *evidence.Evidence) { e.Rounds[7].Wrong = &wrong(evidence.WrongAnswer)[0] }, WrongAnswer, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := good
			e.Rounds = slices.Clone(good.Rounds)
			c.change(&e)
			v := Judge(e)
			if v.Outcome != Fail || v.Reason != c.want || !consistent(v) {
				t.Fatalf("%s, %s; want fail, %s", v.Outcome, v.Reason, c.want)
			}
			if v.At == nil || v.At.Line != c.line {
				t.Errorf("at %v, want line %d", v.At, c.line)
			}
		})
	}
}

func TestWhatGotNoCPUTimeProvesNothing(t *testing.T) {
	e := quietRows[0].evidence(8)
	e.Cases = []evidence.CaseRun{{Name: "a long one", Procs: 8, Failed: evidence.Starved}}
	v := Judge(e)
	if v.Outcome != Inconclusive || v.Reason != NoisyMachine || v.More || !consistent(v) {
		t.Errorf("%s, %s, more %t", v.Outcome, v.Reason, v.More)
	}
	if !strings.Contains(v.Explanation, "a long one") || !strings.Contains(v.Explanation, "GOMAXPROCS=8") {
		t.Errorf("which run it was is not said: %s", v.Explanation)
	}
}

func TestOneCPUIsNeverAPassOrAFailOfParallelism(t *testing.T) {
	quota := 1.5
	for _, m := range []evidence.Machine{{CPUs: 1, P: 1}, {CPUs: 8, P: 1, Quota: &quota}} {
		for _, k := range []spec.Kind{spec.Parallel, spec.Meter} {
			e := evidence.Evidence{Spec: spec.Spec{Kind: k}, Machine: m}
			if v := Judge(e); v.Outcome != Inconclusive || v.Reason != TooFewCores || v.More {
				t.Errorf("%s on %+v: %s, %s, more %v", k, m, v.Outcome, v.Reason, v.More)
			}
			e.Cases = []evidence.CaseRun{{Name: "c", Failed: evidence.WrongAnswer}}
			if v := Judge(e); v.Reason != WrongAnswer {
				t.Errorf("%s: a wrong answer on one CPU gives %s", k, v.Reason)
			}
		}
	}
}

func TestThrottledRoundsDoNotCount(t *testing.T) {
	e := quietRows[2].evidence(8) // serial code
	for i := range e.Rounds {
		e.Rounds[i].Discarded = "throttled"
	}
	if v := Judge(e); v.Outcome != Inconclusive {
		t.Errorf("%s, %s from rounds that do not count", v.Outcome, v.Reason)
	}
}

func TestWithoutACPUClockNothingIsPassed(t *testing.T) {
	e := quietRows[0].evidence(60)
	e.Machine.CPUClock, e.Spent = "", true
	for i := range e.Rounds {
		for _, s := range []map[int]evidence.Sample{e.Rounds[i].You, e.Rounds[i].Ref} {
			for p, x := range s {
				x.CPU = 0
				s[p] = x
			}
		}
	}
	if v := Judge(e); v.Outcome != Inconclusive {
		t.Errorf("%s, %s without a CPU clock", v.Outcome, v.Reason)
	}
}

func TestTheSameEvidenceFromAFileGivesTheSameVerdict(t *testing.T) {
	for _, r := range quietRows {
		e := r.evidence(12)
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		var back evidence.Evidence
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if a, b := Judge(e), Judge(back); a.Reason != b.Reason || a.Explanation != b.Explanation {
			t.Errorf("%s: %s became %s", r.name, a.Explanation, b.Explanation)
		}
	}
}

// FuzzJudge holds that no evidence, however torn, makes Judge panic, pass
// without a round, or leave a figure that JSON cannot carry.
func FuzzJudge(f *testing.F) {
	for _, r := range quietRows[:6] {
		b, err := json.Marshal(r.evidence(8))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte(`{"spec":{"Kind":"overlap"},"rounds":[{"you":{"1":{}},"ref":{"1":{}}}]}`))
	f.Add([]byte(`{"spec":{"Kind":"meter"},"machine":{"p":2},"reports":[{}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var e evidence.Evidence
		if json.Unmarshal(b, &e) != nil || e.Machine.P > 64 {
			return
		}
		v := Judge(e)
		if v.Outcome == Pass && len(e.Rounds)+len(e.Reports) == 0 {
			t.Fatalf("passed on nothing: %s", v.Explanation)
		}
		if _, err := json.Marshal(v.Figures); err != nil && !strings.Contains(err.Error(), "unsupported value") {
			t.Fatal(err)
		}
		if v.Explanation == "" || v.Lesson == "" {
			t.Fatalf("%s without explanation or lesson", v.Reason)
		}
	})
}
