package cli

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
	"gokata/katas"
	lessonterm "gokata/lessons/term"
)

func (a *app) solution() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "solution [KATA]",
		Short: "The reference solution, and why it scales",
		Long: `Shows the reference solution of a kata and why it scales. Before you have
passed, it asks first: what you find yourself stays longer. Afterwards the
course goes on, and you can still solve the kata. In a workshop, the instructor
unlocks the solutions that are shown before a pass.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(noting)
			if err != nil {
				return err
			}
			slug, err := a.target(cmd, j, args)
			if err != nil {
				return err
			}
			if !j.state.KataPassed(slug) && !j.state.SolutionSeen(slug) {
				unlocked, err := a.unlocked(slug)
				if err != nil {
					return err
				}
				question := fmt.Sprintf("You have not passed %s yet. Show its solution?", slug)
				if err := a.confirm(yes || unlocked, question, "showing the solution of "+slug+" before a pass"); err != nil {
					return err
				}
			}
			k, err := a.kata(slug)
			if err != nil {
				return err
			}
			text, err := a.solutionText(k)
			if err != nil {
				return err
			}
			if !j.state.SolutionSeen(slug) {
				if err := j.add(progress.ShowedSolution(slug)); err != nil {
					return err
				}
			}
			return a.page(text)
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

// solutionText is the source of the reference, then what its author says of it.
func (a *app) solutionText(k *katas.Kata) (string, error) {
	files, err := k.Files(katas.Solution)
	if err != nil {
		return "", internal(err)
	}
	var src bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&src, "**%s**\n\n````go\n%s\n````\n\n", name, bytes.TrimRight(files[name], "\n"))
	}
	fmt.Fprintf(&src, "## Why this scales, and when it would not\n\n%s\n", k.Commentary)
	var out bytes.Buffer
	fmt.Fprintf(&out, " %s\n\n", a.out.Bold(k.Title))
	if err := lessonterm.Render(&out, src.Bytes(), a.out.Markdown()); err != nil {
		return "", internal(fmt.Errorf("showing the solution of %s: %w", k.Spec.Kata, err))
	}
	return out.String(), nil
}
