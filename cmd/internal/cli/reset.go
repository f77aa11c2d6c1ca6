package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
	"gokata/katas"
)

func (a *app) reset() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "reset [KATA]",
		Short: "The starter files of a kata again; yours are kept",
		Long: `Puts the starter files of a kata back. What was in its folder goes to a backup
in the workspace; nothing is lost.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			if j.ws == nil {
				return usage("gokata next makes it.", "there is no workspace yet, so nothing to reset")
			}
			slug, err := a.target(cmd, j, args)
			if err != nil {
				return err
			}
			k, err := a.kata(slug)
			if err != nil {
				return err
			}
			dir := j.ws.Kata(k.Chapter, slug)
			if !isThere(dir) {
				return usage("gokata start "+slug+" makes its files.", "kata %s is not begun: there is no %s", slug, dir)
			}
			question := fmt.Sprintf("Put the starter files of %s back? Yours go to a backup.", slug)
			if err := a.confirm(yes, question, "resetting "+slug); err != nil {
				return err
			}
			starter, err := k.Files(katas.Starter)
			if err != nil {
				return internal(err)
			}
			backup, err := j.ws.Reset(k.Chapter, slug, starter, readme(k), a.env.Now())
			if err != nil {
				return place(err)
			}
			if err := j.add(progress.ResetKata(slug)); err != nil {
				return err
			}
			if backup == "" {
				a.printf(" %s has its starter files; there was nothing of yours to back up.\n", slug)
				return nil
			}
			a.printf(" %s has its starter files again.\n Yours are in  %s\n", slug, a.tilde(backup))
			return nil
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}
