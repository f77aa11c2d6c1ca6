// Package progress remembers what the learner has done, as a log of events in
// .gokata/progress.jsonl of the workspace: one JSON object a line, only ever
// appended to.
//
// A command makes an Event, and Log.Append puts it on the disk. Log.Read gives
// all events back, with a Warning for each line that is none, and Fold turns
// them into a State, which answers what is done and what is next. Log.State is
// both, and does not read what it has added up before. Two logs are merged by
// writing one after the other, as Export and Import do: events carry an id and a
// time, so Fold neither counts twice nor minds the order.
package progress

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"time"
)

// Kind says what happened.
type Kind string

const (
	LessonRead       Kind = "lesson-read"
	QuestionAnswered Kind = "question-answered"
	KataStarted      Kind = "kata-started"
	KataChecked      Kind = "kata-checked"
	HintShown        Kind = "hint-shown"
	SolutionShown    Kind = "solution-shown"
	Reset            Kind = "reset"
	InterviewBegun   Kind = "interview-begun"
	InterviewEnded   Kind = "interview-ended"
	WordsWritten     Kind = "words-written"
)

// Event is one thing that happened. Fields that its kind does not use are zero.
type Event struct {
	ID string    `json:"id"` // random; Append gives one where it is empty
	At time.Time `json:"at"` // Append sets it where it is zero
	// After is the time of the event before this one, where the clock has jumped
	// back since: this one came later all the same. Append sets it.
	After time.Time `json:"after"`
	Kind  Kind      `json:"kind"`

	Lesson   string  `json:"lesson"`   // id
	Question string  `json:"question"` // id
	Right    bool    `json:"right"`
	Score    float64 `json:"score"` // 0 to 1
	Words    string  `json:"words"` // an answer in one's own words, before it is graded

	Kata      string   `json:"kata"` // slug
	Verdict   string   `json:"verdict"`
	Reason    string   `json:"reason"`
	Speedup   *float64 `json:"speedup"` // nil where it was not measured
	ElapsedMS int64    `json:"elapsed_ms"`
	Hint      int      `json:"hint"` // counts from 1

	Interview string   `json:"interview"` // id: what an answer belongs to, begins or ends
	Minutes   int      `json:"minutes"`
	Level     string   `json:"level"`
	Theme     string   `json:"theme"`
	Questions []string `json:"questions"` // ids, in the order in which they are asked
}

// fields are what each kind has besides id, time and kind: the first field, a
// name, and the others of always are on each line, those of some where they are
// not zero.
var fields = map[Kind]struct{ always, some []string }{
	LessonRead:       {always: []string{"lesson"}},
	QuestionAnswered: {always: []string{"question", "right", "score"}, some: []string{"elapsed_ms", "interview"}},
	KataStarted:      {always: []string{"kata"}},
	KataChecked:      {always: []string{"kata", "verdict", "reason", "speedup", "elapsed_ms"}, some: []string{"interview"}},
	HintShown:        {always: []string{"kata", "hint"}},
	SolutionShown:    {always: []string{"kata"}},
	Reset:            {always: []string{"kata"}},
	InterviewBegun:   {always: []string{"interview", "minutes", "questions"}, some: []string{"level", "theme", "kata"}},
	InterviewEnded:   {always: []string{"interview", "elapsed_ms"}},
	WordsWritten:     {always: []string{"question", "words"}},
}

// ReadLesson is the event that a lesson was read.
func ReadLesson(id string) Event { return Event{Kind: LessonRead, Lesson: id} }

// AnsweredQuestion is the event that a question was answered, with a score
// from 0 to 1, after so long a time; 0 is not known.
func AnsweredQuestion(id string, right bool, score float64, elapsed time.Duration) Event {
	return Event{Kind: QuestionAnswered, Question: id, Right: right, Score: score, ElapsedMS: max(0, elapsed.Milliseconds())}
}

// WroteWords is the event that a question was answered in words that are not
// graded yet.
func WroteWords(id, words string) Event { return Event{Kind: WordsWritten, Question: id, Words: words} }

// StartedKata is the event that a kata's files were given to the learner.
func StartedKata(slug string) Event { return Event{Kind: KataStarted, Kata: slug} }

// CheckedKata is the event that a solution was checked. Speedup is nil where
// it was not measured.
func CheckedKata(slug, verdict, reason string, speedup *float64, elapsed time.Duration) Event {
	return Event{Kind: KataChecked, Kata: slug, Verdict: verdict, Reason: reason, Speedup: speedup, ElapsedMS: max(0, elapsed.Milliseconds())}
}

// ShowedHint is the event that the learner saw hint n of a kata, from 1.
func ShowedHint(slug string, n int) Event { return Event{Kind: HintShown, Kata: slug, Hint: n} }

// ShowedSolution is the event that the learner saw the reference solution.
func ShowedSolution(slug string) Event { return Event{Kind: SolutionShown, Kata: slug} }

// ResetKata is the event that a kata went back to its starter.
func ResetKata(slug string) Event { return Event{Kind: Reset, Kata: slug} }

// BeganInterview is the event that a mock interview of so many minutes began.
func BeganInterview(id string, minutes int, level, theme string, questions []string, kata string) Event {
	return Event{Kind: InterviewBegun, Interview: id, Minutes: minutes, Level: level, Theme: theme, Questions: questions, Kata: kata}
}

// EndedInterview is the event that a mock interview ended, after so much time.
func EndedInterview(id string, elapsed time.Duration) Event {
	return Event{Kind: InterviewEnded, Interview: id, ElapsedMS: max(0, elapsed.Milliseconds())}
}

// known says whether this version understands the kind.
func (k Kind) known() bool { _, ok := fields[k]; return ok }

// valid says what an event lacks. A kind of a newer version may hold anything.
func (e *Event) valid() error {
	switch {
	case e.Kind == "":
		return errors.New(`it has no "kind"`)
	case e.ID == "":
		return errors.New(`it has no "id"`)
	case e.At.IsZero():
		return errors.New(`it has no "at"`)
	case !e.Kind.known():
		return nil
	}
	if name := fields[e.Kind].always[0]; e.value(name) == "" {
		return errors.New(`it names no "` + name + `"`)
	}
	return nil
}

// earlier orders events by time, those of a clock that has jumped back after
// the one before them.
func earlier(a, b Event) int {
	if c := a.order().Compare(b.order()); c != 0 {
		return c
	}
	return strings.Compare(a.ID, b.ID)
}

// order is the time that stands for an event among others.
func (e *Event) order() time.Time {
	if e.After.IsZero() {
		return e.At
	}
	return e.After.Add(1)
}

func newID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
