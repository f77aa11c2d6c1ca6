package author

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gokata/checker/spec"
	"gokata/cmd/internal/lint"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

// tree is a copy of the source tree's course.
func tree(t *testing.T) Tree {
	t.Helper()
	dir := t.TempDir()
	for _, part := range []string{"content", "katas"} {
		if err := os.CopyFS(filepath.Join(dir, part), os.DirFS("../../../"+part)); err != nil {
			t.Fatal(err)
		}
	}
	return read(t, dir)
}

// read reads a tree anew.
func read(t *testing.T, dir string) Tree {
	t.Helper()
	fsys := os.DirFS(filepath.Join(dir, "katas"))
	out := Tree{Root: dir, Katas: katas.SlugsIn(fsys)}
	var refs []lessons.KataRef
	for _, slug := range out.Katas {
		k, err := katas.LoadFrom(fsys, slug)
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, lessons.KataRef{Slug: slug, Chapter: k.Chapter, Lesson: k.Lesson})
	}
	var err error
	if out.Course, err = lessons.Load(os.DirFS(filepath.Join(dir, "content")), refs); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEverySkeletonLints(t *testing.T) {
	work := tree(t)
	ch := work.Course.Chapters[0]
	if _, err := work.Lesson(ch, "a-new-lesson"); err != nil {
		t.Fatal(err)
	}
	work = read(t, work.Root)
	l := work.Course.Lesson("a-new-lesson")
	if l == nil || l.Chapter != ch.ID || !l.Draft {
		t.Fatalf("%+v", l)
	}
	if last := work.Course.Chapters[0].Lessons; last[len(last)-1].ID != l.ID {
		t.Errorf("it is not the last lesson of its chapter")
	}
	for _, kind := range QuestionKinds() {
		if _, err := work.Question(l, "new-"+kind, quiz.Kind(kind)); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range KataKinds() {
		if _, err := work.Kata(l, "new-"+kind, spec.Kind(kind)); err != nil {
			t.Fatal(err)
		}
	}
	work = read(t, work.Root)
	for _, kind := range []quiz.Kind{quiz.One, quiz.Many, quiz.Output, quiz.Time, quiz.Fill, quiz.Order, quiz.Explain} {
		q, err := work.Course.Question("new-" + string(kind))
		if err != nil || q.Kind != kind || q.Lesson != l.ID {
			t.Errorf("%s: %+v, %v", kind, q, err)
		}
	}
	made := &lint.Tree{Root: os.DirFS(work.Root)}
	found, err := lint.Run(made)
	if err != nil {
		t.Fatal(err)
	}
	if !testing.Short() {
		var ours []*katas.Kata
		for _, k := range made.Katas() {
			if strings.HasPrefix(k.Spec.Kata, "new-") {
				ours = append(ours, k)
			}
		}
		more, err := lint.Starters(t.Context(), t.TempDir(), ours)
		if err != nil || len(ours) != len(KataKinds()) {
			t.Fatalf("%d katas, %v", len(ours), err)
		}
		found = append(found, more...)
	}
	for _, p := range found {
		t.Error(p)
	}
}

func TestATakenOrBadNameChangesNothing(t *testing.T) {
	work := tree(t)
	l := work.Course.Chapters[0].Lessons[0]
	before := listing(t, work.Root)
	for _, name := range []string{"", "Upper", "two words", "-a", "a--b", "../x", "x/y", l.ID, l.Chapter, "seed", "parallel-sum"} {
		want := ErrName
		if slugForm.MatchString(name) {
			want = ErrTaken
		}
		if _, err := work.Lesson(work.Course.Chapters[0], name); !errors.Is(err, want) {
			t.Errorf("lesson %q: %v", name, err)
		}
		if _, err := work.Question(l, name, quiz.One); !errors.Is(err, want) {
			t.Errorf("question %q: %v", name, err)
		}
		if _, err := work.Kata(l, name, spec.Parallel); !errors.Is(err, want) {
			t.Errorf("kata %q: %v", name, err)
		}
	}
	if _, err := work.Question(l, "fresh", "riddle"); !errors.Is(err, ErrName) {
		t.Errorf("kind of question: %v", err)
	}
	if _, err := work.Kata(l, "fresh", spec.Meter); !errors.Is(err, ErrName) {
		t.Errorf("kind of kata: %v", err)
	}
	if after := listing(t, work.Root); after != before {
		t.Error("something has changed")
	}
}

// listing is every file of a tree with its size.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err == nil {
			b.WriteString(name + " " + info.Mode().String() + " " + info.ModTime().String() + "\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
