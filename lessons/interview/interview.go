// Package interview plans mock interviews and adds up how they went.
//
//	questions, katas, Want -> Draw -> Plan -> (somebody answers) -> Add -> Score
//
// Both are pure functions: the same seed draws the same interview from the same
// course.
package interview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"gokata/lessons/quiz"
)

// Lengths are the minutes that a mock interview may take.
var Lengths = []int{15, 30, 45}

// Levels are the seniorities that may be asked for, the lowest first.
var Levels = []string{"junior", "mid", "senior"}

// Want is what somebody wants to be asked.
type Want struct {
	Minutes int    // one of Lengths
	Level   string // one of Levels: its questions and those one below; "" is all
	Theme   string // id of a chapter, or a topic; "" is all
	Seed    uint64
}

// Kata is what has to be known of a kata that may be drawn.
type Kata struct {
	Slug, Chapter string
	Minutes       int
}

// Plan is what is asked.
type Plan struct {
	Questions []*quiz.Question // the lowest level first
	// Kata is the slug of the kata to solve after the questions. AtHome says that
	// the interview is too short for it.
	Kata   string
	AtHome bool
}

// Draw plans an interview. Its error is that nothing fits.
func Draw(questions []*quiz.Question, katas []Kata, want Want) (Plan, error) {
	r := rand.New(rand.NewPCG(want.Seed, 0x6b617461))
	pool := slices.DeleteFunc(slices.Clone(questions), func(q *quiz.Question) bool { return !want.fits(q) })
	if len(pool) == 0 {
		return Plan{}, fmt.Errorf("no question is about %s", want.Words())
	}
	var plan Plan
	left := time.Duration(want.Minutes) * time.Minute
	kata, taken := drawKata(r, katas, want)
	if plan.Kata = kata; taken == 0 {
		plan.AtHome = kata != ""
	}
	left -= taken
	mixed := alternate(r, pool)
	take := func(most int, fits func(*quiz.Question) bool) {
		for _, q := range mixed {
			if most > 0 && fits(q) && Takes(q.Kind) <= left {
				left -= Takes(q.Kind)
				plan.Questions = append(plan.Questions, q)
				most--
			}
		}
	}
	// What is to be explained takes the longest, and comes first into the plan.
	take(max(1, int(left/(8*time.Minute))), func(q *quiz.Question) bool { return q.Kind == quiz.Explain })
	take(len(mixed), func(q *quiz.Question) bool { return q.Kind != quiz.Explain })
	slices.SortStableFunc(plan.Questions, func(a, b *quiz.Question) int { return rank(a) - rank(b) })
	return plan, nil
}

// fits says whether a question is what is wanted.
func (w Want) fits(q *quiz.Question) bool {
	level := slices.Index(Levels, w.Level)
	if level >= 0 && q.Level != Levels[level] && q.Level != Levels[max(0, level-1)] {
		return false
	}
	return w.Theme == "" || q.Chapter == w.Theme || slices.Contains(q.Topics, w.Theme)
}

// Words are level and theme as they are written in a sentence.
func (w Want) Words() string {
	switch {
	case w.Level != "" && w.Theme != "":
		return fmt.Sprintf("%s at level %s", w.Theme, w.Level)
	case w.Level != "":
		return "level " + w.Level
	case w.Theme != "":
		return w.Theme
	}
	return "all themes"
}

// rank puts the levels in order, and what is to be explained behind the rest of
// its level.
func rank(q *quiz.Question) int {
	n := 2 * slices.Index(Levels, q.Level)
	if q.Kind == quiz.Explain {
		n++
	}
	return n
}

// Takes is the time that a question of a kind takes in an interview.
func Takes(k quiz.Kind) time.Duration {
	switch k {
	case quiz.Explain:
		return 3 * time.Minute
	case quiz.Time:
		return 2 * time.Minute
	case quiz.Output, quiz.Order:
		return 90 * time.Second
	}
	return time.Minute
}

// drawKata draws one of the katas that leave a third of the time for questions,
// in the chapter of the theme if it is one. Where none does, it is any, for
// which no time is taken.
func drawKata(r *rand.Rand, katas []Kata, want Want) (slug string, takes time.Duration) {
	fit := slices.DeleteFunc(slices.Clone(katas), func(k Kata) bool { return want.Theme != k.Chapter })
	if len(fit) == 0 {
		fit = slices.Clone(katas)
	}
	short := slices.DeleteFunc(slices.Clone(fit), func(k Kata) bool { return 3*k.Minutes > 2*want.Minutes })
	if len(short) > 0 {
		k := short[r.IntN(len(short))]
		return k.Slug, time.Duration(k.Minutes) * time.Minute
	}
	if len(fit) == 0 {
		return "", 0
	}
	return fit[r.IntN(len(fit))].Slug, 0
}

// alternate shuffles the questions of each chapter and takes them by turns, so
// that no theme has the most by chance.
func alternate(r *rand.Rand, questions []*quiz.Question) (mixed []*quiz.Question) {
	var chapters []string
	of := map[string][]*quiz.Question{}
	for _, q := range questions {
		if of[q.Chapter] == nil {
			chapters = append(chapters, q.Chapter)
		}
		of[q.Chapter] = append(of[q.Chapter], q)
	}
	r.Shuffle(len(chapters), func(i, j int) { chapters[i], chapters[j] = chapters[j], chapters[i] })
	for _, c := range chapters {
		list := of[c]
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	for len(mixed) < len(questions) {
		for _, c := range chapters {
			if list := of[c]; len(list) > 0 {
				mixed, of[c] = append(mixed, list[0]), list[1:]
			}
		}
	}
	return mixed
}
