package lessons_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"gokata/content"
	"gokata/content/frontmatter"
	"gokata/lessons"
	"gokata/lessons/quiz"
	"gokata/lessons/snippet"
)

var update = flag.Bool("update", false, "rewrite golden files")

// loadContent loads the real course with the real katas.
func loadContent(t testing.TB) *lessons.Course {
	t.Helper()
	course, err := lessons.Load(content.FS, kataRefs(t))
	if err != nil {
		t.Fatal(err)
	}
	return course
}

// kataRefs reads the katas from disk: this package must not import theirs.
func kataRefs(t testing.TB) []lessons.KataRef {
	t.Helper()
	files, err := fs.Glob(os.DirFS("../katas"), "*/kata.md")
	if err != nil {
		t.Fatal(err)
	}
	var refs []lessons.KataRef
	for _, name := range files {
		src, err := os.ReadFile(path.Join("../katas", name))
		if err != nil {
			t.Fatal(err)
		}
		file := path.Join("katas", name)
		meta := map[string]any{}
		if _, _, err := frontmatter.Decode(file, src, &meta); err != nil {
			t.Fatal(err)
		}
		chapter, _ := meta["chapter"].(string)
		lesson, _ := meta["lesson"].(string)
		refs = append(refs, lessons.KataRef{Slug: path.Dir(name), Chapter: chapter, Lesson: lesson, File: file})
	}
	return refs
}

func TestContentHasNoMistakes(t *testing.T) {
	if err := loadContent(t).Check(); err != nil {
		t.Error(err)
	}
}

func TestNoLessonIsADraft(t *testing.T) {
	for _, ch := range loadContent(t).Chapters {
		for _, l := range ch.Lessons {
			if l.Draft {
				t.Errorf("%s is a draft: finish it, and take draft: true out", l.File)
			}
		}
	}
}

func TestEveryQuestionOfTheContentGradesItsModelAnswerRight(t *testing.T) {
	for _, ch := range loadContent(t).Chapters {
		questions, err := ch.Questions()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			if r := q.Grade(q.Model()); !r.Right || r.Score != 1 || r.Detail != "" {
				t.Errorf("%s:%d: the model answer gets %+v", q.File, q.Line, r)
			}
		}
	}
}

func TestStepsLeadThroughTheWholeContent(t *testing.T) {
	course := loadContent(t)
	steps, err := course.Steps()
	if err != nil {
		t.Fatal(err)
	}
	for _, ch := range course.Chapters {
		for _, l := range ch.Lessons {
			if !slices.Contains(steps, lessons.Step{Kind: lessons.StepLesson, ID: l.ID, Chapter: ch.ID}) {
				t.Errorf("no step for lesson %s", l.ID)
			}
		}
	}
	for _, k := range kataRefs(t) {
		if !slices.Contains(steps, lessons.Step{Kind: lessons.StepKata, ID: k.Slug, Chapter: k.Chapter}) {
			t.Errorf("no step for kata %s", k.Slug)
		}
	}
}

// TestContentTellsTheTruth builds all code of the course and runs it: a page
// shows no code that does not compile and no output of another shape than the
// program's, and the marked outputs of a question are exactly those observed.
// With -update, outputs of lessons are replaced by what the programs print.
func TestContentTellsTheTruth(t *testing.T) {
	course := loadContent(t)
	set, err := snippet.Collect(course, content.FS)
	if err != nil {
		t.Fatal(err)
	}
	built, err := snippet.Build(t.Context(), t.TempDir(), set.Programs)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		rewriteOutputs(t, built, set.Outputs)
		return
	}
	for _, p := range set.Outputs {
		t.Run(path.Base(p.Program), func(t *testing.T) {
			if _, err := built.VerifyOutput(t.Context(), p); err != nil {
				t.Error(err)
			}
		})
	}
	runs := 40
	if testing.Short() {
		runs = 5
	}
	for _, ch := range course.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			if q.Kind == quiz.Time {
				t.Run(q.ID, func(t *testing.T) { verifyTimes(t, built, q) })
			}
			if q.Kind != quiz.Output {
				continue
			}
			t.Run(q.ID, func(t *testing.T) {
				if err := built.VerifyQuestion(t.Context(), q, runs); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// verifyTimes fails where an answer is longer than a run was: noise cannot do
// that. What is longer than the answer may be noise, and is only logged.
func verifyTimes(t *testing.T, built *snippet.Binaries, q *quiz.Question) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a CPU clock for each thread")
	}
	doubts, err := built.VerifyTimes(t.Context(), q, 3)
	if err != nil {
		t.Error(err)
	}
	for _, d := range doubts {
		t.Log("not borne out: ", d)
	}
}

// rewriteOutputs goes through each page from its end, so that the lines of the
// outputs before stay where they are. Each output is a test of its own, so that
// -run chooses some.
func rewriteOutputs(t *testing.T, built *snippet.Binaries, outputs []snippet.Printed) {
	for _, p := range slices.Backward(outputs) {
		t.Run(path.Base(p.Program), func(t *testing.T) {
			if p.Elides() {
				t.Logf("%s:%d leaves lines out: replace it by hand", p.File, p.Line)
				return
			}
			printed, err := built.Run(t.Context(), p.Program, 0)
			if err != nil {
				t.Fatal(err)
			}
			file := path.Join("..", p.File)
			page, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if page, err = p.Replace(page, printed); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, page, 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// mistakes lists the messages of a joined error, sorted as they came, and fails
// the test where one is no *frontmatter.Error or has no line.
func mistakes(t testing.TB, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var out []string
		for _, e := range joined.Unwrap() {
			out = append(out, mistakes(t, e)...)
		}
		return out
	}
	var fe *frontmatter.Error
	if !errors.As(err, &fe) {
		t.Fatalf("%T %v: want a *frontmatter.Error", err, err)
	}
	if fe.Line < 1 || fe.File == "" || strings.Contains(fe.Msg, "\n") {
		t.Errorf("%q: want a file, a line from 1 and one line of text", err)
	}
	return []string{err.Error()}
}
