package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/member"
)

func TestEveryKindOfProgressIsReportedOrKnowinglyNot(t *testing.T) {
	speedup, nothing := 1.5, math.NaN()
	for _, tt := range []struct {
		event progress.Event
		want  workshop.Result
	}{
		{progress.ReadLesson("a"), workshop.Result{Kind: workshop.Read, Item: "a"}},
		{progress.AnsweredQuestion("q", true, 0.5, time.Minute), workshop.Result{Kind: workshop.Answered, Item: "q", Right: true, Score: 0.5}},
		{progress.StartedKata("k"), workshop.Result{Kind: workshop.Started, Item: "k"}},
		{progress.CheckedKata("k", "pass", "ok", &speedup, time.Second),
			workshop.Result{Kind: workshop.Checked, Item: "k", Verdict: "pass", Reason: "ok", Speedup: 1.5, ElapsedMS: 1000}},
		{progress.CheckedKata("k", "fail", "panic", nil, 0), workshop.Result{Kind: workshop.Checked, Item: "k", Verdict: "fail", Reason: "panic"}},
		{progress.CheckedKata("k", "pass", "ok", &nothing, 0), workshop.Result{Kind: workshop.Checked, Item: "k", Verdict: "pass", Reason: "ok"}},
		{progress.ShowedHint("k", 2), workshop.Result{Kind: workshop.Hint, Item: "k", Hint: 2}},
		{progress.ShowedSolution("k"), workshop.Result{Kind: workshop.Solution, Item: "k"}},
		{progress.WroteWords("q", "my own"), workshop.Result{}},
		{progress.ResetKata("k"), workshop.Result{}},
		{progress.BeganInterview("i", 30, "", "", nil, ""), workshop.Result{}},
		{progress.EndedInterview("i", 0), workshop.Result{}},
	} {
		got, ok := resultOf(tt.event)
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(tt.want)
		if ok != (tt.want.Kind != "") || !bytes.Equal(a, b) {
			t.Errorf("%s: %s, %v; want %s", tt.event.Kind, a, ok, b)
		}
	}
}

// quoting is a report with lines of source in it.
func quoting() report.Report {
	s, a := 1.5, 1.9
	secret := []evidence.Finding{{Message: "declared and not used: x", Source: "var secret = 1"}}
	return report.Report{
		Evidence: evidence.Evidence{Machine: evidence.Machine{CPUs: 4, P: 2}, Refused: secret, Compile: secret, Vet: secret},
		Verdict: verdict.Verdict{Outcome: "pass", Reason: "ok", Figures: verdict.Figures{
			Speedup: &s, Attainable: &a, Predicted: map[int]verdict.Bounds{2: {Low: 1, High: 2}, 64: {Low: math.NaN(), High: 9}},
		}},
		Files: map[string]string{"a.go": "package a"},
	}
}

func TestACheckIsReportedWithItsFiguresAndItsReport(t *testing.T) {
	res := workshop.Result{ID: "12345678", Kind: workshop.Checked, Item: "k"}
	measured(&res, quoting(), true)
	if res.Speedup != 1.5 || res.Attainable != 1.9 || res.CPUs != 2 || len(res.Curve) != 1 || res.Curve["2"] != 1.5 {
		t.Errorf("figures: %+v", res)
	}
	var doc struct{ Verdict string }
	if err := json.Unmarshal(res.Report, &doc); err != nil || doc.Verdict != "pass" {
		t.Errorf("report: %s, %v", res.Report, err)
	}
	if res.Source["a.go"] != "package a" {
		t.Errorf("source: %v", res.Source)
	}
	if err := res.Verify(); err != nil {
		t.Error(err)
	}
}

func TestNoLineOfSourceIsReportedUnlessAgreed(t *testing.T) {
	r := quoting()
	for _, agreed := range []bool{false, true} {
		res := workshop.Result{Kind: workshop.Checked, Item: "k"}
		measured(&res, r, agreed)
		text, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range []string{"var secret", "package a"} {
			if strings.Contains(string(text), source) != agreed {
				t.Errorf("agreed %v: %s", agreed, text)
			}
		}
	}
	if r.Evidence.Vet[0].Source == "" {
		t.Error("the report that the learner sees has lost its source, too")
	}
}

// inWorkshop makes the world's learner a member of a workshop that nobody hosts.
func inWorkshop(t testing.TB, env *Env) (member.Folder, *member.Member) {
	t.Helper()
	if code := Run(context.Background(), *env, []string{"next"}); code != ExitDone {
		t.Fatalf("exit code %d", code)
	}
	folder := member.In(filepath.Join(env.Home, "gokata", ".gokata"))
	m := &member.Member{URL: "https://127.0.0.1:1", Code: "K7QF-MPXT", Token: "AAAAAAAAAAAAAAAAAAAAAA", Name: "Kim", Joined: time.Now().UTC()}
	if err := folder.Join(m); err != nil {
		t.Fatal(err)
	}
	env.Out.(*bytes.Buffer).Reset()
	return folder, m
}

func TestACheckInAWorkshopPrintsAndReturnsWhatItDoesElsewhere(t *testing.T) {
	for outcome, want := range map[verdict.Outcome]int{verdict.Pass: 0, verdict.Fail: 1, verdict.Inconclusive: 3, verdict.Error: 4} {
		for _, flags := range [][]string{nil, {"--json"}} {
			var said [2]string
			for i := range said {
				env, out, errs := world(t, scripted(func() (report.Report, error) {
					return report.Report{Verdict: verdict.Verdict{Outcome: outcome}}, nil
				}))
				folder, _ := inWorkshop(t, &env)
				if i == 0 {
					if err := folder.Leave(); err != nil {
						t.Fatal(err)
					}
				}
				if code := Run(context.Background(), env, []string{"start", "parallel-sum"}); code != 0 {
					t.Fatalf("start: %d, %s", code, errs)
				}
				out.Reset()
				if code := Run(context.Background(), env, append([]string{"check", "parallel-sum"}, flags...)); code != want {
					t.Errorf("%s: exit code %d, want %d", outcome, code, want)
				}
				said[i] = out.String() + errs.String()
				if got := folder.Waiting(); got != 2*i {
					t.Errorf("%s: %d results wait, want %d", outcome, got, 2*i)
				}
			}
			if said[0] != said[1] {
				t.Errorf("%s %v: in no workshop\n%s\nin one\n%s", outcome, flags, said[0], said[1])
			}
		}
	}
}

func TestASpoolThatCannotBeWrittenIsOneWarning(t *testing.T) {
	env, _, errs := world(t, nil)
	folder, _ := inWorkshop(t, &env)
	spool := filepath.Join(string(folder), "spool")
	if err := errors.Join(os.RemoveAll(spool), os.WriteFile(spool, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"hint", "parallel-sum"}, {"start", "parallel-sum"}} {
		errs.Reset()
		if code := Run(context.Background(), env, args); code != ExitDone {
			t.Errorf("%v: exit code %d", args, code)
		}
		if n := strings.Count(errs.String(), "gokata: not reported to the workshop"); n != 1 {
			t.Errorf("%v: %d warnings: %s", args, n, errs)
		}
	}
}

func TestACourierIsStartedWhereNoneIsAtWork(t *testing.T) {
	env, _, _ := world(t, nil)
	var started []string
	env.Courier = func(workspace string) { started = append(started, workspace) }
	if Run(context.Background(), env, []string{"next"}); len(started) > 0 {
		t.Errorf("in no workshop one was started: %v", started)
	}
	folder, m := inWorkshop(t, &env)
	Run(context.Background(), env, []string{"hint", "parallel-sum"})
	if len(started) == 0 || started[0] != filepath.Join(env.Home, "gokata") {
		t.Errorf("started in %v", started)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- member.Carry(ctx, folder) }()
	for !folder.Running() {
		select {
		case err := <-ended:
			t.Fatalf("it ended with %v before it began", err)
		case <-time.After(time.Millisecond):
		}
	}
	started = nil
	Run(context.Background(), env, []string{"hint", "parallel-sum"})
	stop()
	if err := <-ended; err != nil || len(started) > 0 {
		t.Errorf("beside one that was at work: %v; it ended with %v", started, err)
	}
	gone, _ := json.Marshal(member.Link{Member: m.ID, Gone: true})
	if err := os.WriteFile(filepath.Join(string(folder), "link.json"), gone, 0o600); err != nil {
		t.Fatal(err)
	}
	if Run(context.Background(), env, []string{"hint", "parallel-sum"}); len(started) > 0 {
		t.Error("one was started for somebody whom the host does not know")
	}
}

// BenchmarkAttend is what a workshop costs a command at its start, beside a
// courier that is at work.
func BenchmarkAttend(b *testing.B) {
	env, _, _ := world(b, nil)
	folder, m := inWorkshop(b, &env)
	now := time.Now()
	if err := folder.Hear(m, workshop.Told{Now: now, Stage: workshop.Stage{Cue: "Go", Until: now.Add(time.Hour)}}, now); err != nil {
		b.Fatal(err)
	}
	a := newApp(env, nil)
	for b.Loop() {
		a.attend(true)
	}
}

// BenchmarkReport is what it costs to report one result.
func BenchmarkReport(b *testing.B) {
	folder := member.In(b.TempDir())
	if err := folder.Join(&member.Member{URL: "https://127.0.0.1:1", Code: "K7QF-MPXT", Token: "AAAAAAAAAAAAAAAAAAAAAA"}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if folder.Waiting() == 100 {
			b.StopTimer()
			entries, _ := os.ReadDir(filepath.Join(string(folder), "spool"))
			for _, e := range entries {
				os.Remove(filepath.Join(string(folder), "spool", e.Name()))
			}
			b.StartTimer()
		}
		if err := folder.Add(workshop.Result{Kind: workshop.Read, Item: "a"}, time.Now()); err != nil {
			b.Fatal(err)
		}
	}
}
