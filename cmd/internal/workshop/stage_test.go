package workshop

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func staged(events ...Event) *Stage {
	s := NewStage()
	for i, e := range events {
		e.Seq = int64(i + 1)
		s.Add(e)
	}
	return s
}

func TestTheStageIsWhatTheEventsAddUpTo(t *testing.T) {
	poll := &Poll{Text: "?", Options: []string{"a", "b"}, Right: []int{1}}
	for _, c := range []struct {
		name   string
		events []Event
		want   Stage
	}{
		{"nothing", nil, Stage{}},
		{"a cue", []Event{{Act: ActCue, Text: "go", Item: "merge-sort", Until: minute(9)}}, Stage{Seq: 1, Cue: "go", Item: "merge-sort", Until: minute(9), CueSeq: 1}},
		{"the end of a section takes the cue away", []Event{{Act: ActCue, Text: "go"}, {Act: ActEnd, Text: "Part 1"}}, Stage{Seq: 2, Ended: "Part 1", EndedSeq: 2, CueSeq: 1}},
		{"a cue begins the next", []Event{{Act: ActEnd, Text: "Part 1"}, {Act: ActCue, Text: "go"}}, Stage{Seq: 2, EndedSeq: 1, Cue: "go", CueSeq: 2}},
		{"pause and on", []Event{{Act: ActPause, On: true}, {Act: ActPause}}, Stage{Seq: 2}},
		{"unlocked twice is once", []Event{{Act: ActUnlock, Item: "a"}, {Act: ActUnlock, Item: "a"}}, Stage{Seq: 2, Unlocked: []string{"a"}}},
		{"a poll", []Event{{Act: ActCue, Text: "go"}, {Act: ActPoll, Poll: poll}}, Stage{Seq: 2, Cue: "go", CueSeq: 1, Poll: &Poll{ID: 2, Text: "?", Options: []string{"a", "b"}, Right: []int{1}}}},
		{"closed", []Event{{Act: ActPoll, Poll: poll}, {Act: ActClose}}, Stage{Seq: 2, Poll: &Poll{ID: 1, Text: "?", Options: []string{"a", "b"}, Right: []int{1}, Closed: true}}},
		{"open again", []Event{{Act: ActPoll, Poll: poll}, {Act: ActClose}, {Act: ActExtend, Until: minute(3)}}, Stage{Seq: 3, Poll: &Poll{ID: 1, Text: "?", Options: []string{"a", "b"}, Right: []int{1}, Until: minute(3)}}},
		{"revealed", []Event{{Act: ActPoll, Poll: poll}, {Act: ActReveal}}, Stage{Seq: 2, Poll: &Poll{ID: 1, Text: "?", Options: []string{"a", "b"}, Right: []int{1}, Closed: true, Revealed: true}}},
		{"a poll that is over goes with the next cue", []Event{{Act: ActPoll, Poll: poll}, {Act: ActReveal}, {Act: ActCue, Text: "go"}}, Stage{Seq: 3, Cue: "go", CueSeq: 3}},
		{"one whose time is up goes with the section", []Event{{Act: ActPoll, Poll: &Poll{Text: "?", Until: minute(3)}}, {Act: ActEnd, At: minute(4)}}, Stage{Seq: 2, EndedSeq: 2}},
		{"one that is open stays", []Event{{Act: ActPoll, Poll: &Poll{Text: "?", Until: minute(3)}}, {Act: ActCue, Text: "go", At: minute(2)}}, Stage{Seq: 2, Cue: "go", CueSeq: 2, Poll: &Poll{ID: 1, Text: "?", Until: minute(3)}}},
		{"taken away", []Event{{Act: ActPoll, Poll: poll}, {Act: ActDrop}}, Stage{Seq: 2}},
		{"nothing to reveal", []Event{{Act: ActReveal}}, Stage{Seq: 1}},
		{"a hint to who is deleted", []Event{{Act: ActHint, Text: "x", Learner: 4}, {Act: ActHint, Text: "y"}, {Act: ActForget, Learner: 4}}, Stage{Seq: 3, Messages: []Message{{Seq: 2, Text: "y"}}}},
		{"all deleted", []Event{{Act: ActCue, Text: "go"}, {Act: ActPoll, Poll: poll}, {Act: ActClear}}, Stage{Seq: 3}},
		{"limits outlive the events that set them", []Event{{Act: ActClear, Limits: &Limits{Same: 7}}}, Stage{Seq: 1, Limits: Limits{Same: 7}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want.Limits == (Limits{}) {
				c.want.Limits = DefaultLimits
			}
			if diff := cmp.Diff(&c.want, staged(c.events...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestALearnerIsToldNothingThatIsForOthers(t *testing.T) {
	s := staged(
		Event{Act: ActHint, Text: "to all"},
		Event{Act: ActHint, Text: "to 4", Learner: 4},
		Event{Act: ActPoll, Poll: &Poll{Text: "?", Options: []string{"a", "b"}, Right: []int{1}}},
	)
	mine := s.For(5)
	if len(mine.Messages) != 1 || mine.Messages[0].Text != "to all" || mine.Poll.Right != nil {
		t.Errorf("told %+v, %+v", mine, mine.Poll)
	}
	if theirs := s.For(4); len(theirs.Messages) != 2 {
		t.Errorf("told %+v", theirs.Messages)
	}
	s.Add(Event{Seq: 9, Act: ActReveal})
	if mine := s.For(5); len(mine.Poll.Right) != 1 {
		t.Error("what is right stays hidden after all was revealed")
	}
}

func TestAPollIsOpenUntilItsTime(t *testing.T) {
	var none *Poll
	p := &Poll{Until: minute(5)}
	if none.Open(minute(1)) || !p.Open(minute(4)) || p.Open(minute(5)) || !(&Poll{}).Open(minute(50)) || (&Poll{Closed: true}).Open(minute(1)) {
		t.Error("open at a wrong time")
	}
}

func TestPollsAndAnswersAreVerified(t *testing.T) {
	for want, p := range map[string]Poll{
		"no question":    {Options: []string{"a", "b"}},
		"2 to 10":        {Text: "?", Options: []string{"a"}},
		"option 2":       {Text: "?", Options: []string{"a", " "}},
		"longer than 5":  {Text: strings.Repeat("é", MaxText+1), Options: []string{"a", "b"}},
		"1 is longer":    {Text: "?", Options: []string{strings.Repeat("é", MaxOption+1), "b"}},
		"has 2 to 10 op": {Text: "?", Options: make([]string, 11)},
	} {
		if err := p.Verify(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	if err := (&Poll{Text: "?", Options: []string{"a", "b"}}).Verify(); err != nil {
		t.Error(err)
	}
	one, many := &Poll{Options: make([]string, 3)}, &Poll{Options: make([]string, 3), Many: true}
	for _, c := range []struct {
		p      *Poll
		choice []int
		ok     bool
	}{
		{one, []int{0}, true}, {one, []int{2}, true}, {one, nil, false}, {one, []int{3}, false}, {one, []int{-1}, false}, {one, []int{0, 1}, false},
		{many, []int{0, 2}, true}, {many, []int{1, 1}, false}, {many, nil, false}, {many, []int{0, 1, 2, 3}, false},
	} {
		if err := c.p.VerifyChoice(c.choice); (err == nil) != c.ok {
			t.Errorf("many %v, %v: %v", c.p.Many, c.choice, err)
		}
	}
}

func TestAResultHappenedAtMostAWeekAgoAndNeverInTheFuture(t *testing.T) {
	for age, want := range map[int64]time.Duration{0: 0, 60_000: time.Minute, -5: 0, 1 << 62: 7 * 24 * time.Hour, -1 << 63: 0} {
		r := Result{AgeMS: age}
		if got := minute(0).Sub(r.Happened(minute(0))); got != want {
			t.Errorf("age %d: %v, not %v", age, got, want)
		}
	}
}
