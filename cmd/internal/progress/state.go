package progress

import (
	"slices"
	"strings"
	"time"
)

// State is what the events add up to. The zero State is that of a newcomer.
type State struct {
	lessons   map[string]time.Time
	questions map[string]Answer
	katas     map[string]Kata
	lastKata  string
}

// Answer is how a question went.
type Answer struct {
	Right bool    // the last time
	Score float64 // the last time, 0 to 1
	Times int     // answered so far
	At    time.Time
}

// Kata is how far the learner is with a kata.
type Kata struct {
	Started      bool
	Passed       bool // once at least
	Attempts     int  // checks, without those that failed by our own fault
	Verdict      string
	Reason       string    // of the last check, like Verdict
	At           time.Time // of the last check
	Speedup      float64   // best of those that passed; 0 where none was measured
	Hints        int       // highest hint seen since the last reset
	SolutionSeen bool
}

// Fold adds up events. It is a pure function, and neither their order nor
// events that come twice change what it gives.
func Fold(events []Event) *State {
	s := &State{
		lessons:   map[string]time.Time{},
		questions: map[string]Answer{},
		katas:     map[string]Kata{},
	}
	if !slices.IsSortedFunc(events, earlier) {
		events = slices.SortedFunc(slices.Values(events), earlier)
	}
	seen := make(map[string]struct{}, len(events))
	for i := range events {
		e := &events[i]
		if _, twice := seen[e.ID]; twice {
			continue
		}
		seen[e.ID] = struct{}{}
		s.add(e)
	}
	return s
}

func earlier(a, b Event) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

func (s *State) add(e *Event) {
	switch e.Kind {
	case LessonRead:
		s.lessons[e.Lesson] = e.At
		return
	case QuestionAnswered:
		s.questions[e.Question] = Answer{Right: e.Right, Score: e.Score, Times: s.questions[e.Question].Times + 1, At: e.At}
		return
	}
	if !e.Kind.known() {
		return
	}
	k := s.katas[e.Kata]
	switch e.Kind {
	case KataStarted:
		k.Started = true
		s.lastKata = e.Kata
	case KataChecked:
		k.check(e)
		s.lastKata = e.Kata
	case HintShown:
		k.Hints = max(k.Hints, e.Hint)
	case SolutionShown:
		k.SolutionSeen = true
	case Reset:
		k.Hints = 0
	}
	s.katas[e.Kata] = k
}

func (k *Kata) check(e *Event) {
	if e.Verdict != "error" {
		k.Attempts++
	}
	k.Verdict, k.Reason, k.At = e.Verdict, e.Reason, e.At
	if e.Verdict != "pass" {
		return
	}
	k.Passed = true
	if e.Speedup != nil {
		k.Speedup = max(k.Speedup, *e.Speedup)
	}
}

// LessonRead says whether the lesson was read.
func (s *State) LessonRead(id string) bool { _, ok := s.lessons[id]; return ok }

// Answered says whether the question was ever answered, and whether rightly
// the last time.
func (s *State) Answered(questionID string) (right, ever bool) {
	a, ever := s.questions[questionID]
	return a.Right, ever
}

// Answer is how a question went; the zero Answer where it was not asked.
func (s *State) Answer(questionID string) Answer { return s.questions[questionID] }

// Kata is how far the learner is with a kata; the zero Kata where not begun.
func (s *State) Kata(slug string) Kata { return s.katas[slug] }

// KataPassed says whether a check of the kata ever passed.
func (s *State) KataPassed(slug string) bool { return s.katas[slug].Passed }

// Attempts is how often the kata was checked.
func (s *State) Attempts(slug string) int { return s.katas[slug].Attempts }

// LastReason is the reason of the kata's last verdict, "" where there is none.
func (s *State) LastReason(slug string) string { return s.katas[slug].Reason }

// Hints is the highest hint seen since the kata was last reset.
func (s *State) Hints(slug string) int { return s.katas[slug].Hints }

// SolutionSeen says whether the learner has seen the reference solution.
func (s *State) SolutionSeen(slug string) bool { return s.katas[slug].SolutionSeen }

// LastKata is the kata that was started or checked last, "" where none was.
func (s *State) LastKata() string { return s.lastKata }
