package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"gokata/content/frontmatter"
	"gokata/lessons/quiz"
)

// ErrUnknown is in the chain of Question's error for an id that names none.
var ErrUnknown = errors.New("no such question")

// Question returns the question of that id. It parses chapter by chapter until
// it is found. An unknown id gives an error that wraps ErrUnknown.
func (c *Course) Question(id string) (*quiz.Question, error) {
	for _, ch := range c.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			return nil, err
		}
		for _, q := range questions {
			if q.ID == id {
				return q, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrUnknown, id)
}

// Check parses all questions, and reports their mistakes and the ids that are
// taken twice. With Load before it, the whole course is checked, but for the
// programs in it; see package snippet.
func (c *Course) Check() error {
	var errs []error
	owner := map[string]string{}
	for _, ch := range c.Chapters {
		owner[ch.ID] = ch.file("chapter.md")
		for _, l := range ch.Lessons {
			owner[l.ID] = l.File
		}
	}
	for _, k := range c.katas {
		owner[k.Slug] = k.File
	}
	for _, ch := range c.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, q := range questions {
			if first, twice := owner[q.ID]; twice {
				errs = append(errs, &frontmatter.Error{File: q.File, Line: q.Line,
					Msg: fmt.Sprintf("id %q is taken by %s: choose another", q.ID, first)})
				continue
			}
			owner[q.ID] = fmt.Sprintf("%s:%d", q.File, q.Line)
		}
	}
	return errors.Join(errs...)
}

// parseOnce returns the function behind Questions.
func (c *Chapter) parseOnce(fsys fs.FS) func() ([]*quiz.Question, error) {
	return sync.OnceValues(func() ([]*quiz.Question, error) { return c.parse(fsys) })
}

// parse reads quiz.md, and gives each question its chapter and its lesson.
func (c *Chapter) parse(fsys fs.FS) ([]*quiz.Question, error) {
	src, err := fs.ReadFile(fsys, path.Join(c.Dir, "quiz.md"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	file := c.file("quiz.md")
	if err != nil {
		return nil, &frontmatter.Error{File: file, Line: 1, Msg: "failed to read the file: " + err.Error()}
	}
	questions, err := quiz.Parse(file, src)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, q := range questions {
		q.Chapter = c.ID
		if q.Lesson == "" && len(c.Lessons) > 0 {
			q.Lesson = c.Lessons[len(c.Lessons)-1].ID
		}
		if !slices.ContainsFunc(c.Lessons, func(l *Lesson) bool { return l.ID == q.Lesson }) {
			errs = append(errs, &frontmatter.Error{File: file, Line: q.Line,
				Msg: fmt.Sprintf("question %s follows lesson %q, which chapter %s does not have", q.ID, q.Lesson, c.ID)})
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return questions, nil
}

// file is the path of a file of the chapter, from the root of the repository.
func (c *Chapter) file(name string) string { return path.Join(root, c.Dir, name) }

// number is the two digits that the lesson's file name begins with.
func (l *Lesson) number() string { return path.Base(l.File)[:2] }
