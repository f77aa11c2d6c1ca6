package cli

import (
	"github.com/spf13/cobra"
)

func (a *app) workshop() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "workshop",
		Short: "A room of learners with an instructor: host it, join it",
		Long: `An instructor hosts a workshop on a laptop, without the internet; learners join
it from their terminals, or from a phone. Then everybody's checks and answers
report to the instructor by themselves.

gokata help workshop has more.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		a.workshopJoin(), a.workshopStatus(), a.workshopPoll(), a.workshopLeave(), a.workshopCourier(),
		a.workshopHost(),
		a.workshopRehearse(),
		a.workshopBackup(),
	)
	return cmd
}
