package progress

import (
	"slices"
	"strings"
	"time"
)

// Interview is a mock interview, as far as it went.
type Interview struct {
	ID        string
	At        time.Time
	Minutes   int
	Level     string // "" is all
	Theme     string // "" is all
	Questions []string
	Kata      string // "" where it has none
	Answers   map[string]Answer
	Used      time.Duration // that was spent on the questions
	KataTried bool
	Solved    bool // a check of the kata passed
	Ended     bool
}

func newInterview(e *Event) *Interview {
	return &Interview{
		ID: e.Interview, At: e.At, Minutes: e.Minutes, Level: e.Level, Theme: e.Theme,
		Questions: e.Questions, Kata: e.Kata, Answers: map[string]Answer{},
	}
}

// answer, solve and end do nothing to an interview that is not there: its
// beginning may have been lost, or come later from another machine.
func (v *Interview) answer(e *Event) {
	if v == nil || v.Ended {
		return
	}
	v.Answers[e.Question] = Answer{Right: e.Right, Score: e.Score, Times: 1, At: e.At}
	v.Used += time.Duration(e.ElapsedMS) * time.Millisecond
}

func (v *Interview) solve(e *Event) {
	if v != nil && !v.Ended && v.Kata == e.Kata {
		v.KataTried = true
		v.Solved = v.Solved || e.Verdict == "pass"
	}
}

func (v *Interview) end(e *Event) {
	if v != nil {
		v.Ended = true
		v.Used = max(v.Used, time.Duration(e.ElapsedMS)*time.Millisecond)
	}
}

// Next is the first question that is not answered yet.
func (v *Interview) Next() (id string, ok bool) {
	for _, id := range v.Questions {
		if _, done := v.Answers[id]; !done {
			return id, true
		}
	}
	return "", false
}

// Left is the time that is left of it.
func (v *Interview) Left() time.Duration {
	return time.Duration(v.Minutes)*time.Minute - v.Used
}

// Interviews are all mock interviews, the earliest first.
func (s *State) Interviews() []*Interview {
	var all []*Interview
	for _, v := range s.interviews {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b *Interview) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return all
}
