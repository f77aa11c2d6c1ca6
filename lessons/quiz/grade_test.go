package quiz

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func question(t testing.TB, kind Kind) *Question {
	t.Helper()
	for _, q := range samples(t) {
		if q.Kind == kind {
			return q
		}
	}
	t.Fatalf("the samples hold no question of kind %s", kind)
	return nil
}

func TestModelAnswersAreRight(t *testing.T) {
	for _, q := range samples(t) {
		if r := q.Grade(q.Model()); !r.Right || r.Score != 1 || r.Detail != "" {
			t.Errorf("%s: the model answer gets %+v", q.ID, r)
		}
	}
}

func TestGradeSaysWhatIsWrong(t *testing.T) {
	chosen := func(c ...int) Answer { return Answer{Choices: c} }
	said := func(s ...string) Answer { return Answer{Texts: s} }
	ticked := func(b ...bool) Answer { return Answer{Rubric: b} }
	tests := []struct {
		name   string
		kind   Kind
		answer Answer
		want   Result
	}{
		{"one, right", One, chosen(1), Result{true, 1, ""}},
		{"one, wrong", One, chosen(0), Result{false, 0, "not right: yes. missed: no, it is a data race"}},
		{"one, nothing", One, Answer{}, Result{false, 0, "missed: no, it is a data race"}},
		{"one, all to be safe", One, chosen(0, 1), Result{false, 0, "not right: yes"}},
		{"one, the same twice", One, chosen(1, 1), Result{true, 1, ""}},
		{"one, no option", One, chosen(7), Result{false, 0, "not right: a choice that is not in the list. missed: no, it is a data race"}},
		{"many, in any order", Many, chosen(2, 0), Result{true, 1, ""}},
		{"many, half", Many, chosen(0), Result{false, 0.5, "missed: eight lanes of one SIMD instruction"}},
		{"many, all to be safe", Many, chosen(0, 1, 2), Result{false, 2.0 / 3, "not right: two goroutines at GOMAXPROCS=1"}},
		{"output, the exact set only", Output, chosen(0, 1), Result{false, 0.5, "not right: 0 1 2 3 4"}},
		{"time, other words", Time, said("0.2s", "200ms", " 100 ms", "1500 ms", "0"), Result{true, 1, ""}},
		{"time, within 20%", Time, said("240 ms", "160 ms", "100000us", "1.2 s", "5 ms"), Result{true, 1, ""}},
		{"time, outside", Time, said("241 ms", "159 ms", "100ms", "1.5s", "6 ms"), Result{false, 0.4, "P=1 wall: 241 ms, want 200 ms; P=1 CPU: 159 ms, want 200 ms; idle CPU: 6 ms, want 0"}},
		{"time, unreadable", Time, said("200", "soon", "-100 ms", "1.5 s"), Result{false, 0.2,
			`P=1 wall: "200" has no unit: write 200 ms, 200 s or 200 us; P=1 CPU: "soon" is not a time: write a number and its unit, such as 200 ms; ` +
				`P=2 wall: "-100 ms" is not a time: write a number and its unit, such as 200 ms; idle CPU: empty, want 0`}},
		{"fill, white space and case of text", Fill, said(" WaitGroup", "`Go`", "Every  Goroutine"), Result{true, 1, ""}},
		{"fill, case of code", Fill, said("waitgroup", "Go", "all goroutines"), Result{false, 2.0 / 3, "blank 1: \"waitgroup\", want `WaitGroup`"}},
		{"fill, nothing", Fill, said("WaitGroup", " "), Result{false, 1.0 / 3, "blank 2: empty, want `Go` or `  Go`; blank 3: empty, want all goroutines or every goroutine"}},
		{"order, right", Order, chosen(0, 1, 2, 3), Result{true, 1, ""}},
		{"order, neighbours swapped", Order, chosen(0, 2, 1, 3), Result{false, 5.0 / 6, "it spins comes before it parks"}},
		{"order, reversed", Order, chosen(3, 2, 1, 0), Result{false, 0, "it parks comes before the unlocker readies it"}},
		{"order, one twice", Order, chosen(0, 0, 1, 2), Result{false, 0, "name each of the 4 items once"}},
		{"order, too few", Order, chosen(0, 1), Result{false, 0, "name each of the 4 items once"}},
		{"explain, three of four", Explain, ticked(true, false, true, true), Result{true, 0.75, "missing: M:N scheduling"}},
		{"explain, half", Explain, ticked(true, true), Result{false, 0.5, "missing: GOMAXPROCS as an upper bound; says how to measure it"}},
		{"explain, more ticks than points", Explain, ticked(false, true, true, true, true, true), Result{true, 0.75, "missing: structure and execution"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := question(t, test.kind).Grade(test.answer); got != test.want {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestDetailsShowPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"says how to *measure* it": "says how to measure it", "**P=2** `a *b` 2 * 3": "P=2 a *b 2 * 3", "": "", "*": "",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestTwoThirdsOfTheRubricAreEnough(t *testing.T) {
	q := &Question{Kind: Explain, Rubric: []string{"a", "b", "c"}}
	for n, want := range []bool{false, false, true, true} {
		ticked := make([]bool, 3)
		for i := range n {
			ticked[i] = true
		}
		if r := q.Grade(Answer{Rubric: ticked}); r.Right != want {
			t.Errorf("%d of 3 points: right is %v", n, r.Right)
		}
	}
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"0": 0, "0ms": 0, "0.0": 0, "200 ms": 200 * time.Millisecond, "200ms": 200 * time.Millisecond,
		"1.5s": 1500 * time.Millisecond, " 20  us ": 20 * time.Microsecond, "20µs": 20 * time.Microsecond, "20 μs": 20 * time.Microsecond,
	} {
		if got, err := ParseTime(text); got != want || err != nil {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "ms", "200", "-1 ms", "+1 ms", "1e400 s", "99999999999 s", "NaN s", "Inf s", "0x10 s", "1_0 ms", "2 min", "5 sm", "1 2 ms"} {
		if got, err := ParseTime(text); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q is %v, %v; want an error", text, got, err)
		}
	}
}

// TestScoresKeepTheirLaws tries random answers: a score lies in 0..1, is 1 for
// what is right (explain aside), and a detail is one line that stands wherever
// something is wrong.
func TestScoresKeepTheirLaws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	words := []string{"", "0", "200 ms", "100 ms", "1.5 s", "WaitGroup", "Go", "all goroutines", "x\ny", "9 h"}
	for _, q := range samples(t) {
		for range 2000 {
			var a Answer
			for range rng.IntN(6) {
				a.Choices = append(a.Choices, rng.IntN(6)-1)
				a.Texts = append(a.Texts, words[rng.IntN(len(words))])
				a.Rubric = append(a.Rubric, rng.IntN(2) == 0)
			}
			checkLaws(t, q, a)
		}
	}
}

func checkLaws(t *testing.T, q *Question, a Answer) {
	t.Helper()
	r := q.Grade(a)
	switch {
	case !(r.Score >= 0 && r.Score <= 1),
		r.Right && r.Score != 1 && q.Kind != Explain,
		!r.Right && r.Score == 1,
		(r.Detail == "") != (r.Score == 1),
		strings.Contains(r.Detail, "\n"):
		t.Fatalf("%s: %+v gets %+v", q.ID, a, r)
	}
}

func FuzzGradeIsTotal(f *testing.F) {
	f.Add([]byte{0, 1, 2, 3}, "200 ms|0|x", []byte{1, 0})
	f.Add([]byte{255, 255, 7}, "1e308 s|-0|\xff", []byte{})
	questions := samples(f)
	f.Fuzz(func(t *testing.T, choices []byte, texts string, ticks []byte) {
		a := Answer{Texts: strings.Split(texts, "|")}
		for _, c := range choices {
			a.Choices = append(a.Choices, int(int8(c)))
		}
		for _, c := range ticks {
			a.Rubric = append(a.Rubric, c&1 == 1)
		}
		for _, q := range questions {
			checkLaws(t, q, a)
		}
		(&Question{}).Grade(a)
	})
}
