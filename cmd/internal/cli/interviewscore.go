package cli

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/theme"
	"gokata/lessons/interview"
	"gokata/lessons/quiz"
)

// mostToRead is how many lessons a score recommends.
const mostToRead = 4

// mockScore shows how an interview went, beside the earlier ones.
func (a *app) mockScore(m *mock, all []*progress.Interview) error {
	t := a.out
	s := m.score()
	a.printf("\n%s\n\n", spread(t.Bold(" Mock interview")+"  "+m.kind(), t.Bold(fmt.Sprintf("%d %%", s.Percent())), t.Width))
	for _, theme := range s.Themes {
		name := m.journey.course.Chapter(theme.Chapter).Title
		points := fmt.Sprintf("%s of %d", points(theme.Points), theme.Of)
		a.printf("%s\n", chapterLine(" "+name, a.out.Bar(theme.Percent(), 100), points, t.Width))
	}
	a.mockKataScore(m)
	if lessons := toRead(s.Missed); len(lessons) > 0 {
		a.printf("\n")
		for i, id := range lessons {
			label := "Read"
			if i > 0 {
				label = "    "
			}
			a.printf(" %s   %s\n", label, t.Command("gokata lesson "+id))
		}
	}
	if err := a.earlierMocks(m, all); err != nil {
		return err
	}
	if m.atHome && m.Kata != "" {
		a.printf("\n At home   %s\n", t.Command("gokata start "+m.Kata))
	}
	return a.mockMissed(s.Missed)
}

// score adds up what was answered.
func (m *mock) score() interview.Score {
	var chapters []string
	for _, ch := range m.journey.course.Chapters {
		chapters = append(chapters, ch.ID)
	}
	return interview.Add(m.questions, func(id string) (float64, bool) {
		answer := m.Answers[id]
		return answer.Score, answer.Right
	}, chapters)
}

// points writes a sum of scores: "3", "2.5".
func points(p float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", math.Floor(10*p+1e-9)/10), ".0")
}

func (a *app) mockKataScore(m *mock) {
	if m.Kata == "" || m.atHome {
		return
	}
	mark := a.out.Bad(a.out.Sign("✗ ", "") + "not solved")
	switch {
	case m.Solved:
		mark = a.out.Good(a.out.Sign("✓ ", "") + "solved")
	case !m.KataTried:
		mark = a.out.Dim(a.out.Sign("· ", "") + "not tried")
	}
	a.printf(" kata %s   %s\n", theme.Pad(m.Kata, 26), mark)
}

// toRead are the lessons of questions, those first that most belong to.
func toRead(missed []*quiz.Question) []string {
	var lessons []string
	count := map[string]int{}
	for _, q := range missed {
		if q.Lesson == "" {
			continue
		}
		if count[q.Lesson]++; count[q.Lesson] == 1 {
			lessons = append(lessons, q.Lesson)
		}
	}
	slices.SortStableFunc(lessons, func(a, b string) int { return count[b] - count[a] })
	return lessons[:min(mostToRead, len(lessons))]
}

// earlierMocks compares with one's own interviews before.
func (a *app) earlierMocks(m *mock, all []*progress.Interview) error {
	var percents []int
	for _, v := range all {
		if !v.Ended || len(v.Answers) == 0 {
			continue
		}
		before, err := m.journey.mock(v)
		if err != nil {
			return err
		}
		percents = append(percents, before.score().Percent())
		if v.ID == m.ID {
			break
		}
	}
	if len(percents) < 2 {
		return nil
	}
	last, now := percents[len(percents)-2], percents[len(percents)-1]
	word := "as before"
	switch {
	case now > last:
		word = fmt.Sprintf("%d more than before", now-last)
	case now < last:
		word = fmt.Sprintf("%d less than before", last-now)
	}
	if now > slices.Max(percents[:len(percents)-1]) {
		word += ", your best so far"
	}
	const most = 20
	percents = percents[max(0, len(percents)-most):]
	a.printf("\n Mocks  %s   %d %%: %s\n", a.out.Sparkline(percents, 100), now, word)
	return nil
}

// mockMissed shows the answers of what was not right: without a terminal all,
// else if the learner wants to look.
func (a *app) mockMissed(missed []*quiz.Question) error {
	if len(missed) == 0 {
		return nil
	}
	if a.interactive {
		a.printf("\n")
		look, err := a.prompter().Confirm(fmt.Sprintf("Look at the %s that you missed?", counted(len(missed), "answer")), true)
		if err != nil || !look {
			a.printf(" %s shows each of them: %s\n", a.out.Command("gokata show"), missed[0].ID)
			return nil
		}
	}
	for i, q := range missed {
		a.printf("\n")
		if err := printQuestion(a.stdout, a.out, q, i+1, len(missed)); err != nil {
			return err
		}
		// No answer at all is told all that was right.
		if err := printResult(a.stdout, a.out, q, q.Grade(quiz.Answer{}), true); err != nil {
			return err
		}
	}
	return nil
}
