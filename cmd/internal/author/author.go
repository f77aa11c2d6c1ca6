// Package author makes skeletons of lessons, questions and katas in the source
// tree of the course: small, complete, and free of what gokata course lint
// objects to, so that an author changes one thing at a time.
//
//	skeleton/ (embedded) -> names filled in -> new files in the tree
//
// Nothing that is there is ever changed, but for quiz.md, to which a question
// is appended.
package author

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gokata/checker/spec"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

//go:embed skeleton
var skeleton embed.FS

// ErrTaken is in the chain of the error for a name that something has.
var ErrTaken = errors.New("the name is taken")

// ErrName is in the chain of the error for a name that cannot be one.
var ErrName = errors.New("not a name")

// Tree is where skeletons go.
type Tree struct {
	Root   string          // of the source tree
	Course *lessons.Course // as it is there
	Katas  []string        // slugs
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// free says why a name cannot be given to something new, or nil.
func (t Tree) free(name string) error {
	if !slugForm.MatchString(name) {
		return fmt.Errorf("%w: %q: write lower-case letters and digits, with hyphens between", ErrName, name)
	}
	_, err := t.Course.Question(name)
	if err == nil || t.Course.Chapter(name) != nil || t.Course.Lesson(name) != nil || slices.Contains(t.Katas, name) {
		return fmt.Errorf("%w: %q: choose another", ErrTaken, name)
	}
	return nil
}

// Lesson makes a page at the end of a chapter and returns its path.
func (t Tree) Lesson(ch *lessons.Chapter, id string) (string, error) {
	if err := t.free(id); err != nil {
		return "", err
	}
	last := 0
	for _, l := range ch.Lessons {
		var n int
		if _, err := fmt.Sscanf(path.Base(l.File), "%02d-", &n); err == nil {
			last = max(last, n)
		}
	}
	name := path.Join("content", ch.Dir, fmt.Sprintf("%02d-%s.md", last+1, id))
	return name, t.write(name, "skeleton/lesson.md", strings.NewReplacer("{{title}}", title(id), "{{id}}", id))
}

// Question appends a question of a kind to the quiz of the lesson's chapter,
// with the program that a time question needs, and returns the paths of what
// it wrote.
func (t Tree) Question(l *lessons.Lesson, id string, kind quiz.Kind) ([]string, error) {
	if err := t.free(id); err != nil {
		return nil, err
	}
	fill := strings.NewReplacer("{{id}}", id, "{{lesson}}", l.ID)
	text, err := skeleton.ReadFile("skeleton/question/" + string(kind) + ".md")
	if err != nil {
		return nil, fmt.Errorf("%w: %q is no kind of question: want one of %q", ErrName, kind, QuestionKinds())
	}
	dir := path.Dir(l.File)
	var written []string
	if kind == quiz.Time {
		name := path.Join(dir, "testdata", id+".go")
		if err := t.write(name, "skeleton/question/time.go.txt", fill); err != nil {
			return nil, err
		}
		written = append(written, name)
	}
	name := path.Join(dir, "quiz.md")
	file := filepath.Join(t.Root, filepath.FromSlash(name))
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("failed to read the questions: %w", err)
	}
	gap := ""
	if body := strings.TrimRight(string(old), "\n"); body != "" {
		gap = strings.Repeat("\n", max(0, 2-(len(old)-len(body))))
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("failed to add the question: %w", err)
	}
	_, err = f.WriteString(gap + fill.Replace(string(text)))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("failed to add the question: %w", err)
	}
	return append(written, name), nil
}

// QuestionKinds lists the kinds of questions that there are skeletons of.
func QuestionKinds() (kinds []string) {
	entries, _ := fs.ReadDir(skeleton, "skeleton/question")
	for _, e := range entries {
		if kind, ok := strings.CutSuffix(e.Name(), ".md"); ok {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// KataKinds lists the kinds of katas that there are skeletons of.
func KataKinds() []string { return []string{string(spec.Parallel), string(spec.Counted)} }

// Kata makes the folder of a kata that follows a lesson and returns its path.
func (t Tree) Kata(l *lessons.Lesson, slug string, kind spec.Kind) (string, error) {
	if err := t.free(slug); err != nil {
		return "", err
	}
	from := "skeleton/kata-" + string(kind)
	if !slices.Contains(KataKinds(), string(kind)) {
		return "", fmt.Errorf("%w: there is no skeleton for a kata of kind %q: want one of %q, or begin with a copy of a kata of that kind", ErrName, kind, KataKinds())
	}
	dir := path.Join("katas", slug)
	if _, err := os.Stat(filepath.Join(t.Root, filepath.FromSlash(dir))); err == nil {
		return "", fmt.Errorf("%w: there is a folder %s: choose another", ErrTaken, dir)
	}
	pkg := strings.ReplaceAll(slug, "-", "")
	fill := strings.NewReplacer("{{title}}", title(slug), "{{pkg}}", pkg, "{{chapter}}", l.Chapter, "{{lesson}}", l.ID)
	return dir, fs.WalkDir(skeleton, from, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		to := strings.TrimSuffix(strings.TrimPrefix(name, from+"/"), ".txt")
		return t.write(path.Join(dir, strings.ReplaceAll(to, "pkg", pkg)), name, fill)
	})
}

// write makes a file of the tree, which must not be there, from a skeleton.
func (t Tree) write(name, from string, fill *strings.Replacer) error {
	text, err := skeleton.ReadFile(from)
	if err != nil {
		return err
	}
	file := filepath.Join(t.Root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("failed to make the skeleton: %w", err)
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("failed to make the skeleton: %w", err)
	}
	_, err = f.WriteString(fill.Replace(string(text)))
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("failed to make the skeleton: %w", err)
	}
	return nil
}

// title makes a title of an id: "work-and-span" is "Work and span".
func title(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
