package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/workspace"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

// courseVersion counts the editions of the course. It grows when a workspace
// of the edition before could not be used as it is.
const courseVersion workspace.Version = 1

// intent is what a command will do with the workspace.
type intent int

const (
	reading intent = iota // a missing workspace is that of a newcomer
	noting                // adds to the progress where there is a workspace, and makes none
	writing               // makes the workspace where there is none
)

// journey is how far the learner is: the course, and what the progress log
// says has been done of it.
type journey struct {
	course *lessons.Course
	steps  []lessons.Step
	state  *progress.State
	ws     *workspace.Workspace // nil where there is none
	log    *progress.Log        // nil where ws is
	report func(progress.Event, *report.Report)
}

// journey opens the workspace and reads the progress in it. Lines of the log
// that cannot be read are warned about and skipped.
func (a *app) journey(in intent) (*journey, error) {
	course, err := a.catalogue()
	if err != nil {
		return nil, err
	}
	steps, err := course.Steps()
	if err != nil {
		return nil, internal(err)
	}
	j := &journey{course: course, steps: steps, state: progress.Fold(nil)}
	dir, exists := workspace.Find(a.workspaceFlag, a.env.Getenv("GOKATA_WORKSPACE"), a.env.Dir, a.env.Home)
	switch {
	case exists:
		j.ws, err = workspace.Open(dir)
	case in == writing:
		j.ws, err = workspace.Create(dir, courseVersion)
		if err == nil {
			a.printf(" Your workspace is %s\n\n", a.out.Bold(a.tilde(dir)))
		}
	default:
		return j, nil
	}
	if err == nil && (in != reading || j.ws.Course > courseVersion) {
		err = j.ws.Adopt(courseVersion)
	}
	if err != nil {
		return nil, place(err)
	}
	j.log, j.report = progress.Open(j.ws.Dir), a.reporter()
	state, warnings, err := j.log.State()
	if err != nil {
		return nil, place(err)
	}
	a.warn(warnings)
	j.state = state
	return j, nil
}

// place is an error about the workspace: it names path and cure by itself.
func place(err error) error {
	if errors.Is(err, workspace.ErrNotFound) {
		return usage("", "%w", err)
	}
	return &Error{Code: ExitUsage, Err: err}
}

// warn tells of damaged lines, the first three in full.
func (a *app) warn(warnings []progress.Warning) {
	const shown = 3
	for _, w := range warnings[:min(shown, len(warnings))] {
		fmt.Fprintf(a.env.Err, "gokata: %s\n", w)
	}
	if n := len(warnings) - shown; n > 0 {
		fmt.Fprintf(a.env.Err, "gokata: and %d more lines skipped; all of them are still in the file\n", n)
	}
}

// add appends to the progress; it does nothing without a workspace.
func (j *journey) add(e progress.Event) error { return j.addChecked(e, nil) }

// addChecked is add with what was measured, for the workshop that the learner may
// be in.
func (j *journey) addChecked(e progress.Event, r *report.Report) error {
	if j.log == nil {
		return nil
	}
	if err := j.log.Append(e); err != nil {
		return place(err)
	}
	j.report(e, r)
	return nil
}

// answered keeps an answer, for which somebody has thought so long; 0 is not
// known.
func (j *journey) answered(q *quiz.Question, r quiz.Result, thought time.Duration) error {
	return j.add(progress.AnsweredQuestion(q.ID, r.Right, r.Score, thought))
}

// reload reads the log again, after steps were taken.
func (j *journey) reload() error {
	state, _, err := j.log.State()
	if err != nil {
		return place(err)
	}
	j.state = state
	return nil
}

// current is the first step that is not done; ok is false when all are.
func (j *journey) current() (step lessons.Step, ok bool) {
	for _, s := range j.steps {
		if !j.done(s) {
			return s, true
		}
	}
	return lessons.Step{}, false
}

// done says whether a step is behind the learner. A kata is passed, given up
// by looking at its solution, or beyond what this machine can show.
func (j *journey) done(s lessons.Step) bool {
	switch s.Kind {
	case lessons.StepLesson:
		return j.state.LessonRead(s.ID)
	case lessons.StepQuestions:
		return len(j.open(s)) == 0
	}
	k := j.state.Kata(s.ID)
	return k.Passed || k.SolutionSeen ||
		k.Verdict == string(verdict.Inconclusive) && k.Reason == string(verdict.TooFewCores)
}

// questions are those of a questions step. Their mistakes were found by Steps.
func (j *journey) questions(s lessons.Step) []*quiz.Question {
	questions, _ := questionsOf(j.course.Chapter(s.Chapter), s.ID)
	return questions
}

// open are the questions of a step that were never answered.
func (j *journey) open(s lessons.Step) []*quiz.Question {
	return slices.DeleteFunc(j.questions(s), func(q *quiz.Question) bool {
		_, ever := j.state.Answered(q.ID)
		return ever
	})
}

// minutes is the time that a step takes: a minute for a question.
func (a *app) minutes(j *journey, s lessons.Step) int {
	switch s.Kind {
	case lessons.StepLesson:
		return j.course.Lesson(s.ID).Minutes
	case lessons.StepQuestions:
		return len(j.questions(s))
	}
	all, err := a.katas()
	if err != nil {
		return 0
	}
	return all[s.ID].Minutes
}

// share is how much of the course is done, in minutes of all minutes.
func (a *app) share(j *journey) (done, of int) {
	for _, s := range j.steps {
		m := a.minutes(j, s)
		of += m
		switch {
		case j.done(s):
			done += m
		case s.Kind == lessons.StepQuestions:
			done += m - len(j.open(s))
		}
	}
	return done, of
}

// path makes a path of the command line absolute.
func (a *app) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.env.Dir, p)
}

// tilde shortens a path in the home folder, for reading.
func (a *app) tilde(p string) string {
	if rest, ok := strings.CutPrefix(p, a.env.Home+string(filepath.Separator)); ok && a.env.Home != "" {
		return filepath.Join("~", rest)
	}
	return p
}

// target is the kata that a command is about: the one named, else that of the
// current folder, else the current step's, else the one worked on last.
func (a *app) target(cmd *cobra.Command, j *journey, args []string) (string, error) {
	if len(args) > 0 {
		k, err := a.kata(args[0])
		if err != nil {
			return "", err
		}
		return k.Spec.Kata, nil
	}
	if j.ws != nil {
		if slug, ok := j.ws.KataAt(a.env.Dir); ok {
			k, err := a.kata(slug)
			if err != nil {
				return "", err
			}
			return k.Spec.Kata, nil
		}
	}
	if s, ok := j.current(); ok && s.Kind == lessons.StepKata {
		return s.ID, nil
	}
	if last := j.state.LastKata(); last != "" {
		k, err := a.kata(last)
		if err != nil {
			return "", err
		}
		return k.Spec.Kata, nil
	}
	return "", usage("Name one, as in "+cmd.CommandPath()+" parallel-sum; gokata list shows them.", "no kata is begun yet")
}

// isThere says whether a path exists, as far as can be seen.
func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
