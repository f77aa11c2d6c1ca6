package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
)

func (a *app) hint() *cobra.Command {
	var seen bool
	cmd := &cobra.Command{
		Use:   "hint [KATA]",
		Short: "The next hint of a kata",
		Long: `Shows the next of three hints, from a nudge to nearly the answer. Without KATA
it is the kata of this folder, else the current one.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			in := writing
			if seen {
				in = reading
			}
			j, err := a.journey(in)
			if err != nil {
				return err
			}
			slug, err := a.target(cmd, j, args)
			if err != nil {
				return err
			}
			k, err := a.kata(slug)
			if err != nil {
				return err
			}
			had := min(j.state.Hints(slug), len(k.Hints))
			if seen {
				if had == 0 {
					a.printf(" No hint of %s was shown yet.\n", slug)
				}
				for n := range had {
					if err := a.printHint(slug, n+1, k.Hints); err != nil {
						return err
					}
				}
				return nil
			}
			n := min(had+1, len(k.Hints))
			if err := a.printHint(slug, n, k.Hints); err != nil {
				return err
			}
			if had < len(k.Hints) {
				if err := j.add(progress.ShowedHint(slug, n)); err != nil {
					return err
				}
			}
			if n == len(k.Hints) {
				a.printf("\n That was the last hint.   The solution:  %s\n", a.out.Command("gokata solution "+slug))
			} else {
				a.printf("\n")
				a.then("gokata check "+slug, "more?", "gokata hint "+slug)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&seen, "seen", false, "show the hints seen so far again")
	return cmd
}

func (a *app) printHint(slug string, n int, hints [][]byte) error {
	a.printf(" %s\n", a.out.Bold(fmt.Sprintf("%s · hint %d of %d", slug, n, len(hints))))
	return a.markdown(hints[n-1])
}
