package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/cobra"

	"gokata/checker/proc"
)

// busy starts n processes that compute until stop is called or ctx ends.
func busy(ctx context.Context, n int) (stop func(), err error) {
	var groups []*proc.Group
	stop = func() {
		for _, g := range groups {
			g.Kill()
		}
	}
	if n == 0 {
		return stop, nil
	}
	self, err := os.Executable()
	if err != nil {
		return stop, fmt.Errorf("failed to find this program: %w", err)
	}
	for range n {
		g, err := proc.Start(ctx, exec.Command(self, "course", "busy"), proc.Limits{})
		if err != nil {
			stop()
			return stop, err
		}
		groups = append(groups, g)
	}
	return stop, nil
}

// courseBusy is the busy loop of --load: one process, one CPU.
func (a *app) courseBusy() *cobra.Command {
	return &cobra.Command{
		Use:    "busy",
		Hidden: true,
		Short:  "Keep one CPU busy",
		Long:   `Computes until it is stopped: the busy loop of gokata course test --load.`,
		Args:   args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			end := time.Now().Add(12 * time.Hour)
			for n := 0; ; n++ {
				if n%(1<<24) == 0 && (cmd.Context().Err() != nil || time.Now().After(end)) {
					return cmd.Context().Err()
				}
			}
		},
	}
}
