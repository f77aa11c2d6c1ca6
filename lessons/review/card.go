package review

import "time"

// Answer is one answer from the log.
type Answer struct {
	At    time.Time
	Grade Grade
}

// Card is when something that was answered should be asked again. The zero Card
// is that of a question never asked.
type Card struct {
	Memory Memory
	Last   time.Time // of the answers
	Due    time.Time
}

const (
	day = 24 * time.Hour
	// soon is after how long an answer that was not known is due again: long
	// enough to have thought of something else.
	soon = 10 * time.Minute
)

// Remembered is how many answers a Card looks back on. Long before that many
// the first of them has ceased to matter.
const Remembered = 64

// Replay gives the Card after answers, which must be in the order of their
// times; a clock that stood before the answer before counts as the same day.
// Recall is the probability of still knowing it at which it becomes due.
func Replay(answers []Answer, recall float64) Card {
	var c Card
	for _, a := range answers[max(0, len(answers)-Remembered):] {
		days := 0
		if !c.Last.IsZero() {
			days = int(max(0, a.At.Sub(c.Last)) / day)
		}
		c.Memory = c.Memory.Next(days, a.Grade)
		c.Last = a.At
		c.Due = a.At.Add(soon)
		if a.Grade != Again {
			c.Due = a.At.Add(time.Duration(c.Memory.Interval(recall)) * day)
		}
	}
	return c
}

// Asked says whether there was an answer at all.
func (c Card) Asked() bool { return !c.Last.IsZero() }

// DueAt says whether it should be asked again at a time.
func (c Card) DueAt(now time.Time) bool { return c.Asked() && !c.Due.After(now) }

// GradeOf is the grade of an answer with a score from 0 to 1. An answer says
// nothing of how easy it was.
func GradeOf(right bool, score float64) Grade {
	switch {
	case right:
		return Good
	case score >= 0.5:
		return Hard
	}
	return Again
}
