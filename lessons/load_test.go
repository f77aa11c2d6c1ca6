package lessons_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gokata/content"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

const (
	chapterText = "---\ntitle: Two words\nsummary: What they mean.\n---\nA paragraph.\n"
	lessonText  = "---\ntitle: One\nquestion: Why?\nminutes: 6\n---\nText.\n"
	quizText    = "## Is it? {#%s kind=one level=junior topics=words%s}\n- [x] yes\n- [ ] no\n\n> Because.\n> Source: a page\n"
)

func ask(id, attrs string) string { return fmt.Sprintf(quizText, id, attrs) + "\n" }

// sample is a course of two chapters without a mistake, with changes: a file
// with an empty text is left out.
func sample(changes map[string]string) fstest.MapFS {
	files := map[string]string{
		"content.go":               "package content\n",
		"frontmatter/x.go":         "package frontmatter\n",
		"01-two-words/chapter.md":  chapterText,
		"01-two-words/01-one.md":   strings.Replace(lessonText, "minutes: 6", "minutes: 6\nkatas: [sum, wait]\nmisconceptions: [1, 38]\nsources:\n  - a page", 1),
		"01-two-words/02-two.md":   lessonText,
		"01-two-words/quiz.md":     ask("q1", " lesson=one") + ask("q2", ""),
		"04-data/chapter.md":       "---\ntitle: Data\n---\n",
		"04-data/testdata/four.go": "package main\n",
	}
	for name, text := range changes {
		files[name] = text
	}
	out := fstest.MapFS{}
	for name, text := range files {
		if text != "" {
			out[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return out
}

func katas() []lessons.KataRef {
	return []lessons.KataRef{
		{Slug: "letters", Chapter: "data", Lesson: "two", File: "katas/letters/kata.md"},
		{Slug: "sleep", Chapter: "two-words", Lesson: "one", File: "katas/sleep/kata.md"},
		{Slug: "sum", Chapter: "two-words", Lesson: "one", File: "katas/sum/kata.md"},
		{Slug: "wait", Chapter: "two-words", Lesson: "one", File: "katas/wait/kata.md"},
	}
}

func TestLoadKeepsWhatTheFilesSay(t *testing.T) {
	course, err := lessons.Load(sample(nil), katas())
	if err != nil {
		t.Fatal(err)
	}
	ch := course.Chapter("two-words")
	if ch == nil || ch.Title != "Two words" || ch.Summary != "What they mean." || ch.Number != 1 || ch.Dir != "01-two-words" {
		t.Fatalf("chapter %+v", ch)
	}
	if src, line := ch.Body(); string(src) != "A paragraph.\n" || line != 5 {
		t.Errorf("chapter body %q on line %d", src, line)
	}
	if diff := cmp.Diff([]string{"sum", "wait", "sleep"}, ch.Katas); diff != "" {
		t.Error("listed katas do not come first:", diff)
	}
	l := course.Lesson("one")
	if src, line := l.Body(); string(src) != "Text.\n" || line != 10 {
		t.Errorf("lesson body %q on line %d", src, line)
	}
	got := []any{l.ID, l.Title, l.Question, l.Chapter, l.File, l.Minutes, l.Katas, l.Misconceptions, l.Sources}
	want := []any{"one", "One", "Why?", "two-words", "content/01-two-words/01-one.md", 6,
		[]string{"sum", "wait"}, []int{1, 38}, []string{"a page"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if course.Chapter("nothing") != nil || course.Lesson("nothing") != nil {
		t.Error("an unknown id finds something")
	}
	if course.Title == "" || len(course.Chapters) != 2 || course.Chapters[1].Number != 4 {
		t.Errorf("course %q with %d chapters", course.Title, len(course.Chapters))
	}
}

func TestLoadReportsEveryMistakeWithFileAndLine(t *testing.T) {
	const one, two = "01-two-words/01-one.md", "01-two-words/02-two.md"
	tests := []struct {
		name    string
		changes map[string]string
		katas   []lessons.KataRef
		want    []string
	}{
		{"unknown key", map[string]string{two: "---\ntitle: T\nminuets: 6\n---\n"}, nil,
			[]string{"content/01-two-words/02-two.md:3: unknown key \"minuets\""}},
		{"unknown key of a chapter", map[string]string{"04-data/chapter.md": "---\ntitle: T\nnumber: 6\n---\n"}, nil,
			[]string{"content/04-data/chapter.md:3: unknown key \"number\""}},
		{"no front matter", map[string]string{two: "# Two\n"}, nil,
			[]string{"content/01-two-words/02-two.md:1: no front matter: the file must begin with a line ---"}},
		{"all that is required is missing", map[string]string{two: "---\nsources: []\n---\n", "04-data/chapter.md": "---\nsummary: S\n---\n"}, nil,
			[]string{
				"content/01-two-words/02-two.md:1: title is missing: write title: in the front matter",
				"content/01-two-words/02-two.md:1: question is missing: write question: in the front matter",
				"content/01-two-words/02-two.md:1: minutes is missing: write minutes: in the front matter",
				"content/04-data/chapter.md:1: title is missing: write title: in the front matter",
			}},
		{"empty title", map[string]string{two: "---\nquestion: Q\ntitle: \nminutes: -1\n---\n"}, nil,
			[]string{
				"content/01-two-words/02-two.md:3: title is missing: write title: in the front matter",
				"content/01-two-words/02-two.md:4: minutes -1: want at least 1",
			}},
		{"misconceptions", map[string]string{two: "---\nquestion: Q\ntitle: T\nminutes: 1\nmisconceptions:\n  - 3\n  - 39\n  - 0\n---\n"}, nil,
			[]string{
				"content/01-two-words/02-two.md:7: misconception 39: want a number from 1 to 38",
				"content/01-two-words/02-two.md:8: misconception 0: want a number from 1 to 38",
			}},
		{"file names", map[string]string{"01-two-words/3-three.md": lessonText, "01-two-words/04-Four.md": lessonText, "01-two-words/notes.txt": "x", "5-five/chapter.md": chapterText}, nil,
			[]string{
				`content/01-two-words/04-Four.md:1: bad file name "04-Four.md": want NN-name.md, chapter.md, quiz.md or the folder testdata`,
				`content/01-two-words/3-three.md:1: bad file name "3-three.md": want NN-name.md, chapter.md, quiz.md or the folder testdata`,
				`content/01-two-words/notes.txt:1: bad file name "notes.txt": want NN-name.md, chapter.md, quiz.md or the folder testdata`,
				`content/5-five/chapter.md:1: bad folder name "5-five": want NN-name, lower-case words with hyphens`,
			}},
		{"chapter without description", map[string]string{"04-data/chapter.md": ""}, nil,
			[]string{"content/04-data/chapter.md:1: the file is missing: write it with title: and summary:"}},
		{"duplicate ids", map[string]string{"04-data/01-one.md": lessonText, "05-two-words/chapter.md": chapterText, "04-data/02-sum.md": lessonText}, nil,
			[]string{
				`content/04-data/01-one.md:1: id "one" is taken by content/01-two-words/01-one.md: rename one of the two`,
				`content/05-two-words/chapter.md:1: id "two-words" is taken by content/01-two-words/chapter.md: rename one of the two`,
				`katas/sum/kata.md:1: id "sum" is taken by content/04-data/02-sum.md: rename one of the two`,
			}},
		{"duplicate numbers", map[string]string{"04-more/chapter.md": chapterText, "01-two-words/02-three.md": lessonText}, nil,
			[]string{
				"content/01-two-words/02-two.md:1: number 02 is taken by content/01-two-words/02-three.md: renumber one of the two",
				"content/04-more/chapter.md:1: number 04 is taken by 04-data: renumber one of the two",
			}},
		{"kata that is not there", map[string]string{two: "---\ntitle: T\nquestion: Q\nminutes: 1\nkatas:\n  - nothing\n---\n"}, nil,
			[]string{`content/01-two-words/02-two.md:6: there is no kata "nothing": name a folder of katas/`}},
		{"kata listed twice", map[string]string{two: "---\ntitle: T\nquestion: Q\nminutes: 1\nkatas: [wait]\n---\n"}, nil,
			[]string{"content/01-two-words/02-two.md:5: kata wait is listed by content/01-two-words/01-one.md already: a kata follows one lesson"}},
		{"kata of another chapter", map[string]string{two: "---\ntitle: T\nquestion: Q\nminutes: 1\nkatas: [letters]\n---\n"}, nil,
			[]string{"content/01-two-words/02-two.md:5: kata letters is of chapter data (katas/letters/kata.md): list it in a lesson of that chapter"}},
		{"kata without chapter and lesson", nil, append(katas(), lessons.KataRef{Slug: "lost", Chapter: "there", Lesson: "here", File: "katas/lost/kata.md"}),
			[]string{
				`katas/lost/kata.md:1: kata lost: there is no chapter "there": name the chapter's folder without its number`,
				`katas/lost/kata.md:1: kata lost: there is no lesson "here": name the lesson's file without number and .md`,
			}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			refs := test.katas
			if refs == nil {
				refs = katas()
			}
			course, err := lessons.Load(sample(test.changes), refs)
			if course != nil {
				t.Error("a course with mistakes is returned")
			}
			if diff := cmp.Diff(test.want, mistakes(t, err)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestQuestionsGetTheirChapterAndLesson(t *testing.T) {
	course, err := lessons.Load(sample(nil), katas())
	if err != nil {
		t.Fatal(err)
	}
	for id, lesson := range map[string]string{"q1": "one", "q2": "two"} {
		q, err := course.Question(id)
		if err != nil {
			t.Fatal(err)
		}
		if q.ID != id || q.Chapter != "two-words" || q.Lesson != lesson || q.File != "content/01-two-words/quiz.md" {
			t.Errorf("question %+v", q)
		}
	}
	if _, err := course.Question("nothing"); err == nil || !strings.Contains(err.Error(), `"nothing"`) {
		t.Errorf("unknown question: %v", err)
	}
	if questions, err := course.Chapter("data").Questions(); len(questions) != 0 || err != nil {
		t.Errorf("a chapter without quiz.md has %d questions, %v", len(questions), err)
	}
	if err := course.Check(); err != nil {
		t.Error(err)
	}
}

func TestStepsGoLessonQuestionsKatas(t *testing.T) {
	changes := map[string]string{"01-two-words/quiz.md": ask("q2", ""), "04-data/01-cut.md": lessonText}
	course, err := lessons.Load(sample(changes), katas())
	if err != nil {
		t.Fatal(err)
	}
	got, err := course.Steps()
	if err != nil {
		t.Fatal(err)
	}
	want := []lessons.Step{
		{Kind: "lesson", ID: "one", Chapter: "two-words"},
		{Kind: "kata", ID: "sum", Chapter: "two-words"},
		{Kind: "kata", ID: "wait", Chapter: "two-words"},
		{Kind: "lesson", ID: "two", Chapter: "two-words"},
		{Kind: "questions", ID: "two", Chapter: "two-words"},
		{Kind: "kata", ID: "sleep", Chapter: "two-words"},
		{Kind: "lesson", ID: "cut", Chapter: "data"},
		{Kind: "kata", ID: "letters", Chapter: "data"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestCheckReportsMistakesOfQuestions(t *testing.T) {
	tests := []struct {
		name string
		quiz string
		want []string
	}{
		{"lesson that is not there", ask("q1", "") + ask("q2", " lesson=three"),
			[]string{`content/01-two-words/quiz.md:8: question q2 follows lesson "three", which chapter two-words does not have`}},
		{"id of a lesson", ask("one", ""),
			[]string{`content/01-two-words/quiz.md:1: id "one" is taken by content/01-two-words/01-one.md: choose another`}},
		{"id of a kata", ask("sum", ""),
			[]string{`content/01-two-words/quiz.md:1: id "sum" is taken by katas/sum/kata.md: choose another`}},
		{"id of a question of another chapter", ask("q9", ""),
			[]string{`content/04-data/quiz.md:1: id "q9" is taken by content/01-two-words/quiz.md:1: choose another`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			course, err := lessons.Load(sample(map[string]string{
				"01-two-words/quiz.md": test.quiz,
				"04-data/01-cut.md":    lessonText,
				"04-data/quiz.md":      ask("q9", ""),
			}), katas())
			if err != nil {
				t.Fatalf("Load parses questions: %v", err)
			}
			if diff := cmp.Diff(test.want, mistakes(t, course.Check())); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("several chapters", func(t *testing.T) {
		course, err := lessons.Load(sample(map[string]string{"01-two-words/quiz.md": "## A\n", "04-data/quiz.md": "## B\n"}), katas())
		if err != nil {
			t.Fatal(err)
		}
		if got := mistakes(t, course.Check()); len(got) != 2 {
			t.Errorf("want a mistake of each chapter, got %q", got)
		}
		if _, err := course.Steps(); err == nil {
			t.Error("Steps says nothing of broken questions")
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	refs := kataRefs(b)
	for b.Loop() {
		if _, err := lessons.Load(content.FS, refs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQuestions measures what Chapter.Questions does when first called.
func BenchmarkQuestions(b *testing.B) {
	src, err := fs.ReadFile(content.FS, "01-two-words/quiz.md")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := quiz.Parse("quiz.md", src); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSteps measures what "gokata next" needs of the course.
func BenchmarkSteps(b *testing.B) {
	refs := kataRefs(b)
	for b.Loop() {
		course, err := lessons.Load(content.FS, refs)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := course.Steps(); err != nil {
			b.Fatal(err)
		}
	}
}
