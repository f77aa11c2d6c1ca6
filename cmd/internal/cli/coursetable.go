package cli

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/soak"
)

func (a *app) courseTable() *cobra.Command {
	var files []string
	var label string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "table --log FILE",
		Short: "Add up the logs of course test",
		Long: `Adds up the logs that gokata course test --log has written: for each condition
and each expected verdict the trials, the verdicts that were right, inconclusive
and false with bounds of their true rates, and the time to the verdict, as a
table in Markdown. Exit code: 0 where nothing is false, else 1.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(files) == 0 {
				return usage("gokata course test --log FILE writes one.", "no log is named; give --log FILE")
			}
			records, err := a.readLogs(files)
			if err != nil {
				return err
			}
			table := soak.Tabulate(records, label)
			switch {
			case table.Trials == 0 && label != "":
				return usage("Without --label all trials count.", "the logs hold no trial with the label %q", label)
			case table.Trials == 0:
				return usage("gokata course test --log FILE writes one.", "the logs hold no trial")
			case asJSON:
				err = json.NewEncoder(a.stdout).Encode(table)
			default:
				err = table.Markdown(a.stdout)
			}
			if err == nil && table.Bad() > 0 {
				return errQuiet(ExitFailed)
			}
			return err
		},
	}
	cmd.Flags().StringSliceVar(&files, "log", nil, "a log of course test; may be given several times (`FILE`)")
	cmd.Flags().StringVar(&label, "label", "", "only the trials with the label `TEXT`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// readLogs reads logs one after the other. Torn lines are told on standard error.
func (a *app) readLogs(files []string) (records []soak.Record, err error) {
	for _, name := range files {
		f, err := os.Open(a.path(name))
		if err != nil {
			return nil, usage("gokata course test --log FILE writes one.", "failed to read a log: %w", err)
		}
		some, torn, err := soak.ReadLog(f)
		f.Close()
		if err != nil {
			return nil, usage("Name a file that course test has written.", "%s: %w", name, err)
		}
		if torn > 0 {
			fmt.Fprintf(a.env.Err, "%s: %s passed over: no trial\n", name, counted(torn, "line"))
		}
		records = append(records, some...)
	}
	return records, nil
}
