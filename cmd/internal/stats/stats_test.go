package stats

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gokata/cmd/internal/progress"
)

var zone = time.FixedZone("east", 9*60*60)

var now = time.Date(2026, 3, 20, 10, 0, 0, 0, zone)

func events(times ...time.Time) (all []progress.Event) {
	for i, at := range times {
		e := progress.ReadLesson("x")
		e.ID, e.At = fmt.Sprint(i), at.UTC()
		all = append(all, e)
	}
	return all
}

// on is a time so many days before now.
func on(days, hour, minute int) time.Time {
	return time.Date(2026, 3, 20-days, hour, minute, 0, 0, zone)
}

func TestNothingIsNothing(t *testing.T) {
	a := Of(nil, now)
	if a.Events+a.Streak+a.LongestStreak+a.Minutes != 0 || len(a.Days) != Shown || slices.Max(a.Days) != 0 {
		t.Errorf("%+v", a)
	}
}

func TestStreaks(t *testing.T) {
	for _, c := range []struct {
		name            string
		times           []time.Time
		streak, longest int
	}{
		{"today", []time.Time{on(0, 9, 0)}, 1, 1},
		{"yesterday: today is not over", []time.Time{on(1, 9, 0)}, 1, 1},
		{"the day before: it is over", []time.Time{on(2, 9, 0)}, 0, 1},
		{"three in a row, any number a day", []time.Time{on(2, 0, 1), on(2, 23, 59), on(1, 12, 0), on(0, 0, 1)}, 3, 3},
		{"a gap", []time.Time{on(9, 9, 0), on(8, 9, 0), on(7, 9, 0), on(1, 9, 0), on(0, 9, 0)}, 2, 3},
		{"midnight of the zone decides", []time.Time{on(1, 23, 59), on(0, 0, 1)}, 2, 2},
		{"a clock that ran ahead", []time.Time{on(0, 9, 0), on(-3, 9, 0)}, 1, 1},
	} {
		a := Of(events(c.times...), now)
		if a.Streak != c.streak || a.LongestStreak != c.longest {
			t.Errorf("%s: streak %d, longest %d, want %d and %d", c.name, a.Streak, a.LongestStreak, c.streak, c.longest)
		}
	}
}

func TestPausesAreNoWork(t *testing.T) {
	a := Of(events(on(0, 8, 0), on(0, 8, 20), on(0, 8, 45), on(0, 9, 30), on(0, 9, 40)), now)
	if a.Minutes != 55 {
		t.Errorf("%d minutes, want 20 and 25 and 10", a.Minutes)
	}
}

func TestDaysAreCountedAndCopiesAreNot(t *testing.T) {
	list := events(on(0, 9, 0), on(0, 9, 1), on(27, 9, 0), on(28, 9, 0))
	list = append(list, list...)
	slices.Reverse(list)
	a := Of(list, now)
	if a.Days[Shown-1] != 2 || a.Days[0] != 1 || a.Events != 4 {
		t.Errorf("%+v", a)
	}
}

func BenchmarkOf100k(b *testing.B) {
	var times []time.Time
	for i := range 100_000 {
		times = append(times, now.Add(-time.Duration(i)*time.Minute))
	}
	list := events(times...)
	for b.Loop() {
		Of(list, now)
	}
}
