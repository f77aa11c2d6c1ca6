package progress

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAClockThatJumpsBack: what comes later is later, whatever the clock says.
func TestAClockThatJumpsBack(t *testing.T) {
	ahead := CheckedKata("parallel-sum", "fail", "serial", nil, 0)
	ahead.ID, ahead.At = "ahead", time.Now().Add(48*time.Hour).UTC().Round(0)
	log := logOf(t, "")
	must(t, log.Append(ahead))
	for _, verdict := range []string{"fail", "pass"} { // now, two days before
		must(t, log.Append(CheckedKata("parallel-sum", verdict, "ok", nil, 0)))
	}
	must(t, log.Append(ResetKata("parallel-sum")))
	must(t, log.Append(ShowedHint("parallel-sum", 1)))
	events, warnings, err := log.Read()
	if err != nil || len(warnings) > 0 || len(events) != 5 {
		t.Fatal(events, warnings, err)
	}
	for _, e := range events[1:] {
		if e.After.IsZero() || e.At.After(time.Now()) {
			t.Errorf("at %v, after %v", e.At, e.After)
		}
	}
	slices.Reverse(events) // as a merge may have them
	k := Fold(events).Kata("parallel-sum")
	if k.Verdict != "pass" || k.Attempts != 3 || k.Hints != 1 {
		t.Errorf("%+v", k)
	}
	if !k.At.Before(time.Now().Add(time.Hour)) {
		t.Errorf("the last check was at %v, by a clock that is right", k.At)
	}
}

func TestAClockThatRunsWellLeavesNoTrace(t *testing.T) {
	log := logOf(t, "")
	for range 50 {
		must(t, log.Append(ReadLesson("x")))
	}
	events, _, err := log.Read()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range events {
		if !e.After.IsZero() && e.At.After(events[i-1].At) {
			t.Errorf("event %d: at %v, after %v", i, e.At, e.After)
		}
	}
}

// filled is a log that two machines share, and more of its own.
func filled(t *testing.T, own string, n int) *Log {
	log := logOf(t, "")
	for _, e := range oneOfEach() {
		must(t, log.Append(e))
	}
	for i := range n {
		e := AnsweredQuestion(own, i%2 == 0, 1, time.Second)
		e.At = at(100 + i)
		must(t, log.Append(e))
	}
	return log
}

func exported(t *testing.T, log *Log) string {
	t.Helper()
	var b bytes.Buffer
	if _, _, err := log.Export(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func stateOf(t *testing.T, log *Log) *State {
	t.Helper()
	events, warnings, err := log.Read()
	if err != nil || len(warnings) > 0 {
		t.Fatal(warnings, err)
	}
	return Fold(events)
}

func TestMergingBothWaysGivesTheSame(t *testing.T) {
	a, b := filled(t, "mine", 5), filled(t, "yours", 3)
	fromA, fromB := exported(t, a), exported(t, b)
	for _, c := range []struct {
		log    *Log
		text   string
		added  int
		known  int
		repeat int
	}{{a, fromB, 3, 10, 13}, {b, fromA, 5, 10, 15}} {
		added, known, warnings, err := c.log.Import(strings.NewReader(c.text), "theirs")
		if err != nil || len(warnings) > 0 || added != c.added || known != c.known {
			t.Fatalf("%d added, %d known, %v, %v", added, known, warnings, err)
		}
		if added, known, _, err := c.log.Import(strings.NewReader(c.text), "theirs"); added != 0 || known != c.repeat || err != nil {
			t.Fatalf("again: %d added, %d known, %v", added, known, err)
		}
	}
	if diff := cmp.Diff(stateOf(t, a), stateOf(t, b), cmp.AllowUnexported(State{})); diff != "" {
		t.Error(diff)
	}
	if s := stateOf(t, a); s.Answer("mine").Times != 5 || s.Answer("yours").Times != 3 {
		t.Error("an answer is missing")
	}
}

func TestImportAfterATornLineLosesNothing(t *testing.T) {
	log := logOf(t, `{"id":"1","at":"2026-03-01T12:00:00Z","kind":"lesson-read","lesson":"x"}`+"\n"+`{"id":"2","at":`)
	added, _, _, err := log.Import(strings.NewReader(exported(t, filled(t, "q", 1))), "theirs")
	if err != nil || added != 11 {
		t.Fatal(added, err)
	}
	events, warnings, err := log.Read()
	if err != nil || len(events) != 12 || len(warnings) != 1 {
		t.Errorf("%d events, %v, %v", len(events), warnings, err)
	}
}

func TestWhatANewerVersionWroteIsCarried(t *testing.T) {
	newer := `{"id":"n","at":"2030-01-01T00:00:00Z","kind":"duel-won","against":{"name":"Ö"}}`
	from, to := logOf(t, newer+"\n"), logOf(t, "")
	if _, _, _, err := to.Import(strings.NewReader(exported(t, from)), "theirs"); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(textOf(t, to)); got != newer {
		t.Errorf("%s", got)
	}
}

func TestImportRefusesWhatIsNoLog(t *testing.T) {
	for _, text := range []string{"Dear diary,\n", "PK\x03\x04\n\n\x00", `{"kind":"lesson-read"}` + "\n"} {
		log := logOf(t, "")
		if _, _, _, err := log.Import(strings.NewReader(text), "prose.txt"); err == nil || !strings.Contains(err.Error(), "prose.txt") {
			t.Errorf("%q: %v", text, err)
		}
		if got := textOf(t, log); got != "" {
			t.Errorf("%q came through: %s", text, got)
		}
	}
}

func TestInterviewsAreFolded(t *testing.T) {
	answer := AnsweredQuestion("b", true, 1, 90*time.Second)
	answer.Interview = "m"
	other := AnsweredQuestion("a", true, 1, time.Hour)
	check := CheckedKata("k", "pass", "ok", nil, 0)
	check.Interview = "m"
	events := timed(BeganInterview("m", 30, "mid", "races", []string{"a", "b"}, "k"), answer, other, check)
	m := Fold(events).Interviews()[0]
	if next, ok := m.Next(); next != "a" || !ok || m.Ended || !m.Solved || m.Used != 90*time.Second || m.Left() != 28*time.Minute+30*time.Second {
		t.Errorf("%+v", m)
	}
	if s := Fold(events); s.LastKata() != "" || !s.KataPassed("k") {
		t.Error("the kata of an interview lies elsewhere, and is passed")
	}
	late := answer
	late.Question = "a"
	events = timed(append(events, EndedInterview("m", 25*time.Minute), late)...)
	m = Fold(events).Interviews()[0]
	if _, counted := m.Answers["a"]; !m.Ended || m.Used != 25*time.Minute || counted {
		t.Errorf("%+v", m)
	}
}
