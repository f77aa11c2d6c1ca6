package workshop

import (
	"cmp"
	"slices"
)

// shownLeaders is how many places a leaderboard has.
const shownLeaders = 10

// Leader is a line of the leaderboard.
type Leader struct {
	Rank   int    `json:"rank"`
	Name   string `json:"name"`
	Passed int    `json:"passed"` // katas
	Mine   bool   `json:"mine,omitempty"`
}

// Leaders are those who have passed most katas, and the learner who looks at the
// board. Who has passed as many shares a place.
func Leaders(people []*Person, name func(Learner) string, learner int64) []Leader {
	var all []Leader
	for _, p := range people {
		passed := 0
		for _, c := range p.Cells {
			if c.State == Passed {
				passed++
			}
		}
		if passed > 0 {
			all = append(all, Leader{Name: name(p.Learner), Passed: passed, Mine: p.ID == learner})
		}
	}
	slices.SortStableFunc(all, func(a, b Leader) int { return cmp.Compare(b.Passed, a.Passed) })
	var shown []Leader
	for i := range all {
		all[i].Rank = i + 1
		if i > 0 && all[i].Passed == all[i-1].Passed {
			all[i].Rank = all[i-1].Rank
		}
		if i < shownLeaders || all[i].Mine {
			shown = append(shown, all[i])
		}
	}
	return shown
}
