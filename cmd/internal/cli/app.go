package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"gokata/cmd/internal/pager"
	"gokata/cmd/internal/prompt"
	"gokata/cmd/internal/theme"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
	lessonterm "gokata/lessons/term"
)

// app is one run of gokata: the world it works in and what it has loaded of
// the course. Nothing is loaded before a command asks for it.
type app struct {
	env           Env
	stdout        io.Writer // env.Out, with the first failed write kept for lost
	interrupts    *interrupts
	out, err      theme.Theme // of env.Out and env.Err
	interactive   bool        // somebody can be asked: input and output are terminals
	workspaceFlag string
	plainFlag     bool
	catalogue     func() (*lessons.Course, error)
	katas         func() (map[string]*katas.Kata, error)
	prompter      func() prompt.Prompter
}

func newApp(env Env, in *interrupts) *app {
	a := &app{
		env: env, interrupts: in,
		stdout:      &keptWriter{w: env.Out},
		interactive: onTerminal(env.In) && onTerminal(env.Out),
		katas:       sync.OnceValues(loadKatas),
	}
	a.out, a.err = a.looks()
	a.catalogue = sync.OnceValues(a.loadCourse)
	a.prompter = sync.OnceValue(func() prompt.Prompter {
		return prompt.New(env.In, env.Out, env.Err, a.interactive && !a.out.Dumb)
	})
	return a
}

// keptWriter keeps the first error, so that a full disk under standard output
// is noticed without a check after every line.
type keptWriter struct {
	w   io.Writer
	err error
}

func (k *keptWriter) Write(p []byte) (int, error) {
	n, err := k.w.Write(p)
	if k.err == nil {
		k.err = err
	}
	return n, err
}

// lost is the error of a write to standard output that failed.
func (a *app) lost() error {
	err := a.stdout.(*keptWriter).err
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	if err != nil {
		return usage("Check where the output goes, then run the command again.", "failed to write to standard output: %w", err)
	}
	return nil
}

// captured is what do prints to standard output.
func (a *app) captured(do func() error) (text string, err error) {
	var b strings.Builder
	out := a.stdout
	a.stdout = &b
	defer func() { a.stdout = out }()
	err = do()
	return b.String(), err
}

func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.stdout, format, args...) }

// markdown shows Markdown on standard output.
func (a *app) markdown(src []byte) error {
	return lessonterm.Render(a.stdout, src, a.out.Markdown())
}

// page shows a text that may be longer than the screen.
func (a *app) page(text string) error {
	if !a.interactive {
		_, err := io.WriteString(a.stdout, text)
		return err
	}
	return pager.Screen{
		In: a.env.In, Out: a.env.Out, Rows: a.out.Height, Getenv: a.env.Getenv, Hold: a.interrupts.hold,
	}.Show(text)
}

// confirm asks before something that cannot be unseen or taken back lightly.
// Without a terminal only --yes says yes.
func (a *app) confirm(yes bool, question, doing string) error {
	if yes {
		return nil
	}
	if !a.interactive {
		return usage("Say --yes to go on without being asked.", "%s needs a yes", doing)
	}
	ok, err := a.prompter().Confirm(question, false)
	if err != nil {
		return asked(err)
	}
	if !ok {
		a.printf(" Nothing was changed.\n")
		return errQuiet(ExitDone)
	}
	return nil
}

// asked explains why a question got no answer.
func asked(err error) error {
	switch {
	case errors.Is(err, prompt.ErrInterrupted):
		return context.Canceled
	case prompt.Stopped(err):
		return usage("What you answered so far is kept; run the command again to go on.", "there are no more answers")
	}
	return usage("Run the command again.", "failed to read an answer: %w", err)
}

func loadKatas() (map[string]*katas.Kata, error) {
	all := map[string]*katas.Kata{}
	for _, slug := range katas.Slugs() {
		k, err := katas.Load(slug)
		if err != nil {
			return nil, internal(err)
		}
		all[slug] = k
	}
	return all, nil
}

func (a *app) loadCourse() (*lessons.Course, error) {
	all, err := a.katas()
	if err != nil {
		return nil, err
	}
	var refs []lessons.KataRef
	for _, slug := range katas.Slugs() {
		refs = append(refs, kataRef(all[slug]))
	}
	course, err := lessons.Load(content.FS, refs)
	return course, internal(err)
}

// kataRef is what the course must know of a kata.
func kataRef(k *katas.Kata) lessons.KataRef {
	return lessons.KataRef{Slug: k.Spec.Kata, Chapter: k.Chapter, Lesson: k.Lesson, File: "katas/" + k.Spec.Kata + "/kata.md"}
}

// kata finds a kata by its slug.
func (a *app) kata(slug string) (*katas.Kata, error) {
	all, err := a.katas()
	if err != nil {
		return nil, err
	}
	if k := all[slug]; k != nil {
		return k, nil
	}
	return nil, unknown("kata", slug, katas.Slugs(), "gokata list shows all katas.")
}

// chapter finds a chapter by its id or its number.
func (a *app) chapter(c *lessons.Course, id string) (*lessons.Chapter, error) {
	var ids []string
	for _, ch := range c.Chapters {
		if ch.ID == id || fmt.Sprint(ch.Number) == id {
			return ch, nil
		}
		ids = append(ids, ch.ID)
	}
	return nil, unknown("chapter", id, ids, "gokata list shows all chapters.")
}

func lessonIDs(c *lessons.Course) []string {
	var ids []string
	for _, ch := range c.Chapters {
		for _, l := range ch.Lessons {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

// questionsOf lists the questions that follow a lesson.
func questionsOf(ch *lessons.Chapter, lesson string) ([]*quiz.Question, error) {
	all, err := ch.Questions()
	if err != nil {
		return nil, internal(err)
	}
	return slices.DeleteFunc(slices.Clone(all), func(q *quiz.Question) bool { return q.Lesson != lesson }), nil
}
