package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
)

func (a *app) export() *cobra.Command {
	return &cobra.Command{
		Use:   "export [FILE]",
		Short: "Your progress as a file, for another machine",
		Long: `Writes your progress, an event a line, to FILE or to standard output: what you
have read, answered and passed. Your solutions are files in the workspace; copy
them as you would any others. gokata import takes the file in.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			if j.log == nil {
				return usage("gokata next makes it.", "there is no workspace yet, so nothing to export")
			}
			if len(args) == 0 || args[0] == "-" {
				_, _, err := j.log.Export(a.stdout)
				return exported(err)
			}
			file := a.path(args[0])
			f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, fs.ErrExist) {
				return usage("Name a file that does not exist yet.", "%s is there already", args[0])
			}
			if err != nil {
				return usage("Name a file in a folder that can be written.", "failed to export: %w", err)
			}
			n, _, err := j.log.Export(f)
			if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
				os.Remove(file)
				return exported(err)
			}
			a.printf(" %s in %s\n There   %s\n", counted(n, "event"), args[0], a.out.Command("gokata import "+args[0]))
			return nil
		},
	}
}

// exported is the error of a log that could not be read or written out.
func exported(err error) error {
	if err == nil {
		return nil
	}
	return usage("", "failed to export: %w", err)
}

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Progress from another machine, added to yours",
		Long: `Adds the progress that gokata export wrote on another machine to yours. Events
that are here already are not added twice, so that both machines can send each
other everything, in any order, as often as you like. "-" is standard input.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in, name := io.Reader(a.env.In), "standard input"
			if args[0] != "-" {
				f, err := os.Open(a.path(args[0]))
				if err != nil {
					return usage("Name a file that gokata export wrote.", "failed to import: %w", err)
				}
				defer f.Close()
				in, name = f, args[0]
			}
			j, err := a.journey(writing)
			if err != nil {
				return err
			}
			added, known, warnings, err := j.log.Import(in, name)
			a.warn(warnings)
			if err != nil {
				return usage("Nothing was added.", "failed to import: %w", err)
			}
			note := ""
			if known > 0 {
				note = fmt.Sprintf(" %d were here already.", known)
			}
			a.printf(" %s added.%s\n", counted(added, "event"), note)
			return nil
		},
	}
}
