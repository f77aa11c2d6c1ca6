package cli

import (
	"fmt"
	"strings"

	"gokata/cmd/internal/progress"
	"gokata/lessons/quiz"
	lessonterm "gokata/lessons/term"
)

// ask asks one question, whose text stands on the screen already, and returns
// the answer. It grades nothing.
func (a *app) ask(j *journey, q *quiz.Question) (quiz.Answer, error) {
	p := a.prompter()
	switch q.Kind {
	case quiz.One:
		i, err := p.Select("Your answer", a.choices(q))
		return quiz.Answer{Choices: []int{i}}, err
	case quiz.Many, quiz.Output:
		chosen, err := p.MultiSelect("All that are right", a.choices(q))
		return quiz.Answer{Choices: chosen}, err
	case quiz.Order:
		return a.askOrder(q)
	case quiz.Explain:
		return a.askExplain(j, q)
	}
	return a.askBlanks(q)
}

func (a *app) askOrder(q *quiz.Question) (quiz.Answer, error) {
	n := len(q.Options)
	for {
		said, err := a.prompter().Input("The order, first to last", fmt.Sprintf("the numbers 1 to %d", n))
		if err != nil {
			return quiz.Answer{}, err
		}
		chosen, err := numbers(words(said), n)
		if err == nil && len(chosen) == n {
			return quiz.Answer{Choices: trueOrder(q, chosen)}, nil
		}
		a.printf(" Write each number from 1 to %d once, with spaces between.\n", n)
	}
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' || r == ';' })
}

// askExplain lets people compare their own words with a model answer.
func (a *app) askExplain(j *journey, q *quiz.Question) (quiz.Answer, error) {
	said, err := a.ownWords(j, q)
	if err != nil {
		return quiz.Answer{}, err
	}
	a.printf("\n %s\n", a.out.Bold("A model answer"))
	if err := a.markdown(q.Explanation); err != nil {
		return quiz.Answer{}, err
	}
	a.printf("\n")
	points := make([]string, 0, len(q.Rubric)+1)
	for _, point := range q.Rubric {
		points = append(points, lessonterm.Inline(point, a.out.Markdown()))
	}
	// The prompt wants at least one choice, and an answer may have made no point.
	chosen, err := a.prompter().MultiSelect("What did you say?", append(points, "none of these"))
	return quiz.Answer{Texts: []string{said}, Rubric: ticked(chosen, len(q.Rubric))}, err
}

// ownWords asks for an answer in words, or offers those that were written
// before and never compared. They are kept as soon as they are there, be they
// whole or not.
func (a *app) ownWords(j *journey, q *quiz.Question) (string, error) {
	if kept := j.state.Words(q.ID); kept != "" {
		a.printf(" %s\n", a.out.Bold("Your words, kept from last time"))
		a.printf("%s\n\n", indent(lessonterm.Clean(kept), a.out.Width))
		same, err := a.prompter().Confirm("Compare them with a model answer? (no: write anew)", true)
		if err != nil || same {
			return kept, err
		}
	}
	said, err := a.prompter().Lines("In your own words")
	if strings.TrimSpace(said) != "" {
		if err := j.add(progress.WroteWords(q.ID, said)); err != nil {
			return "", err
		}
	}
	return said, err
}

func (a *app) askBlanks(q *quiz.Question) (quiz.Answer, error) {
	var answer quiz.Answer
	hint := ""
	if q.Kind == quiz.Time {
		hint = "such as 200 ms"
	}
	for _, b := range q.Blanks {
		for {
			said, err := a.prompter().Input(b.Label, hint)
			if err != nil {
				return quiz.Answer{}, err
			}
			if q.Kind == quiz.Time {
				// A slip of the pen is no wrong answer.
				if _, err := quiz.ParseTime(said); err != nil {
					a.printf(" %v\n", err)
					continue
				}
			}
			answer.Texts = append(answer.Texts, said)
			break
		}
	}
	return answer, nil
}

// choices are the options as one line each, which the prompt numbers and cuts.
func (a *app) choices(q *quiz.Question) []string {
	out := make([]string, len(q.Options))
	for i, o := range q.Options {
		out[i] = lessonterm.Inline(o.Text, a.out.Markdown())
	}
	return out
}
