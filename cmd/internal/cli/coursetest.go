package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/soak"
)

// soakFlags are the flags of course test.
type soakFlags struct {
	chosen
	repeat, atOnce int
	within         time.Duration // 0: no end
	load           soak.Load
	log, label     string
	keep           string
	keepAll        bool
	asJSON         bool
	skipText       bool
}

func (a *app) courseTest() *cobra.Command {
	var f soakFlags
	var load string
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Check every variant of every kata, and every program of the lessons",
		Long: `Runs every program of the lessons and questions, then checks the starter, the
reference and every wrong solution of every kata, and counts the verdicts that
are right, inconclusive and false. --load puts busy loops beside the checks:
quiet (none), one, many (one more than there are CPUs), or a number. --log
appends a line for each check to a file that gokata course table adds up, --keep
writes the evidence of every verdict that is not right to a folder. Exit code: 0
where nothing is false, else 1.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			see := "gokata course test --help says what they mean."
			if f.repeat < 1 || f.atOnce < 1 || f.within < 0 {
				return usage(see, "--repeat and --parallel must be at least 1, and --for not negative")
			}
			if f.keepAll && f.keep == "" {
				return usage(see, "--keep-right needs --keep DIR")
			}
			var err error
			if f.load, err = soak.ParseLoad(load, runtime.NumCPU()); err != nil {
				return usage(see, "--load %w", err)
			}
			return a.soak(cmd.Context(), f)
		},
	}
	f.flags(cmd)
	cmd.Flags().IntVar(&f.repeat, "repeat", 1, "check each variant `N` times")
	cmd.Flags().IntVar(&f.atOnce, "parallel", 1, "`K` checks at once")
	cmd.Flags().DurationVar(&f.within, "for", 0, "begin no check after this `TIME`, such as 20m")
	cmd.Flags().StringVar(&load, "load", "quiet", "`LOAD` beside the checks: quiet, one, many or a number of busy loops")
	cmd.Flags().StringVar(&f.log, "log", "", "append a line for each check to `FILE`")
	cmd.Flags().StringVar(&f.label, "label", "", "note `TEXT` in these lines")
	cmd.Flags().StringVar(&f.keep, "keep", "", "write the evidence of what is not right to `DIR`")
	cmd.Flags().BoolVar(&f.keepAll, "keep-right", false, "write the evidence of what is right there, too")
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "one JSON object")
	cmd.Flags().BoolVar(&f.skipText, "katas-only", false, "leave out the programs of lessons and questions")
	return cmd
}

func (a *app) soak(ctx context.Context, f soakFlags) error {
	if !f.skipText {
		if err := a.courseText(ctx); err != nil {
			return err
		}
	}
	variants, err := a.variants(f.chosen)
	if err != nil {
		return err
	}
	done, end, err := a.witnessed(ctx, f)
	if err != nil {
		return err
	}
	defer end()
	stop, err := busy(ctx, f.load.Busy)
	if err != nil {
		return internal(err)
	}
	defer stop()
	plan := soak.Plan{Repeat: f.repeat, AtOnce: f.atOnce}
	if f.within > 0 {
		plan.Until = time.Now().Add(f.within)
	}
	tallies, err := soak.Run(ctx, variants, plan, a.trying(f.atOnce == 1), done)
	if err != nil {
		return err
	}
	if f.asJSON {
		err = soakJSON(a, f, tallies)
	} else {
		soakText(a, f, tallies)
	}
	if err != nil {
		return err
	}
	for _, t := range tallies {
		if t.Bad() > 0 {
			return errQuiet(ExitFailed)
		}
	}
	return nil
}

// witnessed gives what is done after each trial: shown, logged, and kept, as
// far as the flags ask.
func (a *app) witnessed(ctx context.Context, f soakFlags) (done func(soak.Trial) error, end func(), err error) {
	end = func() {}
	condition := soak.Condition(f.load, f.atOnce)
	var log *soak.Log
	var common soak.Record
	if f.log != "" {
		if common, err = a.common(ctx, f); err != nil {
			return nil, nil, err
		}
		if log, err = soak.OpenLog(a.path(f.log)); err != nil {
			return nil, nil, usage("Name a file in a folder that can be written.", "%w", err)
		}
		end = func() { _ = log.Close() }
	}
	full := false
	return func(t soak.Trial) error {
		a.tried(t)
		now := a.env.Now()
		if log != nil {
			if err := log.Add(common.Note(t, now)); err != nil {
				return usage("Make room there; the log holds all trials before.", "%w", err)
			}
		}
		if f.keep == "" {
			return nil
		}
		_, err := soak.Keeper{Dir: a.path(f.keep), All: f.keepAll}.Keep(t, condition, now)
		switch {
		case errors.Is(err, soak.ErrFull):
			if !full {
				fmt.Fprintf(a.env.Err, "%v: evidence is no longer kept\n", err)
			}
			full = true
		case err != nil:
			return usage("Make room there, or name another folder.", "%w", err)
		}
		return nil
	}, end, nil
}

// common is what the lines of one run have in common.
func (a *app) common(ctx context.Context, f soakFlags) (soak.Record, error) {
	program, err := soak.ThisProgram()
	if err != nil {
		return soak.Record{}, internal(err)
	}
	machine, _, err := a.env.Checker.Machine(ctx)
	if err != nil {
		return soak.Record{}, checkError(err)
	}
	return soak.Record{
		Program: program, Label: f.label, Machine: soak.MachineOf(machine),
		Condition: soak.Condition(f.load, f.atOnce), Busy: f.load.Busy, AtOnce: f.atOnce,
	}, nil
}
