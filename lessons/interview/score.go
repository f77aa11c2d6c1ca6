package interview

import "gokata/lessons/quiz"

// Score is how an interview went.
type Score struct {
	Points float64 // of Of: a question gives from 0 to 1
	Of     int
	Themes []ThemeScore // in the order of the course
	// Missed are the questions that were not right, answered or not.
	Missed []*quiz.Question
}

// ThemeScore is how the questions of one chapter went.
type ThemeScore struct {
	Chapter string // id
	Points  float64
	Of      int
}

// Add adds up an interview. Answer gives the score of a question from 0 to 1,
// and whether that was right; chapters are ids in the order of the course.
func Add(questions []*quiz.Question, answer func(id string) (points float64, right bool), chapters []string) Score {
	var s Score
	for _, chapter := range chapters {
		theme := ThemeScore{Chapter: chapter}
		for _, q := range questions {
			if q.Chapter != chapter {
				continue
			}
			p, right := answer(q.ID)
			theme.Points += p
			theme.Of++
			if !right {
				s.Missed = append(s.Missed, q)
			}
		}
		if theme.Of > 0 {
			s.Points += theme.Points
			s.Of += theme.Of
			s.Themes = append(s.Themes, theme)
		}
	}
	return s
}

// Percent is the share of the points, rounded down; 0 where nothing was asked.
func (s Score) Percent() int { return percent(s.Points, s.Of) }

// Percent is the share of the points of a theme, rounded down.
func (t ThemeScore) Percent() int { return percent(t.Points, t.Of) }

func percent(points float64, of int) int {
	if of == 0 {
		return 0
	}
	// Points are sums of fractions: what is all but a rounding error is all.
	return int(100*points/float64(of) + 1e-9)
}
