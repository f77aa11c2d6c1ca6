package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/workspace"
)

func (a *app) restore() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "restore [KATA [BACKUP]]",
		Short: "Your files from before a reset",
		Long: `Puts back what was in the folder of a kata before gokata reset or restore: the
latest backup, or the one named BACKUP. What is there now goes to a backup as
well; nothing is lost. Without KATA it lists the backups.`,
		Args: args(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			if j.ws == nil {
				return usage("gokata next makes it.", "there is no workspace yet, so nothing to restore")
			}
			all, err := j.ws.Backups()
			if err != nil {
				return place(err)
			}
			if len(args) == 0 {
				a.listBackups(all)
				return nil
			}
			b, err := a.backup(all, args)
			if err != nil {
				return err
			}
			question := fmt.Sprintf("Put the files of %s back as they were on %s? Those of now go to a backup.",
				b.Slug, b.At.Local().Format("2 Jan 15:04"))
			if err := a.confirm(yes, question, "restoring "+b.Slug); err != nil {
				return err
			}
			kept, err := j.ws.Restore(b, a.env.Now())
			if err != nil {
				return place(err)
			}
			a.printf(" %s is as it was on %s.\n", b.Slug, b.At.Local().Format("2 Jan 15:04"))
			if kept != "" {
				a.printf(" What was there is in  %s\n", a.tilde(kept))
			}
			return nil
		},
	}
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask")
	return cmd
}

// backup is the one that the arguments name.
func (a *app) backup(all []workspace.Backup, args []string) (workspace.Backup, error) {
	slug := args[0]
	var of []workspace.Backup
	var slugs, names []string
	for _, b := range all {
		slugs = append(slugs, b.Slug)
		if b.Slug == slug {
			of = append(of, b)
			names = append(names, b.Name)
		}
	}
	if len(of) == 0 {
		if slices.Contains(slugs, slug) || len(slugs) == 0 {
			return workspace.Backup{}, usage("gokata reset makes one.", "there is no backup of %s", slug)
		}
		return workspace.Backup{}, unknown("kata with a backup", slug, slugs, "gokata restore lists the backups.")
	}
	if len(args) == 1 {
		return of[0], nil
	}
	if i := slices.Index(names, args[1]); i >= 0 {
		return of[i], nil
	}
	return workspace.Backup{}, unknown("backup of "+slug, args[1], names, "gokata restore lists the backups.")
}

func (a *app) listBackups(all []workspace.Backup) {
	if len(all) == 0 {
		a.printf(" There is no backup: nothing was reset.\n")
		return
	}
	for _, b := range all {
		a.printf(" %s  %s  %s\n", theme.Pad(b.Slug, 18), theme.Pad(b.Name, 18), a.out.Dim(strings.Join(b.Files, " ")))
	}
	a.printf("\n Put back   %s\n", a.out.Command("gokata restore "+all[0].Slug+" "+all[0].Name))
}
