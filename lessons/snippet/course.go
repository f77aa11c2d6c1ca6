package snippet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"gokata/lessons"
	"gokata/lessons/quiz"
)

// Collect extracts the code of all lessons and questions. Fsys is what the
// course was loaded from. The error joins a *frontmatter.Error for each fence
// that is not as it should be, and for each file of a testdata that no lesson
// shows.
func Collect(c *lessons.Course, fsys fs.FS) (Set, error) {
	var all Set
	var errs []error
	for _, ch := range c.Chapters {
		dir, err := fs.Sub(fsys, path.Join(ch.Dir, "testdata"))
		if err != nil {
			return Set{}, err
		}
		var own Set
		for _, l := range ch.Lessons {
			body, first := l.Body()
			set, err := Lesson(l.File, body, first, dir)
			errs = append(errs, err)
			own.Add(set)
		}
		questions, err := ch.Questions()
		errs = append(errs, err)
		for _, q := range questions {
			set, err := Question(q)
			errs = append(errs, err)
			own.Add(set)
			if q.Kind == quiz.Time {
				p, err := Timed(q, dir)
				errs = append(errs, err)
				own.Add(Set{Programs: []Program{p}})
			}
		}
		errs = append(errs, unshown(ch, dir, own)...)
		all.Add(own)
	}
	return all, errors.Join(errs...)
}

// unshown lists the files of a chapter's testdata that none of its programs
// comes from.
func unshown(ch *lessons.Chapter, dir fs.FS, set Set) (errs []error) {
	entries, err := fs.ReadDir(dir, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return []error{err}
	}
	for _, e := range entries {
		name := path.Join("content", ch.Dir, "testdata", e.Name())
		if !slices.ContainsFunc(set.Programs, func(p Program) bool { return p.File == name }) {
			errs = append(errs, mistake(name, 1, "no lesson of the chapter shows this file, and no time question has its name: show it with run= and show=, or remove it"))
		}
	}
	return errs
}

// timedRuns is how often the program of a time question runs in each row at
// most, until its answers are borne out.
const timedRuns = 20

// Check builds all code of the course in dir, an empty folder, runs it, and
// compares what it prints with what the course says. Runs is how often the
// program of an output question is run at least. Doubts are answers of time
// questions that the runs did not bear out, or, without Linux, that could not
// be measured.
func Check(ctx context.Context, c *lessons.Course, fsys fs.FS, dir string, runs int) ([]Doubt, error) {
	set, err := Collect(c, fsys)
	if err != nil {
		return nil, err
	}
	built, err := Build(ctx, dir, set.Programs)
	if err != nil {
		return nil, err
	}
	var doubts []Doubt
	var errs []error
	for _, p := range set.Outputs {
		_, err := built.VerifyOutput(ctx, p)
		errs = append(errs, err)
	}
	for _, ch := range c.Chapters {
		questions, err := ch.Questions()
		errs = append(errs, err)
		for _, q := range questions {
			switch q.Kind {
			case quiz.Output:
				errs = append(errs, built.VerifyQuestion(ctx, q, runs))
			case quiz.Time:
				more, err := built.VerifyTimes(ctx, q, timedRuns)
				doubts, errs = append(doubts, more...), append(errs, err)
			}
		}
	}
	return doubts, errors.Join(errs...)
}

// VerifyOutput runs the program of an output once, and compares shapes. It
// returns what the program printed.
func (b *Binaries) VerifyOutput(ctx context.Context, p Printed) (printed string, err error) {
	printed, err = b.Run(ctx, p.Program, 0)
	if err != nil {
		return "", mistake(p.File, p.Line, err.Error())
	}
	if difference, at := SameShape(p.Text, printed); difference != "" {
		return printed, mistake(p.File, p.Line+at, difference)
	}
	return printed, nil
}

// VerifyQuestion runs the program of an output question and compares what it
// printed with the marked options. As long as a marked option is missing, and
// the explanation does not argue for it, it goes on, up to ten times runs: some
// outputs are rare.
func (b *Binaries) VerifyQuestion(ctx context.Context, q *quiz.Question, runs int) error {
	seen := map[string]int{}
	for range 10 {
		more, err := b.Observe(ctx, q.ID, runs)
		if err != nil {
			return mistake(q.File, q.Line, fmt.Sprintf("question %s: %v", q.ID, err))
		}
		for out, n := range more {
			seen[out] += n
		}
		if len(Judge(q, seen)) == 0 || !missing(q, seen) {
			break
		}
	}
	return errors.Join(Judge(q, seen)...)
}
