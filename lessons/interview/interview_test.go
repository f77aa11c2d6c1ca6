package interview

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gokata/lessons/quiz"
)

// bank has twenty questions of each of three chapters: every kind and level.
func bank() (all []*quiz.Question) {
	kinds := []quiz.Kind{quiz.One, quiz.Many, quiz.Output, quiz.Time, quiz.Fill, quiz.Order, quiz.Explain}
	for _, chapter := range []string{"two-words", "scheduler", "gomaxprocs"} {
		for i := range 20 {
			all = append(all, &quiz.Question{
				ID: fmt.Sprintf("%s-%d", chapter, i), Chapter: chapter, Kind: kinds[i%len(kinds)],
				Level: Levels[i%3], Topics: []string{[]string{"races", "timers"}[i%2]},
			})
		}
	}
	return all
}

var someKatas = []Kata{{"a", "two-words", 15}, {"b", "scheduler", 20}, {"c", "scheduler", 40}}

// TestEveryPlanKeepsItsPromises draws with many seeds.
func TestEveryPlanKeepsItsPromises(t *testing.T) {
	questions := bank()
	before := slices.Clone(questions)
	for seed := range uint64(300) {
		want := Want{Minutes: Lengths[seed%3], Seed: seed}
		if seed%2 == 0 {
			want.Level = Levels[seed/2%3]
		}
		if seed%5 == 0 {
			want.Theme = []string{"scheduler", "races"}[seed/5%2]
		}
		plan, err := Draw(questions, someKatas, want)
		if err != nil {
			t.Fatalf("%+v: %v", want, err)
		}
		again, _ := Draw(questions, someKatas, want)
		if !slices.Equal(plan.Questions, again.Questions) || plan.Kata != again.Kata {
			t.Fatalf("%+v: drawn again it is another one", want)
		}
		left, explained, seen := time.Duration(want.Minutes)*time.Minute, 0, map[string]bool{}
		if !plan.AtHome {
			i := slices.IndexFunc(someKatas, func(k Kata) bool { return k.Slug == plan.Kata })
			left -= time.Duration(someKatas[i].Minutes) * time.Minute
		}
		for _, q := range plan.Questions {
			left -= Takes(q.Kind)
			if q.Kind == quiz.Explain {
				explained++
			}
			if seen[q.ID] || !want.fits(q) {
				t.Fatalf("%+v: question %s, asked before: %v", want, q.ID, seen[q.ID])
			}
			seen[q.ID] = true
		}
		if left < 0 || explained == 0 || plan.Kata == "" || plan.AtHome != (want.Minutes == 15) {
			t.Errorf("%+v: %v left, %d to explain, kata %q, at home %v", want, left, explained, plan.Kata, plan.AtHome)
		}
		if !slices.IsSortedFunc(plan.Questions, func(a, b *quiz.Question) int { return rank(a) - rank(b) }) {
			t.Errorf("%+v: a junior question after a senior one", want)
		}
	}
	if !slices.Equal(before, questions) {
		t.Error("Draw changed its argument")
	}
}

func TestThemesTakeTurns(t *testing.T) {
	plan, err := Draw(bank(), someKatas, Want{Minutes: 45, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, q := range plan.Questions {
		count[q.Chapter]++
	}
	for chapter, n := range count {
		if n < len(plan.Questions)/3-2 {
			t.Errorf("%d of %d questions are of %s", n, len(plan.Questions), chapter)
		}
	}
	if len(count) != 3 {
		t.Errorf("%d of 3 chapters", len(count))
	}
}

func TestSeedsDiffer(t *testing.T) {
	a, _ := Draw(bank(), someKatas, Want{Minutes: 30, Seed: 1})
	b, _ := Draw(bank(), someKatas, Want{Minutes: 30, Seed: 2})
	if slices.Equal(a.Questions, b.Questions) {
		t.Error("two seeds draw the same questions")
	}
}

func TestWhatFitsNothingIsAnError(t *testing.T) {
	for _, want := range []Want{{Minutes: 15, Theme: "cooking"}, {Minutes: 15, Theme: "cooking", Level: "mid"}} {
		if plan, err := Draw(bank(), someKatas, want); err == nil {
			t.Errorf("%+v: %d questions", want, len(plan.Questions))
		}
	}
}

func TestScores(t *testing.T) {
	questions := []*quiz.Question{{ID: "a", Chapter: "one"}, {ID: "b", Chapter: "two"}, {ID: "c", Chapter: "one"}, {ID: "d", Chapter: "two"}}
	points := map[string]float64{"a": 1, "b": 0.5, "c": 1}
	s := Add(questions, func(id string) (float64, bool) { return points[id], points[id] == 1 }, []string{"zero", "one", "two"})
	if s.Percent() != 62 || s.Of != 4 || len(s.Themes) != 2 || len(s.Missed) != 2 {
		t.Errorf("%+v, %d %%", s, s.Percent())
	}
	if s.Themes[0] != (ThemeScore{"one", 2, 2}) || s.Themes[0].Percent() != 100 || s.Themes[1].Percent() != 25 {
		t.Errorf("%+v", s.Themes)
	}
	if (Score{}).Percent() != 0 {
		t.Error("a share of nothing")
	}
	thirds := Add(questions[:3], func(string) (float64, bool) { return 1.0 / 3, false }, []string{"one", "two"})
	if thirds.Percent() != 33 {
		t.Errorf("three thirds of three are %d %%", thirds.Percent())
	}
}
