package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker/build"
	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/theme"
	"gokata/katas"
	"gokata/lessons"
	lessonterm "gokata/lessons/term"
)

func (a *app) next() *cobra.Command {
	var done bool
	cmd := &cobra.Command{
		Use:   "next",
		Short: "The next step of the course: lesson, questions, kata",
		Long: `Shows the next step: a lesson, then its questions, then its katas. The first
time it makes your workspace. Every answer is kept at once, so you can stop
anywhere.

Without a terminal the step is printed and nothing moves on: --done marks the
lesson as read, gokata quiz --answers FILE answers, and a kata is done when its
check passes or when you have looked at its solution.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(writing)
			if err != nil {
				return err
			}
			if done {
				if err := a.markRead(j); err != nil {
					return err
				}
			}
			if !a.interactive {
				return a.printStep(j)
			}
			return a.walk(j)
		},
	}
	cmd.Flags().BoolVar(&done, "done", false, "mark the current lesson as read first")
	return cmd
}

// markRead is --done.
func (a *app) markRead(j *journey) error {
	step, ok := j.current()
	switch {
	case !ok:
		return nil
	case step.Kind == lessons.StepQuestions:
		return usage("Answer them: gokata quiz, or gokata quiz --answers FILE.", "the current step is not a lesson but questions on %s", step.ID)
	case step.Kind == lessons.StepKata:
		return usage("It is done when gokata check passes; gokata hint helps.", "the current step is not a lesson but the kata %s", step.ID)
	}
	if err := j.add(progress.ReadLesson(step.ID)); err != nil {
		return err
	}
	return j.reload()
}

// printStep is next where nobody can be asked: the step as text.
func (a *app) printStep(j *journey) error {
	step, ok := j.current()
	a.printf("%s", a.screen(j, step, ok))
	if !ok {
		return nil
	}
	switch step.Kind {
	case lessons.StepLesson:
		text, err := a.lessonText(j.course.Lesson(step.ID))
		if err != nil {
			return err
		}
		a.printf("\n%s\n Then   %s   marks it as read and goes on\n", text, a.out.Command("gokata next --done"))
		return nil
	case lessons.StepQuestions:
		a.printf("\n")
		return a.printQuestions(j.questions(step), "gokata quiz")
	}
	return a.beginKata(j, step.ID)
}

// walk is next in a terminal: one step after the other, as long as the learner
// says so, up to the next kata.
func (a *app) walk(j *journey) error {
	for {
		step, ok := j.current()
		if !ok || step.Kind == lessons.StepKata {
			a.printf("%s", a.screen(j, step, ok))
			if !ok {
				return nil
			}
			return a.beginKata(j, step.ID)
		}
		if err := a.take(j, step); err != nil {
			return err
		}
		if err := j.reload(); err != nil {
			return err
		}
		after, ok := j.current()
		if !ok {
			continue // the closing screen
		}
		a.printf("\n")
		on, err := a.prompter().Confirm("On to "+a.stepName(j, after)+"?", true)
		if err != nil {
			return asked(err)
		}
		if !on {
			a.printf("\n %s goes on with %s.\n", a.out.Command("gokata next"), a.stepName(j, after))
			return nil
		}
		a.printf("\n")
	}
}

// take does one step that needs no editor.
func (a *app) take(j *journey, step lessons.Step) error {
	if step.Kind == lessons.StepQuestions {
		a.printf("%s", a.screen(j, step, true))
		open := j.open(step)
		missed, err := a.askAll(open, "gokata next")
		if err == nil {
			a.score(len(open)-len(missed), len(open))
		}
		return err
	}
	l := j.course.Lesson(step.ID)
	text, err := a.lessonText(l)
	if err != nil {
		return err
	}
	if err := a.page(a.screen(j, step, true) + "\n" + text); err != nil {
		return usage("gokata lesson "+l.ID+" shows the lesson again.", "failed to show the lesson: %w", err)
	}
	a.printf("\n %s %s\n", a.out.Good(a.out.Sign("✓", "Read:")), l.Title)
	return j.add(progress.ReadLesson(l.ID))
}

// screen is the head of next: the course, how far, and the steps around.
func (a *app) screen(j *journey, step lessons.Step, ok bool) string {
	t := a.out
	done, of := a.share(j)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", spread(t.Bold("gokata")+" · "+j.course.Title,
		fmt.Sprintf("%s  %d %%", a.out.Bar(done, of), theme.Percent(done, of)), t.Width))
	if !ok {
		fmt.Fprintf(&b, "\n %s\n", t.Good(t.Sign("✓ ", "")+"You have done all of it."))
		for _, s := range j.steps {
			if s.Kind == lessons.StepKata && !j.state.KataPassed(s.ID) {
				fmt.Fprintf(&b, " Not passed yet   %s\n", t.Command("gokata check "+s.ID))
			}
		}
		b.WriteString(a.dueLine(j))
		return b.String()
	}
	ch := j.course.Chapter(step.Chapter)
	if behind := a.behind(j, step, t.Width-1); behind != "" {
		fmt.Fprintf(&b, " %s\n", t.Dim(behind))
	}
	fmt.Fprintf(&b, "%s\n", spread(fmt.Sprintf(" %s %s   %s", t.Good(t.Sign("▸", "Now:")), ch.Title, t.Bold(a.stepName(j, step))),
		t.Dim(fmt.Sprintf("about %d min", a.minutes(j, step))), t.Width))
	b.WriteString(a.dueLine(j))
	return b.String()
}

// dueLine says that something is due for review, where something is.
func (a *app) dueLine(j *journey) string {
	cards, err := j.cards()
	if err != nil {
		return ""
	}
	questions, _ := dueOf(cards, a.env.Now())
	if len(questions) == 0 {
		return ""
	}
	return fmt.Sprintf("   %s due   %s\n", counted(len(questions), "question"), a.out.Command("gokata review"))
}

// behind names the steps just done in the chapter, as many as fit.
func (a *app) behind(j *journey, step lessons.Step, width int) string {
	var names []string
	for _, s := range j.steps {
		if s == step {
			break
		}
		if s.Chapter == step.Chapter && j.done(s) {
			names = append(names, a.out.Sign("✓ ", "done: ")+a.shortName(j, s))
		}
	}
	line := ""
	for _, n := range slices.Backward(names) {
		longer := n
		if line != "" {
			longer = n + "   " + line
		}
		if lessonterm.Width(longer) > width {
			break
		}
		line = longer
	}
	return line
}

func (a *app) shortName(j *journey, s lessons.Step) string {
	switch s.Kind {
	case lessons.StepLesson:
		return j.course.Lesson(s.ID).Title
	case lessons.StepQuestions:
		return counted(len(j.questions(s)), "question")
	}
	return s.ID
}

// stepName says which step it is, within its chapter.
func (a *app) stepName(j *journey, s lessons.Step) string {
	ch := j.course.Chapter(s.Chapter)
	switch s.Kind {
	case lessons.StepLesson:
		l := j.course.Lesson(s.ID)
		return fmt.Sprintf("Lesson %d of %d: %s", slices.Index(ch.Lessons, l)+1, len(ch.Lessons), l.Title)
	case lessons.StepQuestions:
		return fmt.Sprintf("%s on %s", counted(len(j.open(s)), "question"), j.course.Lesson(s.ID).Title)
	}
	return fmt.Sprintf("Kata %d of %d: %s", slices.Index(ch.Katas, s.ID)+1, len(ch.Katas), s.ID)
}

// beginKata shows a brief, makes the files where they are missing, and says
// where they are and what to do after.
func (a *app) beginKata(j *journey, slug string) error {
	k, err := a.kata(slug)
	if err != nil {
		return err
	}
	starter, err := k.Files(katas.Starter)
	if err != nil {
		return internal(err)
	}
	dir, created, err := j.ws.Ensure(k.Chapter, slug, starter, readme(k))
	if err != nil {
		return place(err)
	}
	if created || !j.state.Kata(slug).Started {
		if err := j.add(progress.StartedKata(slug)); err != nil {
			return err
		}
	}
	a.printf("\n")
	if err := a.markdown(k.Brief); err != nil {
		return err
	}
	t := a.out
	if s := j.state.Kata(slug); s.Attempts > 0 {
		a.printf("\n Last   %s %s after %s\n", s.Verdict, s.Reason, tries(s.Attempts))
	}
	a.printf("\n Edit   %s\n", t.Bold(a.tilde(filepath.Join(dir, solutionFile(k)))))
	check, hint := "gokata check", "gokata hint"
	if step, ok := j.current(); !ok || step.Kind != lessons.StepKata || step.ID != slug {
		check, hint = check+" "+slug, hint+" "+slug
	}
	a.then(check, "stuck?", hint)
	if !created {
		return nil
	}
	return a.offer(filepath.Join(dir, solutionFile(k)))
}

// solutionFile is the file that a learner edits first.
func solutionFile(k *katas.Kata) string { return k.Spec.Package + ".go" }

// readme is the brief as it lies beside the learner's files.
func readme(k *katas.Kata) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", k.Title, k.Brief)
	fmt.Fprintf(&b, "Write your solution in `%s`. `gokata check` in this folder measures it,\n", solutionFile(k))
	fmt.Fprintf(&b, "`go test -timeout 20s` runs the visible test, `gokata hint` helps. A solution may\n")
	fmt.Fprintf(&b, "use, besides what is named above: %s.\n", strings.Join(build.Common(), ", "))
	return b.Bytes()
}
