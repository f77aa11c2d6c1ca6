package progress

import (
	"slices"
	"time"

	"gokata/lessons/review"
)

// State is what the events add up to. The zero State is that of a newcomer.
type State struct {
	lessons   map[string]time.Time
	questions map[string]Answer
	katas     map[string]Kata
	lastKata  string
	last      time.Time // order of the last event

	answers    map[string][]review.Answer // by question
	solved     map[string][]review.Answer // by kata
	interviews map[string]*Interview
	words      map[string]string // by question, those that wait for a grade
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

		answers:    map[string][]review.Answer{},
		solved:     map[string][]review.Answer{},
		interviews: map[string]*Interview{},
		words:      map[string]string{},
	}
	s.extend(events)
	return s
}

// extend adds events that come after all that were added before.
func (s *State) extend(events []Event) {
	if !slices.IsSortedFunc(events, earlier) {
		events = slices.SortedFunc(slices.Values(events), earlier)
	}
	for i := range events {
		// Copies of an event stand side by side now.
		if i == 0 || events[i].ID != events[i-1].ID || !events[i].At.Equal(events[i-1].At) {
			s.add(&events[i])
			s.last = events[i].order()
		}
	}
}

func (s *State) add(e *Event) {
	switch e.Kind {
	case LessonRead:
		s.lessons[e.Lesson] = e.At
		return
	case QuestionAnswered:
		s.questions[e.Question] = Answer{Right: e.Right, Score: e.Score, Times: s.questions[e.Question].Times + 1, At: e.At}
		s.answers[e.Question] = append(s.answers[e.Question], review.Answer{At: e.At, Grade: review.GradeOf(e.Right, e.Score)})
		s.interviews[e.Interview].answer(e)
		delete(s.words, e.Question)
		return
	case WordsWritten:
		s.words[e.Question] = e.Words
		return
	case InterviewBegun:
		s.interviews[e.Interview] = newInterview(e)
		return
	case InterviewEnded:
		s.interviews[e.Interview].end(e)
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
		s.solve(e, k.Passed)
		if e.Interview == "" { // its files are elsewhere
			s.lastKata = e.Kata
		}
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

// solve notes a check of a kata that was passed before, or is now.
func (s *State) solve(e *Event, passed bool) {
	s.interviews[e.Interview].solve(e)
	grade := review.Again
	switch {
	case e.Verdict == "pass":
		grade = review.Easy // nobody forgets in two days how it is done
	case e.Verdict != "fail", !passed:
		return
	}
	s.solved[e.Kata] = append(s.solved[e.Kata], review.Answer{At: e.At, Grade: grade})
}

// Answers are how a question was answered, in the order of time: the last ones,
// as many as count.
func (s *State) Answers(questionID string) []review.Answer { return lastOnes(s.answers[questionID]) }

// Solved is how checks of a kata went, from the first that passed on.
func (s *State) Solved(slug string) []review.Answer { return lastOnes(s.solved[slug]) }

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

// Words are what was last written for a question and not graded yet, "" where
// nothing was.
func (s *State) Words(questionID string) string { return s.words[questionID] }

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
