package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/lessons/quiz"
)

// sample is a question of each kind.
func sample() []*quiz.Question {
	options := []quiz.Option{{Text: "a"}, {Text: "b", Correct: true}, {Text: "c"}, {Text: "d"}}
	blanks := []quiz.Blank{
		{Label: "P=1 wall", Value: time.Second, Tolerance: 0.1, Accept: []string{"x"}},
		{Label: "P=2 wall", Value: time.Second, Tolerance: 0.1, Accept: []string{"y"}},
	}
	return []*quiz.Question{
		{ID: "one", Kind: quiz.One, Options: options},
		{ID: "many", Kind: quiz.Many, Options: options},
		{ID: "output", Kind: quiz.Output, Options: options},
		{ID: "order", Kind: quiz.Order, Options: options},
		{ID: "time", Kind: quiz.Time, Blanks: blanks},
		{ID: "fill", Kind: quiz.Fill, Blanks: blanks},
		{ID: "explain", Kind: quiz.Explain, Rubric: []string{"p", "q"}},
	}
}

func nowhere(string) (string, bool) { return "", false }

const complete = `
one: 2
many: [1, 2]
output: 2
order: [1, 2, 3, 4]
time: [1 s, 1000 ms]
fill: [x, "y"]
explain: []
`

func TestAnswersAreReadFromYAMLAndJSON(t *testing.T) {
	asJSON := `{"one": 2, "many": [1, 2], "output": [2], "order": [1, 2, 3, 4],
		"time": ["1 s", "1000 ms"], "fill": ["x", "y"], "explain": []}`
	questions := sample()
	want := map[string]quiz.Answer{
		"one": {Choices: []int{1}}, "many": {Choices: []int{0, 1}}, "output": {Choices: []int{1}},
		"order": {Choices: shuffled(questions[3])},
		"time":  {Texts: []string{"1 s", "1000 ms"}}, "fill": {Texts: []string{"x", "y"}},
		"explain": {Rubric: []bool{false, false}},
	}
	for name, text := range map[string]string{"yaml": complete, "json": asJSON} {
		got, err := parseAnswers(name, []byte(text), questions, nowhere)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func TestAMistakeInAnAnswersFileNamesFileLineAndQuestion(t *testing.T) {
	tests := []struct{ was, is, want string }{
		{"one: 2", "one: 5", `a.yml:2: question "one": want a number, 1 to 4: 5 is not one of 1 to 4`},
		{"one: 2", "one: 0", `0 is not one of 1 to 4`},
		{"one: 2", "one: b", `"b" is not a number`},
		{"one: 2", "one: [1, 2]", `a.yml:2: question "one": want a number, 1 to 4, got 2`},
		{"one: 2", "one:", `a.yml:2: question "one": want a number, 1 to 4`},
		{"one: 2", "one: {x: 1}", `a.yml:2: question "one": want a number, 1 to 4`},
		{"one: 2", "one: [[1]]", `a.yml:2: question "one": want a number, 1 to 4`},
		{"one: 2", "", `a.yml: question "one" is not answered; want a number, 1 to 4`},
		{"one: 2", "one: 2\none: 3", `a.yml:3: question "one": answered twice`},
		{"one: 2", "one: 2\nonne: 3", `question "onne": there is none of this id; did you mean one?`},
		{"one: 2", "one: 2\nelsewhere: 3", `not one of those asked; all of its chapter: gokata quiz other`},
		{"many: [1, 2]", "many: [1, 1]", `1 stands there twice`},
		{"order: [1, 2, 3, 4]", "order: [1, 2, 3]", `question "order": want the numbers 1 to 4 in your order: [4, 3, 2, 1], got 3`},
		{"time: [1 s, 1000 ms]", "time: 1 s", `question "time": want 2 times, row by row: [200 ms, 200 ms], got 1`},
		{"explain: []", "explain: [3]", `3 is not one of 1 to 2`},
	}
	elsewhere := func(id string) (string, bool) { return "other", id == "elsewhere" }
	for _, tt := range tests {
		t.Run(tt.is, func(t *testing.T) {
			text := strings.Replace(complete, tt.was, tt.is, 1)
			_, err := parseAnswers("a.yml", []byte(text), sample(), elsewhere)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestAllMistakesAreSaidAtOnce(t *testing.T) {
	_, err := parseAnswers("a.yml", []byte("one: 9\nmany: x\n"), sample(), nowhere)
	if err == nil || strings.Count(err.Error(), "\n") != 6 {
		t.Errorf("want seven lines, one a question:\n%v", err)
	}
}

func TestItemsAreShownInAnOrderThatIsAlwaysTheSameAndNeverTheRightOne(t *testing.T) {
	for n := 2; n <= 7; n++ {
		for id := range 200 {
			q := &quiz.Question{ID: fmt.Sprint("question-", id), Kind: quiz.Order, Options: make([]quiz.Option, n)}
			shown := shuffled(q)
			if slices.IsSorted(shown) {
				t.Fatalf("%s: %v is the right order", q.ID, shown)
			}
			if again := shuffled(q); !slices.Equal(shown, again) {
				t.Fatalf("%s: %v, then %v", q.ID, shown, again)
			}
			sorted := slices.Sorted(slices.Values(shown))
			for i, v := range sorted {
				if i != v {
					t.Fatalf("%s: %v is no permutation", q.ID, shown)
				}
			}
		}
	}
}

func TestNumbersOfItemsAsShownMeanTheirTruePlaces(t *testing.T) {
	q := sample()[3]
	var right []int // the places on the screen, in the right order of the items
	for item := range q.Options {
		right = append(right, slices.Index(shuffled(q), item))
	}
	if r := q.Grade(quiz.Answer{Choices: trueOrder(q, right)}); !r.Right {
		t.Errorf("the right order got %+v", r)
	}
	slices.Reverse(right)
	if r := q.Grade(quiz.Answer{Choices: trueOrder(q, right)}); r.Right {
		t.Error("the reverse of the right order was right")
	}
}

func FuzzParseAnswers(f *testing.F) {
	f.Add([]byte(complete))
	f.Add([]byte(`{"one": [2]}`))
	f.Add([]byte("one: &a [*a]"))
	f.Add([]byte("- 1"))
	f.Add([]byte("? [x]\n: y"))
	f.Fuzz(func(t *testing.T, src []byte) {
		questions := sample()
		answers, err := parseAnswers("f.yml", src, questions, nowhere)
		if err != nil {
			if code, _ := explain(err); code != ExitUsage {
				t.Fatalf("exit code %d for %q", code, src)
			}
			return
		}
		for _, q := range questions {
			a, ok := answers[q.ID]
			if !ok {
				t.Fatalf("%s not answered and no error: %q", q.ID, src)
			}
			q.Grade(a)
		}
	})
}
