package quiz

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/content/frontmatter"
)

var update = flag.Bool("update", false, "rewrite golden files")

func samples(t testing.TB) []*Question {
	t.Helper()
	src, err := os.ReadFile("testdata/samples.md")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := Parse("samples.md", src)
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

// shown is a question with its Markdown as text, so that the golden file can
// be read.
type shown struct {
	*Question
	Body, Explanation []string
}

func TestEveryKindKeepsWhatItsAuthorWrote(t *testing.T) {
	var all []shown
	for _, q := range samples(t) {
		all = append(all, shown{q, strings.Split(string(q.Body), "\n"), strings.Split(string(q.Explanation), "\n")})
	}
	got, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const golden = "testdata/samples.golden.json"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestLineEndsOfWindowsMakeNoDifference(t *testing.T) {
	src, err := os.ReadFile("testdata/samples.md")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse("samples.md", []byte("\ufeff"+strings.ReplaceAll(string(src), "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(samples(t), got); diff != "" {
		t.Error(diff)
	}
}

const (
	head    = "## Is it? {#a kind=one level=mid topics=words}\n"
	list    = "- [x] yes\n- [ ] no\n"
	because = "\n> Because.\n> Source: a page\n"
)

func TestEveryMistakeNamesItsLineAndTheCure(t *testing.T) {
	heading := func(attrs string) string { return "## Is it? {#a " + attrs + "}\n" }
	tests := []struct {
		name string
		src  string
		want []string
	}{
		{"no attributes", "## Is it?\n" + list + because, []string{"1: question without attributes: end the heading with {#id kind=one level=junior topics=…}"}},
		{"no id", "## Is it? {# kind=one level=mid topics=words}\n" + list + because, []string{`1: id "": write {#id …} with lower-case letters, digits and hyphens`}},
		{"bad id", "## Is it? {#A_b kind=one level=mid topics=words}\n" + list + because, []string{`1: id "A_b": write {#id …} with lower-case letters, digits and hyphens`}},
		{"no text", "## {#a kind=one level=mid topics=words}\n" + list + because, []string{"1: question without a text: write it between ## and {#…}"}},
		{"duplicate id", head + list + because + head + list + because, []string{`7: id "a" is taken by the question on line 1: choose another`}},
		{"nothing but an id", heading(""), []string{
			"1: kind is missing: write kind= with one of one, many, output, time, fill, order, explain",
			"1: level is missing: write level= with one of junior, mid, senior",
			"1: topics are missing: write topics= with one or more words, with commas between",
		}},
		{"unknown attribute", heading("kind=one level=mid topics=words color=red") + list + because, []string{`1: unknown attribute "color": want kind, level, topics, go, lesson or tol`}},
		{"attribute without value", heading("kind=one level=mid topics=words now") + list + because, []string{`1: attribute "now": write key=value`}},
		{"open quote", heading(`kind=one level=mid topics="words`) + list + because, []string{"1: attribute topics: the closing quote is missing"}},
		{"attribute twice", heading("kind=one level=mid level=mid topics=words") + list + because, []string{"1: attribute level is given twice: keep one"}},
		{"unknown kind", heading("kind=two level=mid topics=words") + list + because, []string{`1: unknown kind "two": want one of one, many, output, time, fill, order, explain`}},
		{"unknown level", heading("kind=one level=expert topics=words") + list + because, []string{`1: unknown level "expert": want one of junior, mid, senior`}},
		{"bad values", heading(`kind=one level=mid topics="a, b" go=1.x lesson=A tol=20`) + list + because, []string{
			`1: topics "a, b": write lower-case words with commas between and no spaces`,
			`1: go "1.x": write a version such as 1.26`,
			`1: lesson "A": write the id of a lesson`,
			`1: tol "20": write a percentage such as 20%`,
			"1: tol is for kind=time only: remove it",
		}},
		{"text before the first question", "# Questions\n\nSome words.\nMore.\n" + head + list + because, []string{
			"1: first-level heading: questions are second-level headings (##), and the title stands in the front matter",
			"3: text before the first question is never shown: begin with a heading ## Question {#id kind=…}",
		}},
		{"heading without a space", head + list + because + "##Next {#b}\n", []string{"7: heading without a space: write one after the last #"}},
		{"front matter", "---\ntitle: T\nname: x\n---\n" + head + list + because, []string{`3: unknown key "name"`}},
		{"front matter without a title", "---\ntitle:\n---\n" + head + list + because, []string{"1: title is missing: write title: in the front matter, or leave the front matter out"}},
		{"open fence", head + "```go\nx\n" + list + because, []string{
			"2: this code fence is never closed: end it with a line ```",
			"1: the explanation is missing: end the question with a quote (lines that begin with >)",
		}},
		{"no explanation", head + list, []string{"1: the explanation is missing: end the question with a quote (lines that begin with >)"}},
		{"empty explanation", head + list + "> Source: a page\n", []string{"4: the explanation is empty: say in the quote why the answer is right"}},
		{"no source", head + list + "\n> Because.\n", []string{"5: the source is missing: end the quote with a line > Source: …"}},
		{"empty source", head + list + "\n> Because.\n> Source:\n", []string{"6: empty source: name a file of the Go tree, a page or a paper"}},
		{"source within", head + list + "\n> Because.\n> Source: x\n> So.\n", []string{
			"6: a source in the midst of the quote: put the Source: lines last",
			"7: the source is missing: end the quote with a line > Source: …",
		}},
		{"quote goes on", head + list + because + "lost\n", []string{
			"7: this line continues the quote above: begin it with > or leave an empty line between",
			"7: text after the explanation is never shown: put it before the options or into the quote",
		}},
		{"text after", head + list + because + "\nlost\n", []string{"8: text after the explanation is never shown: put it before the options or into the quote"}},
		{"no options", head + "Text.\n" + because, []string{"2: kind=one wants, right before the explanation, a list of options, - [x] for right ones and - [ ] for wrong ones"}},
		{"one without a right option", head + "- [ ] yes\n- [ ] no\n" + because, []string{"2: 0 options are marked [x]: kind=one wants exactly one"}},
		{"one with two right options", head + "- [x] yes\n- [X] no\n" + because, []string{"2: 2 options are marked [x]: kind=one wants exactly one"}},
		{"many without a right option", heading("kind=many level=mid topics=words") + "- [ ] yes\n- [ ] no\n" + because, []string{"2: no option is marked [x]: kind=many wants at least one"}},
		{"one option", head + "- [x] yes\n" + because, []string{"2: one option is no choice: give at least two"}},
		{"same option", head + "- [x] yes\n- [ ] yes\n" + because, []string{"3: option yes is given twice"}},
		{"empty option", head + "- [x] yes\n- [ ]\n" + because, []string{"3: empty option"}},
		{"option without a box", head + "- [x] yes\n- no\n- [ ] no\n" + because, []string{"3: entry without a box: begin it with - [ ] or - [x]"}},
		{"text under an option", head + "- [x] yes\nor so\n- [ ] no\n" + because, []string{"3: this line continues the list above: indent it by two spaces or leave an empty line between"}},
		{"code in an option", head + "- [x] yes\n  ```\n- [ ] no\n" + because, []string{
			"3: this code fence is never closed: end it with a line ```",
			"3: code in a list: an entry is one line of text; put the code before the list",
		}},
		{"two lists", head + list + "\nor\n\n" + list + because, []string{"2: a second list of options: keep all in one list"}},
		{"no program", heading("kind=output level=mid topics=words") + "```go\nfunc main() {}\n```\n" + list + because, []string{"1: the program is missing: kind=output wants a fence ```go run"}},
		{"two programs", heading("kind=output level=mid topics=words") + "```go run\nfunc main() {}\n```\n```go run\nfunc main() {}\n```\n" + list + because, []string{"5: a second fence ```go run: a question has one program"}},
		{"no main", heading("kind=output level=mid topics=words") + "```go run\nprintln()\n```\n" + list + because, []string{"2: the program has no func main(): write it out"}},
		{"times that can not be read", heading("kind=time level=mid topics=words") + "| | wall |\n|---|---|\n| P=1 | [200] |\n| P=2 | [fast] |\n| P=4 | [3 min] |\n\n> So.\n", []string{
			`4: cell [200]: "200" has no unit: write 200 ms, 200 s or 200 us`,
			`5: cell [fast]: "fast" is not a time: write a number and its unit, such as 200 ms`,
			`6: cell [3 min]: "3 min" is not a time: write a number and its unit, such as 200 ms`,
			"1: no time to fill in: kind=time wants a table with cells such as [200 ms]",
		}},
		{"no times", heading("kind=time level=mid topics=words") + "\n> So.\n", []string{"1: no time to fill in: kind=time wants a table with cells such as [200 ms]"}},
		{"blanks without answers", heading("kind=fill level=mid topics=words") + "A [____] b [____].\n\n- [x] x\n" + because, []string{"1: 2 blanks [____] but 1 answers: give one answer a blank, in the same order"}},
		{"wrong answer to fill in", heading("kind=fill level=mid topics=words") + "A [____] b [__].\n\n- [x] x | \n- [ ] x\n" + because, []string{
			"5: an answer of kind=fill is marked [x]; wrong ones are not listed",
		}},
		{"empty answer to fill in", heading("kind=fill level=mid topics=words") + "A [____].\n\n- [x] x | `` | y\n" + because, []string{
			"4: an empty answer can not be filled in: name it or remove the bar |",
		}},
		{"nothing to order", heading("kind=order level=mid topics=words") + list + because, []string{"2: kind=order wants, right before the explanation, a numbered list of the items in their right order"}},
		{"one item to order", heading("kind=order level=mid topics=words") + "1. a\n" + because, []string{"2: one option is no choice: give at least two"}},
		{"no model answer", heading("kind=explain level=mid topics=words") + "- [ ] point\n", []string{"1: the model answer is missing: end the question with a quote (lines that begin with >)"}},
		{"no rubric", heading("kind=explain level=mid topics=words") + because, []string{"4: the rubric is missing: after the quote, list what a good answer says as - [ ] points"}},
		{"ticked rubric", heading("kind=explain level=mid topics=words") + because + "- [x] point\n- [ ]\n\nmore\n", []string{
			"5: a point of the rubric is for the learner to tick: write - [ ]",
			"6: empty point of the rubric",
			"8: text after the rubric is never shown: remove it",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			questions, err := Parse("q.md", []byte(test.src))
			if questions != nil {
				t.Error("questions of a file with mistakes are returned")
			}
			var got []string
			for _, e := range mistakes(t, err) {
				got = append(got, strings.TrimPrefix(e.Error(), "q.md:"))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFileWithoutQuestionsIsNoMistake(t *testing.T) {
	for _, src := range []string{"", "\n\n", "---\ntitle: T\n---\n"} {
		if questions, err := Parse("q.md", []byte(src)); len(questions) != 0 || err != nil {
			t.Errorf("%q: %d questions, %v", src, len(questions), err)
		}
	}
}

// mistakes takes a joined error apart.
func mistakes(t testing.TB, err error) (out []*frontmatter.Error) {
	t.Helper()
	var fe *frontmatter.Error
	joined, ok := err.(interface{ Unwrap() []error })
	switch {
	case err == nil:
	case ok:
		for _, e := range joined.Unwrap() {
			out = append(out, mistakes(t, e)...)
		}
	case errors.As(err, &fe):
		out = append(out, fe)
	default:
		t.Fatalf("%T %v: want a *frontmatter.Error", err, err)
	}
	return out
}

func FuzzParse(f *testing.F) {
	src, err := os.ReadFile("testdata/samples.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	for i := range src {
		if i%97 == 0 { // a file that ends, or begins, in the midst of something
			f.Add(src[:i])
			f.Add(src[i:])
		}
	}
	for _, s := range []string{"## {#", "## x {#a kind=output level=mid topics=a}\n```go run", "---\n", "> [!", "## x {#a kind=time level=mid topics=a}\n|[0]|[0]|\n> a"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		questions, err := Parse("q.md", src)
		lines := strings.Count(string(src), "\n") + 1
		for _, e := range mistakes(t, err) {
			if e.Line < 1 || e.Line > lines || e.File != "q.md" || e.Msg == "" {
				t.Errorf("%#v in a file of %d lines", e, lines)
			}
		}
		for _, q := range questions {
			if q.Line < 1 || q.Line > lines || q.BodyLine <= q.Line || q.ID == "" || q.Kind == "" {
				t.Errorf("question %+v", q)
			}
			if r := q.Grade(q.Model()); !r.Right || r.Score != 1 || r.Detail != "" {
				t.Errorf("the model answer of %+v gets %+v", q, r)
			}
		}
	})
}
