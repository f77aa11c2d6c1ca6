package cli

import (
	"cmp"
	"slices"
	"time"

	"gokata/lessons/quiz"
	"gokata/lessons/review"
)

// How well something should still be known when it is asked again. A kata takes
// half an hour and a question a minute, so katas wait longer.
const (
	recallOfQuestions = 0.9
	recallOfKatas     = 0.8
)

// card is something of the course that was answered or passed once.
type card struct {
	review.Card
	question *quiz.Question // nil where it is a kata
	kata     string
}

// cards are all that may be reviewed, in the order of the course.
func (j *journey) cards() ([]card, error) {
	var all []card
	for _, ch := range j.course.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			return nil, internal(err)
		}
		for _, q := range questions {
			if c := review.Replay(j.state.Answers(q.ID), recallOfQuestions); c.Asked() {
				all = append(all, card{Card: c, question: q})
			}
		}
		for _, slug := range ch.Katas {
			if c := review.Replay(j.state.Solved(slug), recallOfKatas); c.Asked() {
				all = append(all, card{Card: c, kata: slug})
			}
		}
	}
	return all, nil
}

// dueOf splits what is due at a time into questions, those first that are most
// likely forgotten, and katas.
func dueOf(all []card, now time.Time) (questions []*quiz.Question, katas []string) {
	due := slices.DeleteFunc(slices.Clone(all), func(c card) bool { return !c.DueAt(now) })
	slices.SortStableFunc(due, func(a, b card) int { return cmp.Compare(a.known(now), b.known(now)) })
	for _, c := range due {
		if c.question != nil {
			questions = append(questions, c.question)
		} else {
			katas = append(katas, c.kata)
		}
	}
	return questions, katas
}

// known is the probability that it is still known at a time.
func (c card) known(now time.Time) float64 {
	return c.Memory.Recall(max(0, now.Sub(c.Last).Hours()/24))
}

// forecastDays is how many days the forecast has, today included.
const forecastDays = 14

// forecast counts the questions that become due on each day from today on, by
// the calendar of now; what is due already counts today.
func forecast(all []card, now time.Time) (days [forecastDays]int) {
	today := midnight(now)
	for _, c := range all {
		if c.question == nil {
			continue
		}
		n := 0
		for n < forecastDays && !c.Due.Before(today.AddDate(0, 0, n+1)) {
			n++
		}
		if n < forecastDays {
			days[n]++
		}
	}
	return days
}

// midnight is the beginning of a day.
func midnight(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, t.Location())
}
