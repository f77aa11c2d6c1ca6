//go:build !race

// Not with -race: the children are links to the test binary, and no limit on
// memory fits the race detector.

package meter

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/probe"
	"gokata/checker/spec"
)

// pair is a check of one suite's program against the right one.
func pair(t *testing.T, you string) Programs {
	t.Helper()
	return Programs{You: program(t, you), Ref: program(t, "right")}
}

func parallel() spec.Spec { return spec.Spec{Kind: spec.Parallel, Compare: spec.Equal} }

func TestCasesStopAtTheFirstFailure(t *testing.T) {
	t.Parallel()
	for _, w := range []struct {
		you  string
		ran  int // at GOMAXPROCS 1 and 2
		want *evidence.CaseRun
	}{
		{"right", 8, nil}, // one number, twice "counted", one workload
		{"wrong", 1, &evidence.CaseRun{Name: "number", Procs: 1, Failed: evidence.WrongAnswer, Got: "-1"}},
		{"panics", 1, &evidence.CaseRun{Name: "number", Procs: 1, Failed: evidence.Panic}},
		{"deadlocks", 1, &evidence.CaseRun{Name: "number", Procs: 1, Failed: evidence.Deadlock}},
		{"leaks", 3, &evidence.CaseRun{Name: "counted", Procs: 1, Failed: evidence.WrongAnswer, Got: "done"}},
	} {
		t.Run(w.you, func(t *testing.T) {
			t.Parallel()
			a, err := pair(t, w.you).Cases(t.Context(), parallel(), []int{1, 2}, 3, false)
			if err != nil {
				t.Fatal(err)
			}
			if a.Ran != w.ran || a.Race != nil || (a.Failed == nil) != (w.want == nil) {
				t.Fatalf("ran %d, want %d: %+v, race %v", a.Ran, w.ran, a.Failed, a.Race)
			}
			if f := w.want; f != nil {
				if a.Failed.Name != f.Name || a.Failed.Procs != f.Procs || a.Failed.Failed != f.Failed || a.Failed.Got != f.Got {
					t.Errorf("%+v, want %+v", *a.Failed, *f)
				}
				return
			}
			if len(a.Facts) != 6 || a.Facts[0].Case != "counted" || a.Facts[0].You["in_flight"] != 7 || a.Facts[0].Ref["in_flight"] != 7 {
				t.Errorf("facts %+v", a.Facts)
			}
		})
	}
}

func TestABoundThatIsBrokenFailsARightAnswerButNotUnderTheRaceDetector(t *testing.T) {
	t.Parallel()
	for _, w := range []struct {
		you    string
		race   bool
		broken bool
		facts  int
	}{
		{"keeps", false, false, 2},
		{"breaks", false, true, 0},
		{"breaks", true, false, 0},
	} {
		p := Programs{You: program(t, w.you), Ref: program(t, "keeps")}
		a, err := p.Cases(t.Context(), spec.Spec{Kind: spec.Counted, Compare: spec.Equal}, []int{1, 2}, 3, w.race)
		if err != nil {
			t.Fatal(err)
		}
		if (a.Failed != nil) != w.broken || len(a.Facts) != w.facts {
			t.Errorf("%+v: %+v, %d facts", w, a.Failed, len(a.Facts))
			continue
		}
		want := evidence.Bound{What: "threads", Got: 7, Limit: 6, Reason: "unbounded", Try: "Fewer."}
		if w.broken && (a.Failed.Failed != evidence.Broken || a.Failed.Procs != 1 || *a.Failed.Bound != want) {
			t.Errorf("%+v, %+v", a.Failed, a.Failed.Bound)
		}
		if w.facts > 0 && len(a.Facts[0].Bounds) != 2 {
			t.Errorf("%+v", a.Facts[0])
		}
	}
}

func TestWhatIsLeftRunningIsALeakAtItsLine(t *testing.T) {
	t.Parallel()
	p := Programs{You: program(t, "leaks"), Ref: program(t, "leaks")}
	a, err := p.Cases(t.Context(), parallel(), []int{1, 2}, 3, false)
	if err != nil {
		t.Fatal(err)
	}
	if a.Failed == nil || a.Failed.Failed != evidence.Leak || !strings.HasPrefix(a.Failed.Detail, "2 goroutines") || a.Failed.At == nil || a.Failed.At.File != "solution.go" {
		t.Errorf("%+v", a.Failed)
	}
}

func TestAReferenceThatFailsIsOurFault(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"panics", "deadlocks"} {
		p := Programs{You: program(t, "right"), Ref: program(t, ref)}
		if a, err := p.Cases(t.Context(), parallel(), []int{1}, 3, false); err == nil || !strings.Contains(err.Error(), "reference") {
			t.Errorf("%s: %+v, %v", ref, a, err)
		}
	}
	p := Programs{You: program(t, "right"), Ref: program(t, "panics")}
	m := NewSession(p, parallel(), []int{1}, 1)
	defer m.Close()
	if r, err := m.Round(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "reference") {
		t.Errorf("%+v, %v", r, err)
	}
	if wrong, err := p.Traces(t.Context(), evidence.Ref, 1, 1, 1, nil); err == nil || wrong != nil {
		t.Errorf("%+v, %v", wrong, err)
	}
}

func TestARoundHoldsASampleOfEveryRunner(t *testing.T) {
	t.Parallel()
	m := NewSession(pair(t, "right"), parallel(), []int{1, 2}, 1)
	defer m.Close()
	pids := map[float64]int{}
	const rounds = 2*roundsPerChild + 1
	for range rounds {
		r, err := m.Round(t.Context(), 1)
		if err != nil || r.Wrong != nil {
			t.Fatalf("%+v, %v", r.Wrong, err)
		}
		for _, samples := range []map[int]evidence.Sample{r.You, r.Ref} {
			for _, procs := range []int{1, 2} {
				s, ok := samples[procs]
				if !ok || s.Wall <= 0 || s.CPU <= 0 || s.Wait == nil || *s.Wait < 0 || s.Early < 0 || s.Late < 0 {
					t.Errorf("at GOMAXPROCS=%d: %+v", procs, s)
				}
				pids[s.Facts["pid"]]++
			}
		}
	}
	if len(pids) != 4*3 {
		t.Errorf("%d processes served %d rounds; 4 fresh ones are due every %d", len(pids), rounds, roundsPerChild)
	}
	for pid, n := range pids {
		if n > roundsPerChild {
			t.Errorf("process %v served %d rounds", pid, n)
		}
	}
	m.Close()
	for pid := range pids {
		if !gone(int(pid)) {
			t.Errorf("process %v is still there", pid)
		}
	}
}

func TestARoundTellsWhatWentWrong(t *testing.T) {
	t.Parallel()
	for you, want := range map[string]evidence.Failure{
		"wrong": evidence.WrongAnswer, "panics": evidence.Panic, "panics-in-the-third-run": evidence.Panic,
		"leaks-in-the-third-run": evidence.Leak,
	} {
		m := NewSession(pair(t, you), parallel(), []int{1, 2}, 1)
		if strings.HasSuffix(you, "-in-the-third-run") {
			m.programs.Ref = program(t, "done")
		}
		var r evidence.Round
		var err error
		for range 5 {
			if r, err = m.Round(t.Context(), 1); r.Wrong != nil || err != nil {
				break
			}
		}
		m.Close()
		if err != nil || r.Wrong == nil || r.Wrong.Failed != want || r.Wrong.Procs == 0 {
			t.Errorf("%s: %+v, %v; want %s", you, r.Wrong, err, want)
		}
	}
}

func TestTracesAreGivenOneByOne(t *testing.T) {
	t.Parallel()
	n := 0
	wrong, err := pair(t, "right").Traces(t.Context(), evidence.You, 2, 3, 1, func(raw []byte, out Outcome) error {
		if n++; len(raw) == 0 || out.Sample.CPU <= 0 || out.Result.Digest == "" {
			t.Errorf("trace %d: %d bytes, %d ns", n, len(raw), out.Sample.CPU)
		}
		return nil
	})
	if wrong != nil || err != nil || n != 3 {
		t.Errorf("%d traces: %+v, %v", n, wrong, err)
	}
	stop := errors.New("enough")
	if _, err := pair(t, "right").Traces(t.Context(), evidence.You, 2, 3, 1, func([]byte, Outcome) error { return stop }); err != stop {
		t.Errorf("%v, want %v", err, stop)
	}
	wrong, err = pair(t, "panics-in-the-third-run").Traces(t.Context(), evidence.You, 2, 3, 1, func([]byte, Outcome) error { return nil })
	if err != nil || wrong == nil || wrong.Failed != evidence.Panic || wrong.Name != "traced run" {
		t.Errorf("a panic while traced: %+v, %v", wrong, err)
	}
}

func TestReportsStandBesideOurClocks(t *testing.T) {
	t.Parallel()
	all, wrong, err := pair(t, "reports").Reports(t.Context(), 2, 3, 1)
	if err != nil || wrong != nil || len(all) != 6 {
		t.Fatalf("%d reports, %+v, %v", len(all), wrong, err)
	}
	for i, r := range all {
		want := []string{"a", "b"}[i%2]
		if r.Workload != want || r.Procs != 2 || r.SaidWall == 0 || r.SaidCPU == 0 || r.Wall <= 0 || r.CPU < 0 {
			t.Errorf("%+v", r)
		}
	}
	if _, wrong, err := pair(t, "panics").Reports(t.Context(), 2, 1, 1); err != nil || wrong == nil || wrong.Failed != evidence.Panic {
		t.Errorf("%+v, %v", wrong, err)
	}
	if _, _, err := pair(t, "mumbles").Reports(t.Context(), 2, 1, 1); err == nil {
		t.Error("a text is taken for a reading")
	}
}

func TestTheContextEndsWhateverRuns(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"spin", "print", "deadlock"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			c, err := Start(ctx, Config{Binary: program(t, "failures"), Procs: 2})
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			time.AfterFunc(100*time.Millisecond, cancel)
			_, err = c.run(t, ctx, name, time.Minute)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("run: %v", err)
			}
			if f, ours := c.Failure(ctx, err); !errors.Is(ours, context.Canceled) {
				t.Errorf("the solution is blamed: %+v, %v", f, ours)
			}
			c.Close()
			c.Close()
			if !gone(c.group.PID()) {
				t.Error("the process is still there")
			}
		})
	}
}

func TestACheckThatIsCancelledLeavesNoProcess(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	p := Programs{You: program(t, "failures"), Ref: program(t, "failures")}
	time.AfterFunc(300*time.Millisecond, cancel)
	if a, err := p.Cases(ctx, parallel(), []int{1, 2}, 1, false); !errors.Is(err, context.Canceled) {
		t.Errorf("%+v, %v", a, err)
	}
	for _, path := range []string{p.You, p.Ref} {
		if pids := running(t, path); len(pids) > 0 {
			t.Errorf("%s still runs: %v", filepath.Base(path), pids)
		}
	}
}

// running lists the processes that were started by a path.
func running(t *testing.T, path string) (pids []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err == nil && strings.HasPrefix(string(b), path+"\x00") {
			pids = append(pids, filepath.Base(filepath.Dir(f)))
		}
	}
	return pids
}

func TestAProgramThatDoesNotServe(t *testing.T) {
	t.Parallel()
	if c, err := Start(t.Context(), Config{Binary: filepath.Join(t.TempDir(), "none"), Procs: 1}); !errors.Is(err, fs.ErrNotExist) || c != nil {
		t.Errorf("a binary that is not there: %v, %v", c, err)
	}
	script := filepath.Join(t.TempDir(), "script")
	for text, want := range map[string]evidence.Failure{
		"#!/bin/sh\nexit 0\n":                                 evidence.Exit, // as os.Exit(0) in an init function would
		"#!/bin/sh\necho PASS\nexit 0\n":                      evidence.Exit,
		"#!/bin/sh\necho >&4 PASS PASS PASS PASS PASS PASS\n": evidence.Exit, // no frame
		"#!/bin/sh\nkill -9 $$\n":                             evidence.Memory,
	} {
		if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
		c, err := Start(t.Context(), Config{Binary: script, Procs: 1})
		if err == nil || c == nil {
			t.Fatalf("%q: %v", text, err)
		}
		f, ours := c.Failure(t.Context(), err)
		if ours != nil || f.Kind != want || f.Detail == "" {
			t.Errorf("%q: %+v, %v; want %s", text, f, ours, want)
		}
		c.Close()
	}
}

func TestNoFailureBecomesARun(t *testing.T) {
	t.Parallel()
	c := begin(t, "right", 1)
	if _, err := c.Run(t.Context(), Task{Index: 99}, time.Minute); err == nil {
		t.Fatal("a task that is not there has run")
	} else if f, ours := c.Failure(t.Context(), err); ours != nil || f.Kind != evidence.Exit || !strings.Contains(f.Detail, "harness") {
		t.Errorf("%+v, %v", f, ours)
	}
	if _, err := c.Run(t.Context(), c.task(t, "number"), time.Minute); err == nil {
		t.Error("a child that has ended has run a task")
	}
}

func TestFramesOfAnotherNonceAreRefused(t *testing.T) {
	t.Parallel()
	c := begin(t, "right", 1)
	c.nonce[3]++
	_, err := c.Run(t.Context(), c.task(t, "number"), time.Minute)
	if err == nil {
		t.Fatal("a task has run")
	}
	c.nonce[3]--
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	other := &Child{from: r, frames: make(chan frame, 4), group: c.group, nonce: probe.Nonce{1}}
	go other.receive()
	if err := probe.Write(w, probe.Nonce{2}, probe.Done, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := other.answer(t.Context(), probe.Done, time.Minute); !errors.Is(err, probe.ErrProtocol) {
		t.Errorf("a frame with another nonce: %v", err)
	}
	r.Close()
}
