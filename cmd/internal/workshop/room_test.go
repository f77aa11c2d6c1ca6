package workshop

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func minute(n int) time.Time { return time.Date(2026, 1, 2, 9, n, 0, 0, time.UTC) }

func check(verdict, reason string, speedup float64) *Result {
	return &Result{ID: "result-" + reason, Kind: Checked, Item: "merge-sort", Verdict: verdict, Reason: reason, Speedup: speedup, CPUs: 2}
}

func TestACellAddsUpWhatALearnerDid(t *testing.T) {
	type step struct {
		r  *Result
		at int
	}
	for _, c := range []struct {
		name  string
		steps []step
		want  Cell
	}{
		{"begun", []step{{&Result{Kind: Started}, 0}}, Cell{State: Working, First: minute(0), Last: minute(0)}},
		{"failed", []step{{&Result{Kind: Started}, 0}, {check("fail", "serial", 1.1), 5}}, Cell{
			State: Failed, Attempts: 1, First: minute(0), Last: minute(5), Verdict: "fail", Reason: "serial", Same: 1, Speedup: 1.1, CPUs: 2, Latest: "result-serial"}},
		{"the same failure three times", []step{{check("fail", "serial", 1.1), 1}, {check("fail", "serial", 1), 2}, {check("fail", "serial", 1.05), 3}}, Cell{
			State: Failed, Attempts: 3, First: minute(1), Last: minute(3), Verdict: "fail", Reason: "serial", Same: 3, Speedup: 1.05, CPUs: 2, Latest: "result-serial"}},
		{"another failure counts anew", []step{{check("fail", "serial", 0), 1}, {check("fail", "race", 0), 2}}, Cell{
			State: Failed, Attempts: 2, First: minute(1), Last: minute(2), Verdict: "fail", Reason: "race", Same: 1, Latest: "result-race"}},
		{"passed, then worse", []step{{check("pass", "ok", 1.8), 1}, {check("fail", "serial", 1), 2}}, Cell{
			State: Passed, Attempts: 2, First: minute(1), Last: minute(2), PassedAt: minute(1), Verdict: "fail", Reason: "serial", Same: 1, Speedup: 1.8, CPUs: 2, Latest: "result-serial"}},
		{"passed, then better", []step{{check("pass", "ok", 1.5), 1}, {check("pass", "ok", 1.9), 2}}, Cell{
			State: Passed, Attempts: 2, First: minute(1), Last: minute(2), PassedAt: minute(1), Verdict: "pass", Reason: "ok", Same: 2, Speedup: 1.9, CPUs: 2, Latest: "result-ok"}},
		{"an error of ours is no attempt", []step{{&Result{Kind: Started}, 0}, {check("error", "internal", 0), 1}}, Cell{
			State: Working, First: minute(0), Last: minute(1)}},
		{"inconclusive", []step{{check("inconclusive", "noisy-machine", 1.2), 1}}, Cell{
			State: Unsure, Attempts: 1, First: minute(1), Last: minute(1), Verdict: "inconclusive", Reason: "noisy-machine", Same: 1, Speedup: 1.2, CPUs: 2, Latest: "result-noisy-machine"}},
		// What waited for a network must not overwrite what came after it.
		{"a late failure", []step{{check("pass", "ok", 1.8), 5}, {check("fail", "serial", 1), 2}}, Cell{
			State: Passed, Attempts: 2, First: minute(2), Last: minute(5), PassedAt: minute(5), Verdict: "pass", Reason: "ok", Same: 1, Speedup: 1.8, CPUs: 2, Latest: "result-ok"}},
		{"a late pass", []step{{check("fail", "serial", 1), 5}, {check("pass", "ok", 1.8), 2}}, Cell{
			State: Passed, Attempts: 2, First: minute(2), Last: minute(5), PassedAt: minute(2), Verdict: "fail", Reason: "serial", Same: 1, Speedup: 1.8, CPUs: 2, Latest: "result-serial"}},
		{"hints and solution", []step{{&Result{Kind: Hint, Hint: 2}, 1}, {&Result{Kind: Hint, Hint: 1}, 2}, {&Result{Kind: Solution}, 3}}, Cell{
			State: Working, Hints: 2, Seen: true, First: minute(1), Last: minute(3)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got Cell
			for _, s := range c.steps {
				got.Add(s.r, minute(s.at), 0)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Whatever comes, in whatever order: a pass stays a pass, no time is negative.
func TestNoOrderOfResultsBreaksACell(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var c Cell
		passed, attempts := false, 0
		for range 12 {
			r := check([]string{"pass", "fail", "inconclusive", "error"}[random.IntN(4)], fmt.Sprint(random.IntN(2)), random.Float64()*2)
			at := minute(random.IntN(50))
			c.Add(r, at, 0)
			passed = passed || r.Verdict == "pass"
			if r.Verdict != "error" {
				attempts++
			}
			if passed != (c.State == Passed) || c.Attempts != attempts || c.Last.Before(c.First) || c.OnTask(minute(0)) < 0 {
				t.Fatalf("after %+v: %+v", r, c)
			}
			if passed && (c.PassedAt.Before(c.First) || c.OnTask(minute(59)) != c.PassedAt.Sub(c.First)) {
				t.Fatalf("passed at a wrong time: %+v", c)
			}
		}
	}
}

func TestStuckIsWhoGetsNowhere(t *testing.T) {
	l := Limits{Quiet: 10 * time.Minute, Same: 3}
	for _, c := range []struct {
		name string
		cell Cell
		now  int
		why  string
	}{
		{"works", Cell{State: Working, First: minute(0), Last: minute(5)}, 14, ""},
		{"has done nothing for ten minutes", Cell{State: Working, First: minute(0), Last: minute(5)}, 15, "no progress"},
		{"failed the same way three times", Cell{State: Failed, Same: 3, First: minute(0), Last: minute(5)}, 6, "same failure"},
		{"failed in two ways", Cell{State: Failed, Same: 2, First: minute(0), Last: minute(5)}, 6, ""},
		{"has passed", Cell{State: Passed, Same: 9, First: minute(0), Last: minute(5)}, 50, ""},
		{"has gone home", Cell{State: Failed, Same: 9, First: minute(0), Last: minute(5)}, 5 + 121, ""},
		{"has not begun", Cell{}, 50, ""},
		{"a noisy machine three times", Cell{State: Unsure, Same: 3, First: minute(0), Last: minute(5)}, 6, ""},
	} {
		if why, _ := c.cell.Stuck(minute(c.now), l); why != c.why {
			t.Errorf("%s: %q, not %q", c.name, why, c.why)
		}
	}
	people := []*Person{
		{Learner: Learner{ID: 1}, Cells: map[string]*Cell{"a": {State: Working, First: minute(0), Last: minute(20)}}},
		{Learner: Learner{ID: 2}, Cells: map[string]*Cell{"a": {State: Working, First: minute(0), Last: minute(2)}, "b": {State: Working, First: minute(3), Last: minute(15)}}},
		{Learner: Learner{ID: 3}, Cells: map[string]*Cell{"a": {State: Failed, Same: 4, First: minute(1), Last: minute(29)}}},
		{Learner: Learner{ID: 4}},
		{Learner: Learner{ID: 5}, Last: minute(2), Left: minute(2), Cells: map[string]*Cell{"a": {State: Working, First: minute(0), Last: minute(2)}}},
	}
	var order []string
	for _, s := range Stuck(people, minute(30), l) {
		order = append(order, fmt.Sprintf("%d %s %s", s.ID, s.Kata, s.Why))
	}
	// The kata tried last counts, and who is stuck the longest comes first.
	if diff := cmp.Diff([]string{"3 a same failure", "2 b no progress", "1 a no progress"}, order); diff != "" {
		t.Error(diff)
	}
}

// A result that was long on its way happened before the host's clock says so: the
// check that came after it, faster, is the last one all the same.
func TestWhatWasLongOnItsWayHidesNothing(t *testing.T) {
	slow, fast := check("fail", "serial", 1), check("fail", "race", 1)
	fast.ID = "result-fast"
	p := &Person{Learner: Learner{ID: 1}}
	p, _ = p.With(slow, minute(5), 1) // it took 20 s to come
	fast.AgeMS = 20_000               // it happened meanwhile, and came 5 s later
	p, c := p.With(fast, minute(5).Add(5*time.Second), 2)
	if c.Reason != "race" || c.Latest != "result-fast" || !c.Last.Equal(minute(5)) || !p.Last.Equal(minute(5)) {
		t.Errorf("the last check is %s, %s, at %v", c.Latest, c.Reason, c.Last)
	}
}

func TestAPersonIsNeverChanged(t *testing.T) {
	p := &Person{Learner: Learner{ID: 1, Joined: minute(0)}}
	q, c := p.With(check("fail", "serial", 1), minute(5), 3)
	r, d := q.With(check("pass", "ok", 1.9), minute(6), 4)
	if len(p.Cells) != 0 || q.Cells["merge-sort"] != c || c.State != Failed || r.Cells["merge-sort"] != d || d.State != Passed {
		t.Error("an earlier value has changed")
	}
	if p.Seq != 0 || q.Seq != 3 || r.Seq != 4 || !r.Last.Equal(minute(6)) {
		t.Errorf("numbers %d %d %d, last %v", p.Seq, q.Seq, r.Seq, r.Last)
	}
}

func TestSummariesCountEachLearnerOnce(t *testing.T) {
	people := []*Person{
		{Cells: map[string]*Cell{"a": {State: Passed, Attempts: 2, First: minute(0), PassedAt: minute(10), Speedup: 1.8, Attainable: 1.9, Reason: "ok"}}},
		{Cells: map[string]*Cell{"a": {State: Passed, Attempts: 1, First: minute(0), PassedAt: minute(20), Speedup: 1.6, Attainable: 1.7, Reason: "ok"}}},
		{Cells: map[string]*Cell{"a": {State: Failed, Attempts: 4, Reason: "serial"}, "b": {State: Working}}},
		{Cells: map[string]*Cell{"a": {State: Unsure, Attempts: 1, Reason: "noisy-machine"}}},
		{Cells: map[string]*Cell{"a": {State: Failed, Attempts: 1, Reason: "serial"}}},
	}
	want := []KataSummary{
		{Kata: "a", Count: Count{Failed: 2, Unsure: 1, Passed: 2}, Attempts: 9, MedianMinutes: 15, Best: 1.8, MedianSpeedup: 1.7, Attainable: 1.8,
			Reasons: []ReasonCount{{"serial", 2}, {"noisy-machine", 1}}},
		{Kata: "b", Count: Count{Working: 1}},
	}
	got := Summaries(people)
	for i := range got {
		got[i].MedianSpeedup, got[i].Attainable = round(got[i].MedianSpeedup), round(got[i].Attainable)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func round(x float64) float64 { return float64(int(x*100+0.5)) / 100 }
