package cli

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"

	"gokata/checker/spec"
	"gokata/cmd/internal/theme"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
	lessonterm "gokata/lessons/term"
)

func (a *app) show() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show a lesson, a question, a kata or a chapter by its id",
		Long: `Shows what an id names: the text of a lesson, a question without its answer,
the brief of a kata, or what is in a chapter. Your place in the course stays
where it is.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := a.shown(args[0])
			if err != nil {
				return err
			}
			return a.page(text)
		},
	}
}

// shown is the text behind an id.
func (a *app) shown(id string) (string, error) {
	course, err := a.catalogue()
	if err != nil {
		return "", err
	}
	if l := course.Lesson(id); l != nil {
		return a.titled(l)
	}
	all, err := a.katas()
	if err != nil {
		return "", err
	}
	if k := all[id]; k != nil {
		return a.briefText(k)
	}
	if ch := course.Chapter(id); ch != nil {
		return a.chapterText(ch, all)
	}
	questions, ids, err := allQuestions(course)
	if err != nil {
		return "", err
	}
	if q := questions[id]; q != nil {
		var b bytes.Buffer
		if err := printQuestion(&b, a.out, q, 0, 0); err != nil {
			return "", err
		}
		printOptions(&b, a.out, q)
		fmt.Fprintf(&b, " Answer it   %s\n", a.out.Command("gokata quiz "+q.Chapter))
		return b.String(), nil
	}
	names := append(lessonIDs(course), katas.Slugs()...)
	for _, ch := range course.Chapters {
		names = append(names, ch.ID)
	}
	return "", unknown("lesson, question, kata or chapter", id, append(names, ids...), "gokata list shows all that there is.")
}

// allQuestions lists the questions of the whole course, by id and in order.
func allQuestions(c *lessons.Course) (byID map[string]*quiz.Question, ids []string, err error) {
	byID = map[string]*quiz.Question{}
	for _, ch := range c.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			return nil, nil, internal(err)
		}
		for _, q := range questions {
			byID[q.ID] = q
			ids = append(ids, q.ID)
		}
	}
	return byID, ids, nil
}

// briefText is what a kata asks for.
func (a *app) briefText(k *katas.Kata) (string, error) {
	var b bytes.Buffer
	o := a.out.Markdown()
	fmt.Fprintf(&b, "%s\n", spread(a.out.Bold(" "+k.Title)+"  "+a.out.Dim(k.Spec.Kata),
		a.out.Dim(fmt.Sprintf("about %d min", k.Minutes)), a.out.Width))
	fmt.Fprintf(&b, " %s\n\n", a.out.Dim(fmt.Sprintf("%s · difficulty %d of 5", kindWords(k.Spec.Kind), k.Difficulty)))
	if err := lessonterm.Render(&b, k.Brief, o); err != nil {
		return "", internal(fmt.Errorf("showing kata %s: %w", k.Spec.Kata, err))
	}
	declared, err := k.Declared()
	if err != nil {
		return "", internal(err)
	}
	src := fmt.Appendf(nil, "## What it declares\n```go\n%s```\n", declared)
	b.WriteString("\n")
	if err := lessonterm.Render(&b, src, o); err != nil {
		return "", internal(fmt.Errorf("showing kata %s: %w", k.Spec.Kata, err))
	}
	fmt.Fprintf(&b, "\n Begin   %s\n", a.out.Command("gokata start "+k.Spec.Kata))
	return b.String(), nil
}

// kindWords says what a kind of kata is about.
func kindWords(k spec.Kind) string {
	switch k {
	case spec.Parallel:
		return "parallel: several CPUs at once"
	case spec.Overlap:
		return "overlap: waits that run side by side"
	case spec.Meter:
		return "meter: measure it yourself"
	case spec.Counted:
		return "counted: proved without a clock"
	}
	return string(k)
}

func (a *app) chapterText(ch *lessons.Chapter, all map[string]*katas.Kata) (string, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, " %s\n", a.out.Bold(fmt.Sprintf("%d %s", ch.Number, ch.Title)))
	if ch.Summary != "" {
		fmt.Fprintf(&b, "%s\n", indent(ch.Summary, a.out.Width))
	}
	fmt.Fprintln(&b)
	if src, _ := ch.Body(); len(bytes.TrimSpace(src)) > 0 {
		if err := lessonterm.Render(&b, src, a.out.Markdown()); err != nil {
			return "", internal(fmt.Errorf("showing chapter %s: %w", ch.ID, err))
		}
		fmt.Fprintln(&b)
	}
	for _, l := range ch.Lessons {
		fmt.Fprintf(&b, " lesson  %s  %s\n", theme.Pad(l.ID, 26), l.Title)
	}
	for _, slug := range ch.Katas {
		fmt.Fprintf(&b, " kata    %s  %s\n", theme.Pad(slug, 26), all[slug].Title)
	}
	questions, err := ch.Questions()
	if err != nil {
		return "", internal(err)
	}
	if len(questions) > 0 {
		fmt.Fprintf(&b, " %s  %s\n", counted(len(questions), "question"), a.out.Command("gokata quiz "+ch.ID))
	}
	return b.String(), nil
}
