package quiz

import (
	"fmt"
	"strings"
)

// Answer is what a learner said. Only what the question's kind asks for counts.
type Answer struct {
	Choices []int    // one, many, output: options, from 0; order: the items' true places, as the learner put them
	Texts   []string // fill, time: one for each blank; explain: the learner's words, which are not graded
	Rubric  []bool   // explain: the points that the learner found in the own answer
}

// Result is the grade of an answer.
type Result struct {
	Right  bool
	Score  float64 // 0 to 1; 1 where Right, but for explain
	Detail string  // one plain line: what was wrong; empty where nothing was
}

// Model returns the right answer. Grade finds it right.
func (q *Question) Model() Answer {
	var a Answer
	for i, o := range q.Options {
		if o.Correct {
			a.Choices = append(a.Choices, i)
		}
	}
	for _, b := range q.Blanks {
		switch {
		case q.Kind == Time:
			a.Texts = append(a.Texts, formatTime(b.Value))
		case len(b.Accept) > 0:
			a.Texts = append(a.Texts, strings.Trim(b.Accept[0], "`"))
		}
	}
	if q.Kind == Explain {
		a.Texts = []string{string(q.Explanation)}
	}
	for range q.Rubric {
		a.Rubric = append(a.Rubric, true)
	}
	return a
}

// Grade compares an answer with the right one. Any answer gets a grade; missing
// parts of it are wrong parts.
func (q *Question) Grade(a Answer) Result {
	switch q.Kind {
	case One, Many, Output:
		return q.gradeChoices(a.Choices)
	case Order:
		return q.gradeOrder(a.Choices)
	case Time, Fill:
		return q.gradeBlanks(a.Texts)
	case Explain:
		return q.gradeRubric(a.Rubric)
	}
	return Result{Detail: fmt.Sprintf("a question of kind %q can not be graded", q.Kind)}
}

// gradeChoices scores the options both chosen and right, as a share of those
// chosen or right. Kind one has no part marks.
func (q *Question) gradeChoices(choices []int) Result {
	chosen := map[int]bool{}
	for _, c := range choices {
		chosen[c] = true
	}
	var missed, wrong []string
	both, either := 0, len(chosen)
	for i, o := range q.Options {
		switch {
		case o.Correct && chosen[i]:
			both++
		case o.Correct:
			missed = append(missed, plain(o.Text))
			either++
		case chosen[i]:
			wrong = append(wrong, plain(o.Text))
		}
		delete(chosen, i)
	}
	if len(chosen) > 0 { // what is left names no option
		wrong = append(wrong, "a choice that is not in the list")
	}
	if len(missed)+len(wrong) == 0 && both > 0 {
		return Result{Right: true, Score: 1}
	}
	r := Result{Score: share(both, either)}
	if q.Kind == One {
		r.Score = 0
	}
	var parts []string
	if len(wrong) > 0 {
		parts = append(parts, "not right: "+strings.Join(wrong, "; "))
	}
	if len(missed) > 0 {
		parts = append(parts, "missed: "+strings.Join(missed, "; "))
	}
	r.Detail = strings.Join(parts, ". ")
	return r
}

// gradeOrder scores the pairs of items that stand in the right relative order.
func (q *Question) gradeOrder(order []int) Result {
	n := len(q.Options)
	seen := make([]bool, n)
	valid := len(order) == n
	for _, c := range order {
		if c < 0 || c >= n || seen[c] {
			valid = false
			break
		}
		seen[c] = true
	}
	if !valid {
		return Result{Detail: fmt.Sprintf("name each of the %d items once", n)}
	}
	pairs, right := 0, 0
	detail := ""
	for i := range order {
		for _, later := range order[i+1:] {
			pairs++
			if order[i] < later {
				right++
			} else if detail == "" {
				detail = fmt.Sprintf("%s comes before %s", plain(q.Options[later].Text), plain(q.Options[order[i]].Text))
			}
		}
	}
	return Result{Right: right == pairs, Score: share(right, pairs), Detail: detail}
}

// gradeBlanks scores the blanks that are filled rightly.
func (q *Question) gradeBlanks(texts []string) Result {
	right := 0
	var wrong []string
	for i, b := range q.Blanks {
		text := ""
		if i < len(texts) {
			text = texts[i]
		}
		msg := b.check(q.Kind, text)
		if msg == "" {
			right++
			continue
		}
		wrong = append(wrong, b.Label+": "+msg)
	}
	return Result{
		Right:  right == len(q.Blanks) && right > 0,
		Score:  share(right, len(q.Blanks)),
		Detail: strings.Join(wrong, "; "),
	}
}

// check says what is wrong with the text in a blank, or nothing.
func (b *Blank) check(kind Kind, text string) string {
	if kind == Fill {
		switch {
		case b.accepts(text):
			return ""
		case squeeze(text) == "":
			return "empty, want " + strings.Join(b.Accept, " or ")
		}
		return fmt.Sprintf("%q, want %s", text, strings.Join(b.Accept, " or "))
	}
	if strings.TrimSpace(text) == "" {
		return "empty, want " + formatTime(b.Value)
	}
	v, err := ParseTime(text)
	switch {
	case err != nil:
		return err.Error()
	case b.near(v):
		return ""
	}
	return formatTime(v) + ", want " + formatTime(b.Value)
}

// gradeRubric is right from two thirds of the points on.
func (q *Question) gradeRubric(ticked []bool) Result {
	points := len(q.Rubric)
	var missing []string
	for i, point := range q.Rubric {
		if i >= len(ticked) || !ticked[i] {
			missing = append(missing, plain(point))
		}
	}
	got := points - len(missing)
	r := Result{Right: points > 0 && 3*got >= 2*points, Score: share(got, points)}
	if len(missing) > 0 {
		r.Detail = "missing: " + strings.Join(missing, "; ")
	}
	return r
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// plain removes the marks of emphasis and code from inline Markdown. A star
// within code, or with space on both sides, is a star.
func plain(s string) string {
	var b strings.Builder
	inCode := false
	for i := range len(s) {
		switch {
		case s[i] == '`':
			inCode = !inCode
		case s[i] == '*' && !inCode && !(i > 0 && i+1 < len(s) && s[i-1] == ' ' && s[i+1] == ' '):
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
