package cli

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gokata/lessons"
	lessonterm "gokata/lessons/term"
)

func (a *app) lesson() *cobra.Command {
	return &cobra.Command{
		Use:   "lesson ID",
		Short: "Read a lesson",
		Long:  "Shows a lesson. Your place in the course stays where it is.",
		Args:  args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			course, err := a.catalogue()
			if err != nil {
				return err
			}
			l := course.Lesson(args[0])
			if l == nil {
				return unknown("lesson", args[0], lessonIDs(course), "gokata list --lessons shows all lessons.")
			}
			text, err := a.titled(l)
			if err != nil {
				return err
			}
			return a.page(text)
		},
	}
}

// titled is a lesson that stands alone: its title, then its text.
func (a *app) titled(l *lessons.Lesson) (string, error) {
	text, err := a.lessonText(l)
	title := spread(a.out.Bold(" "+l.Title), a.out.Dim(fmt.Sprintf("%d min", l.Minutes)), a.out.Width)
	return title + "\n\n" + text, err
}

// lessonText is a lesson as it is read: its text, and where it comes from.
func (a *app) lessonText(l *lessons.Lesson) (string, error) {
	var b bytes.Buffer
	src, _ := l.Body()
	if err := lessonterm.Render(&b, src, a.out.Markdown()); err != nil {
		return "", internal(fmt.Errorf("showing lesson %s: %w", l.ID, err))
	}
	if len(l.Sources) > 0 {
		fmt.Fprintf(&b, "\n%s\n", a.out.Dim(indent("Sources: "+strings.Join(l.Sources, "; "), a.out.Width)))
	}
	return b.String(), nil
}
