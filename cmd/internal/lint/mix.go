package lint

import (
	"slices"

	"gokata/lessons/quiz"
)

// Category is what a question asks for, in the mix of the course.
type Category string

// The categories, with what share of all questions each is meant to have.
const (
	Explain  Category = "explain or compare"
	Output   Category = "predict the output"
	Bug      Category = "find the bug"
	Time     Category = "predict the time"
	Estimate Category = "design or estimate"
)

var shares = []struct {
	category Category
	share    float64
}{{Explain, 0.32}, {Output, 0.26}, {Bug, 0.20}, {Time, 0.14}, {Estimate, 0.08}}

// CategoryOf tells a question's category from its kind and topics.
func CategoryOf(q *quiz.Question) Category {
	switch {
	case q.Kind == quiz.Output:
		return Output
	case q.Kind == quiz.Time:
		return Time
	case slices.Contains(q.Topics, "find-the-bug"):
		return Bug
	case slices.Contains(q.Topics, "estimate"), slices.Contains(q.Topics, "design"):
		return Estimate
	}
	return Explain
}

// The mix is looked at from that many questions on, and may be off by so much.
const (
	mixFrom = 60
	mixOff  = 0.04
)

func (t *Tree) mix() {
	counts, all := map[Category]int{}, 0
	for _, ch := range t.course.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			return // reported already
		}
		for _, q := range questions {
			counts[CategoryOf(q)]++
			all++
		}
	}
	if all < mixFrom {
		return
	}
	for _, s := range shares {
		if got := float64(counts[s.category]) / float64(all); got < s.share-mixOff || got > s.share+mixOff {
			t.problem("content", 1, "%d of %d questions are of the category %q, %.0f %%, where %.0f %% are meant, give or take %.0f points: write others, or see what topics make the category",
				counts[s.category], all, s.category, 100*got, 100*s.share, 100*mixOff)
		}
	}
}
