package review

import (
	"testing"
	"time"
)

var start = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func after(days float64) time.Time { return start.Add(time.Duration(days * float64(day))) }

func TestWhatWasNeverAskedIsNotDue(t *testing.T) {
	c := Replay(nil, 0.9)
	if c.Asked() || c.DueAt(after(1000)) {
		t.Errorf("%+v", c)
	}
}

func TestDueTimes(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []Answer
		due     time.Duration // after the last answer
	}{
		{"known", []Answer{{start, Good}}, 2 * day},
		{"known in part", []Answer{{start, Hard}}, day},
		{"easy", []Answer{{start, Easy}}, 8 * day},
		{"not known", []Answer{{start, Again}}, soon},
		{"known for long, and then not", []Answer{{start, Good}, {after(2), Good}, {after(13), Again}}, soon},
	} {
		c := Replay(test.answers, 0.9)
		last := test.answers[len(test.answers)-1].At
		if !c.Due.Equal(last.Add(test.due)) {
			t.Errorf("%s: due %v after the last answer, want %v", test.name, c.Due.Sub(last), test.due)
		}
		if c.DueAt(c.Due.Add(-1)) || !c.DueAt(c.Due) {
			t.Errorf("%s: not due exactly from %v on", test.name, c.Due)
		}
	}
}

func TestIntervalsGrowWhileItIsKnown(t *testing.T) {
	var answers []Answer
	now, before := start, time.Duration(0)
	for range 8 {
		answers = append(answers, Answer{now, Good})
		c := Replay(answers, 0.9)
		if wait := c.Due.Sub(now); wait <= before {
			t.Fatalf("after %d answers: %v, and before %v", len(answers), wait, before)
		} else {
			before = wait
		}
		now = c.Due
	}
}

func TestAClockThatJumpsBackCountsAsTheSameDay(t *testing.T) {
	back := Replay([]Answer{{after(5), Good}, {start, Good}}, 0.9)
	same := Replay([]Answer{{start, Good}, {start, Good}}, 0.9)
	if back != same {
		t.Errorf("%+v, and on one day %+v", back, same)
	}
}

func TestAnswersOfLongAgoCeaseToMatter(t *testing.T) {
	answers := []Answer{{after(-1), Again}}
	for i := range 200 {
		answers = append(answers, Answer{after(float64(i) * 50), Good})
	}
	with, without := Replay(answers, 0.9), Replay(answers[1:], 0.9)
	if with != without {
		t.Errorf("%+v, and without the first answer %+v", with, without)
	}
}

func BenchmarkReplay(b *testing.B) {
	var answers []Answer
	for i := range 1000 {
		answers = append(answers, Answer{after(float64(i)), Grade(1 + i%4)})
	}
	for b.Loop() {
		Replay(answers, 0.9)
	}
}
