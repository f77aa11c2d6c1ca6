package cli

import "github.com/spf13/cobra"

func (a *app) start() *cobra.Command {
	return &cobra.Command{
		Use:   "start KATA",
		Short: "Begin a kata out of its order",
		Long: `Makes the files of a kata in your workspace and shows its brief, wherever you
are in the course; gokata next goes on from where it was. Files of yours stay as
they are.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := a.kata(args[0])
			if err != nil {
				return err
			}
			j, err := a.journey(writing)
			if err != nil {
				return err
			}
			return a.beginKata(j, k.Spec.Kata)
		},
	}
}
