package cli

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"gokata/lessons/quiz"
)

// answerForm says in the words of an answers file how a kind is answered.
func answerForm(q *quiz.Question) string {
	switch q.Kind {
	case quiz.One:
		return fmt.Sprintf("a number, 1 to %d", len(q.Options))
	case quiz.Many, quiz.Output:
		return fmt.Sprintf("numbers, 1 to %d: [1, 2]", len(q.Options))
	case quiz.Order:
		return fmt.Sprintf("the numbers 1 to %d in your order: [%s]", len(q.Options), sequence(len(q.Options)))
	case quiz.Time:
		return fmt.Sprintf("%s, row by row: [%s]", counted(len(q.Blanks), "time"),
			strings.Join(slices.Repeat([]string{"200 ms"}, min(2, len(q.Blanks))), ", ")+more(len(q.Blanks) > 2))
	case quiz.Fill:
		return counted(len(q.Blanks), "text") + `: ["..."]`
	case quiz.Explain:
		return fmt.Sprintf("numbers of the points that you made, 1 to %d: [1, 2]", len(q.Rubric))
	}
	return "an answer"
}

func sequence(n int) string {
	numbers := make([]string, n)
	for i := range numbers {
		numbers[i] = strconv.Itoa(n - i)
	}
	return strings.Join(numbers, ", ")
}

func more(yes bool) string {
	if yes {
		return ", ..."
	}
	return ""
}

// parseAnswers reads an answers file, YAML or JSON: a map of question id to
// answer. Every question of want must be answered and no other; known are the
// ids that exist elsewhere in the course. All mistakes are returned at once,
// each with file, line and question.
func parseAnswers(file string, src []byte, want []*quiz.Question, known func(id string) (chapter string, ok bool)) (map[string]quiz.Answer, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		return nil, usage("Write YAML or JSON, one line a question: id: answer.", "%s: %s", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return nil, usage("Write one line a question: id: answer.", "%s: not a map of question ids to answers", file)
	}
	byID := map[string]*quiz.Question{}
	var ids []string
	for _, q := range want {
		byID[q.ID] = q
		ids = append(ids, q.ID)
	}
	answers := map[string]quiz.Answer{}
	var mistakes []string
	mistake := func(line int, id, format string, args ...any) {
		mistakes = append(mistakes, fmt.Sprintf("%s:%d: question %q: ", file, line, id)+fmt.Sprintf(format, args...))
	}
	pairs := doc.Content[0].Content
	for i := 0; i+1 < len(pairs); i += 2 {
		id, line := pairs[i].Value, pairs[i].Line
		q := byID[id]
		if _, twice := answers[id]; twice {
			mistake(line, id, "answered twice")
			continue
		}
		if q == nil {
			mistake(line, id, "%s", stray(id, ids, known))
			continue
		}
		answer, err := answerOf(q, pairs[i+1])
		if err != nil {
			mistake(pairs[i+1].Line, id, "%v", err)
		}
		answers[id] = answer
	}
	for _, q := range want {
		if _, ok := answers[q.ID]; !ok {
			mistakes = append(mistakes, fmt.Sprintf("%s: question %q is not answered; want %s", file, q.ID, answerForm(q)))
		}
	}
	if len(mistakes) > 0 {
		return nil, usage("Nothing was graded.", "%s", strings.Join(mistakes, "\n        "))
	}
	return answers, nil
}

// stray says why a question is not one of those asked.
func stray(id string, ids []string, known func(string) (string, bool)) string {
	if chapter, ok := known(id); ok {
		return fmt.Sprintf("not one of those asked; all of its chapter: gokata quiz %s", chapter)
	}
	if near := nearest(id, ids); len(near) > 0 {
		return "there is none of this id; did you mean " + near[0] + "?"
	}
	return "there is none of this id"
}

// answerOf reads the answer to one question.
func answerOf(q *quiz.Question, n *yaml.Node) (quiz.Answer, error) {
	values := []*yaml.Node{n}
	switch {
	case n.Kind == yaml.SequenceNode:
		values = n.Content
	case n.Kind != yaml.ScalarNode || n.Tag == "!!null":
		return quiz.Answer{}, fmt.Errorf("want %s", answerForm(q))
	}
	var words []string
	for _, v := range values {
		if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
			return quiz.Answer{}, fmt.Errorf("want %s", answerForm(q))
		}
		words = append(words, v.Value)
	}
	switch q.Kind {
	case quiz.Time, quiz.Fill:
		if len(words) != len(q.Blanks) {
			return quiz.Answer{}, fmt.Errorf("want %s, got %d", answerForm(q), len(words))
		}
		return quiz.Answer{Texts: words}, nil
	case quiz.Explain:
		chosen, err := numbers(words, len(q.Rubric))
		if err != nil {
			return quiz.Answer{}, fmt.Errorf("want %s: %w", answerForm(q), err)
		}
		return quiz.Answer{Rubric: ticked(chosen, len(q.Rubric))}, nil
	}
	chosen, err := numbers(words, len(q.Options))
	if err != nil {
		return quiz.Answer{}, fmt.Errorf("want %s: %w", answerForm(q), err)
	}
	if q.Kind == quiz.One && len(chosen) != 1 || q.Kind == quiz.Order && len(chosen) != len(q.Options) {
		return quiz.Answer{}, fmt.Errorf("want %s, got %d", answerForm(q), len(chosen))
	}
	if q.Kind == quiz.Order {
		chosen = trueOrder(q, chosen)
	}
	return quiz.Answer{Choices: chosen}, nil
}

// numbers reads different numbers from 1 to n, and counts them from 0.
func numbers(words []string, n int) ([]int, error) {
	var out []int
	for _, w := range words {
		i, err := strconv.Atoi(w)
		switch {
		case err != nil:
			return nil, fmt.Errorf("%q is not a number", w)
		case i < 1 || i > n:
			return nil, fmt.Errorf("%d is not one of 1 to %d", i, n)
		case slices.Contains(out, i-1):
			return nil, fmt.Errorf("%d stands there twice", i)
		}
		out = append(out, i-1)
	}
	return out, nil
}

// ticked marks the points chosen; a number beyond them marks none.
func ticked(chosen []int, n int) []bool {
	out := make([]bool, n)
	for _, i := range chosen {
		if i < n {
			out[i] = true
		}
	}
	return out
}

// shuffled is the order in which the items of a question are shown: for each
// place the item's true index. It depends on the id alone, so that numbers in
// an answers file keep their meaning, and is never the right order.
func shuffled(q *quiz.Question) []int {
	h := fnv.New64a()
	h.Write([]byte(q.ID))
	places := rand.New(rand.NewPCG(h.Sum64(), 1)).Perm(len(q.Options))
	if slices.IsSorted(places) && len(places) > 1 {
		places[0], places[1] = places[1], places[0]
	}
	return places
}

// trueOrder turns places as shown into the items' true indexes.
func trueOrder(q *quiz.Question, shown []int) []int {
	places := shuffled(q)
	out := make([]int, len(shown))
	for i, p := range shown {
		out[i] = places[p]
	}
	return out
}
