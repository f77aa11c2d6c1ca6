// Package progress remembers what the learner has done, as a log of events in
// .gokata/progress.jsonl of the workspace: one JSON object a line, only ever
// appended to.
//
// A command makes an Event, and Log.Append puts it on the disk. Log.Read gives
// all events back, with a Warning for each line that is none, and Fold turns
// them into a State, which answers what is done and what is next. Two logs are
// merged by writing one after the other: events carry an id and a time, so
// Fold neither counts twice nor minds the order.
package progress

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
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
)

// Event is one thing that happened. Fields that its kind does not use are zero.
type Event struct {
	ID   string    `json:"id"` // random; Append gives one where it is empty
	At   time.Time `json:"at"` // Append sets it where it is zero
	Kind Kind      `json:"kind"`

	Lesson   string  `json:"lesson"`   // id
	Question string  `json:"question"` // id
	Right    bool    `json:"right"`
	Score    float64 `json:"score"` // 0 to 1

	Kata      string   `json:"kata"` // slug
	Verdict   string   `json:"verdict"`
	Reason    string   `json:"reason"`
	Speedup   *float64 `json:"speedup"` // nil where it was not measured
	ElapsedMS int64    `json:"elapsed_ms"`
	Hint      int      `json:"hint"` // counts from 1
}

// ReadLesson is the event that a lesson was read.
func ReadLesson(id string) Event { return Event{Kind: LessonRead, Lesson: id} }

// AnsweredQuestion is the event that a question was answered, with a score
// from 0 to 1.
func AnsweredQuestion(id string, right bool, score float64) Event {
	return Event{Kind: QuestionAnswered, Question: id, Right: right, Score: score}
}

// StartedKata is the event that a kata's files were given to the learner.
func StartedKata(slug string) Event { return Event{Kind: KataStarted, Kata: slug} }

// CheckedKata is the event that a solution was checked. Speedup is nil where
// it was not measured.
func CheckedKata(slug, verdict, reason string, speedup *float64, elapsed time.Duration) Event {
	return Event{Kind: KataChecked, Kata: slug, Verdict: verdict, Reason: reason, Speedup: speedup, ElapsedMS: elapsed.Milliseconds()}
}

// ShowedHint is the event that the learner saw hint n of a kata, from 1.
func ShowedHint(slug string, n int) Event { return Event{Kind: HintShown, Kata: slug, Hint: n} }

// ShowedSolution is the event that the learner saw the reference solution.
func ShowedSolution(slug string) Event { return Event{Kind: SolutionShown, Kata: slug} }

// ResetKata is the event that a kata went back to its starter.
func ResetKata(slug string) Event { return Event{Kind: Reset, Kata: slug} }

// known says whether this version understands the kind.
func (k Kind) known() bool {
	switch k {
	case LessonRead, QuestionAnswered, KataStarted, KataChecked, HintShown, SolutionShown, Reset:
		return true
	}
	return false
}

// valid says what an event lacks. A kind of a newer version may hold anything.
func (e *Event) valid() error {
	switch {
	case e.Kind == "":
		return errors.New(`it has no "kind"`)
	case e.ID == "":
		return errors.New(`it has no "id"`)
	case e.At.IsZero():
		return errors.New(`it has no "at"`)
	case e.Kind == LessonRead && e.Lesson == "":
		return errors.New(`it names no "lesson"`)
	case e.Kind == QuestionAnswered && e.Question == "":
		return errors.New(`it names no "question"`)
	case e.Kind.known() && e.Kind != LessonRead && e.Kind != QuestionAnswered && e.Kata == "":
		return errors.New(`it names no "kata"`)
	}
	return nil
}

// encode gives the line of an event, with its newline: the fields of its kind
// and no others.
func (e *Event) encode() ([]byte, error) {
	type head struct {
		ID   string    `json:"id"`
		At   time.Time `json:"at"`
		Kind Kind      `json:"kind"`
	}
	var v any
	switch h := (head{e.ID, e.At, e.Kind}); e.Kind {
	case LessonRead:
		v = struct {
			head
			Lesson string `json:"lesson"`
		}{h, e.Lesson}
	case QuestionAnswered:
		v = struct {
			head
			Question string  `json:"question"`
			Right    bool    `json:"right"`
			Score    float64 `json:"score"`
		}{h, e.Question, e.Right, e.Score}
	case KataStarted, SolutionShown, Reset:
		v = struct {
			head
			Kata string `json:"kata"`
		}{h, e.Kata}
	case KataChecked:
		v = struct {
			head
			Kata      string   `json:"kata"`
			Verdict   string   `json:"verdict"`
			Reason    string   `json:"reason"`
			Speedup   *float64 `json:"speedup"`
			ElapsedMS int64    `json:"elapsed_ms"`
		}{h, e.Kata, e.Verdict, e.Reason, finite(e.Speedup), e.ElapsedMS}
	case HintShown:
		v = struct {
			head
			Kata string `json:"kata"`
			Hint int    `json:"hint"`
		}{h, e.Kata, e.Hint}
	default:
		return nil, fmt.Errorf("no such kind of event: %q", e.Kind)
	}
	line, err := json.Marshal(v)
	return append(line, '\n'), err
}

// finite drops what JSON has no number for.
func finite(f *float64) *float64 {
	if f == nil || math.IsNaN(*f) || math.IsInf(*f, 0) {
		return nil
	}
	return f
}

func newID() string {
	var b [8]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}
