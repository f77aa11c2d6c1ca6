package progress

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// timed gives events ids and rising times.
func timed(events ...Event) []Event {
	for i := range events {
		events[i].ID, events[i].At = newID(), at(i)
	}
	return events
}

func speedup(f float64) *float64 { return &f }

func TestStateOfANewcomerIsEmpty(t *testing.T) {
	s := Fold(nil)
	if right, ever := s.Answered("q"); right || ever {
		t.Error("a question was answered")
	}
	if s.LessonRead("l") || s.KataPassed("k") || s.Attempts("k") != 0 || s.LastReason("k") != "" || s.Hints("k") != 0 || s.SolutionSeen("k") || s.LastKata() != "" {
		t.Errorf("%+v", s)
	}
}

func TestFoldKeepsTheLastAnswer(t *testing.T) {
	s := Fold(timed(AnsweredQuestion("q", true, 1, 0), AnsweredQuestion("q", false, 0.25, 0)))
	if right, ever := s.Answered("q"); right || !ever {
		t.Errorf("right %v, ever %v", right, ever)
	}
	if diff := cmp.Diff(Answer{Score: 0.25, Times: 2, At: at(1)}, s.Answer("q")); diff != "" {
		t.Error(diff)
	}
}

func TestFoldOfAKata(t *testing.T) {
	checked := func(verdict, reason string, s *float64) Event {
		return CheckedKata("k", verdict, reason, s, time.Second)
	}
	for _, c := range []struct {
		name   string
		events []Event
		want   Kata
	}{
		{"started", timed(StartedKata("k")), Kata{Started: true}},
		{"a failed check", timed(checked("fail", "serial", speedup(1))),
			Kata{Attempts: 1, Verdict: "fail", Reason: "serial", At: at(0)}},
		{"once passed, always passed", timed(checked("pass", "ok", speedup(1.8)), checked("fail", "race", speedup(1.9)), ResetKata("k")),
			Kata{Passed: true, Attempts: 2, Verdict: "fail", Reason: "race", At: at(1), Speedup: 1.8}},
		{"the best speed-up of those that passed", timed(checked("pass", "ok", speedup(1.8)), checked("pass", "ok", nil), checked("pass", "ok", speedup(1.5))),
			Kata{Passed: true, Attempts: 3, Verdict: "pass", Reason: "ok", At: at(2), Speedup: 1.8}},
		{"our own fault is no attempt", timed(checked("error", "internal", nil), checked("inconclusive", "noisy-machine", nil)),
			Kata{Attempts: 1, Verdict: "inconclusive", Reason: "noisy-machine", At: at(1)}},
		{"hints begin again after a reset", timed(ShowedHint("k", 2), ShowedHint("k", 1)), Kata{Hints: 2}},
		{"hints after a reset", timed(ShowedHint("k", 2), ResetKata("k"), ShowedHint("k", 1)), Kata{Hints: 1}},
		{"a solution seen stays seen", timed(ShowedSolution("k"), ResetKata("k")), Kata{SolutionSeen: true}},
		{"events of other katas", timed(ShowedSolution("other")), Kata{}},
		{"a kind of a newer version", timed(Event{Kind: "duel-won", Kata: "k"}), Kata{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Fold(c.events)
			if diff := cmp.Diff(c.want, s.Kata("k")); diff != "" {
				t.Error(diff)
			}
			if s.KataPassed("k") != c.want.Passed || s.Attempts("k") != c.want.Attempts || s.LastReason("k") != c.want.Reason ||
				s.Hints("k") != c.want.Hints || s.SolutionSeen("k") != c.want.SolutionSeen {
				t.Error("a method contradicts Kata")
			}
		})
	}
}

func TestLastKataIsTheOneLastStartedOrChecked(t *testing.T) {
	s := Fold(timed(StartedKata("a"), CheckedKata("b", "fail", "serial", nil, 0), ShowedHint("c", 1), ReadLesson("d")))
	if s.LastKata() != "b" {
		t.Error(s.LastKata())
	}
}

func TestFoldMindsNeitherOrderNorRepetition(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	kinds := oneOfEach()
	var events []Event
	for i := range 200 {
		e := kinds[rng.IntN(len(kinds))]
		// Several events of one instant, as two machines can make them.
		e.ID, e.At = newID(), at(i/3)
		e.Right, e.Hint = rng.IntN(2) == 0, rng.IntN(4)+1
		e.Verdict = []string{"pass", "fail", "error"}[rng.IntN(3)]
		events = append(events, e)
	}
	want := Fold(events)
	for range 50 {
		merged := slices.Concat(events, events[:rng.IntN(len(events))])
		rng.Shuffle(len(merged), func(i, j int) { merged[i], merged[j] = merged[j], merged[i] })
		kept := slices.Clone(merged)
		if diff := cmp.Diff(want, Fold(merged), cmp.AllowUnexported(State{})); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(kept, merged); diff != "" {
			t.Fatal("Fold changed its argument:", diff)
		}
	}
}
