// Package stats counts days and time from the events of a progress log. It is
// a pure function of the events and the present time.
package stats

import (
	"slices"
	"strings"
	"time"

	"gokata/cmd/internal/progress"
)

// Shown is how many days Activity.Days has.
const Shown = 28

// pause is the longest time between two events that counts as work: longer
// than a kata's attempts or a lesson take, most of the time, and shorter than
// lunch.
const pause = 30 * time.Minute

// Activity is when somebody has worked, by the calendar of the present time's
// zone.
type Activity struct {
	Events        int   `json:"events"`
	Days          []int `json:"days"`           // events on each of the last days, today last
	Streak        int   `json:"streak"`         // days in a row, up to today or yesterday
	LongestStreak int   `json:"longest_streak"` // days
	Minutes       int   `json:"minutes"`        // about: pauses of more than half an hour do not count
}

// Of counts. Events may be in any order; copies count once.
func Of(events []progress.Event, now time.Time) Activity {
	a := Activity{Days: make([]int, Shown)}
	type moment struct {
		at time.Time
		id string
	}
	var all []moment
	for _, e := range events {
		all = append(all, moment{e.At.In(now.Location()), e.ID})
	}
	slices.SortFunc(all, func(a, b moment) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	all = slices.CompactFunc(all, func(a, b moment) bool { return a.id == b.id && a.at.Equal(b.at) })
	a.Events = len(all)
	today := dayOf(now)
	var worked time.Duration
	last, run := 0, 0
	for i, m := range all {
		d := dayOf(m.at)
		if n := Shown - 1 - (today - d); n >= 0 && n < Shown {
			a.Days[n]++
		}
		switch {
		case i == 0 || d > last+1:
			run = 1
		case d == last+1:
			run++
		}
		last = d
		a.LongestStreak = max(a.LongestStreak, run)
		if i > 0 {
			if gap := m.at.Sub(all[i-1].at); gap <= pause {
				worked += gap
			}
		}
	}
	if run > 0 && last >= today-1 {
		a.Streak = run
	}
	a.Minutes = int(worked / time.Minute)
	return a
}

// dayOf counts the days of the calendar.
func dayOf(t time.Time) int {
	year, month, day := t.Date()
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
