package cli

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/evidence"
	"gokata/checker/verdict"
	"gokata/cmd/internal/workspace"
	"gokata/katas"
)

// Calibrator is what doctor needs of package checker besides.
type Calibrator interface {
	Calibrate(ctx context.Context, r checker.Request) (evidence.Calibration, error)
}

// Calibrate measures with the real checker.
func (realChecker) Calibrate(ctx context.Context, r checker.Request) (evidence.Calibration, error) {
	return checker.Calibrate(ctx, r)
}

// control is the kata whose reference solution calibrates: it only computes,
// and its runs are short.
const control = "parallel-sum"

// findings are all that doctor knows, as --json prints it.
type findings struct {
	Schema      int                   `json:"schema"`
	Machine     evidence.Machine      `json:"machine"`
	NoGo        string                `json:"no_go,omitempty"`       // why there is no go command
	NoCompiler  string                `json:"no_compiler,omitempty"` // why there is no C compiler
	Workspace   string                `json:"workspace,omitempty"`   // its folder
	Exists      bool                  `json:"workspace_exists"`
	Calibration *evidence.Calibration `json:"calibration"` // null where none was made
	Standing    verdict.Standing      `json:"standing"`
}

func (a *app) doctor() *cobra.Command {
	var warm, quick, asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "What this machine can measure, and why not",
		Long: `Says what a check can and cannot judge on this machine, and what to change. A
reference solution runs for two seconds to show what speed-up can be had here
and now; --quick leaves that out. --warm compiles what a first check needs of
the standard library, once. The exit code is 2 where there is no usable go
command.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := a.look(cmd.Context())
			if err != nil {
				return err
			}
			if !asJSON {
				a.printf("%s", a.found(f))
			}
			if !quick {
				if f.Calibration, err = a.calibrate(cmd.Context(), f); err != nil {
					return err
				}
			}
			f.Standing = verdict.Stand(f.Machine, f.Calibration)
			if asJSON {
				enc := json.NewEncoder(a.stdout)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				err = enc.Encode(f)
			} else {
				a.printf("%s", a.standing(f))
			}
			switch {
			case err != nil:
				return err
			case f.NoGo != "":
				return errQuiet(ExitUsage) // the cure stands in the line of the go command
			case !warm:
				return nil
			}
			if err := a.warm(cmd.Context()); err != nil {
				return err
			}
			if !asJSON {
				a.printf("\n %s The standard library is compiled; a first check starts at once.\n", a.out.Good("✓"))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&warm, "warm", false, "compile what a first check needs")
	cmd.Flags().BoolVar(&quick, "quick", false, "measure nothing")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// look finds what there is, without measuring. The error is the context's.
func (a *app) look(ctx context.Context) (findings, error) {
	f := findings{Schema: 1}
	var err error
	f.Machine, f.NoCompiler, err = a.env.Checker.Machine(ctx)
	if ctx.Err() != nil {
		return f, ctx.Err()
	}
	if err != nil {
		f.NoGo = err.Error()
	}
	f.Workspace, f.Exists = workspace.Find(a.workspaceFlag, a.env.Getenv("GOKATA_WORKSPACE"), a.env.Dir, a.env.Home)
	return f, nil
}

// calibrate measures the control, where that can be done.
func (a *app) calibrate(ctx context.Context, f findings) (*evidence.Calibration, error) {
	calibrator, ok := a.env.Checker.(Calibrator)
	if !ok {
		return nil, internal(errors.New("the checker cannot calibrate"))
	}
	if f.NoGo != "" || f.Machine.P < 2 {
		return nil, nil
	}
	k, err := a.kata(control)
	if err != nil {
		return nil, err
	}
	request, clear, err := a.request(k, nil)
	if err != nil {
		return nil, err
	}
	c, err := calibrator.Calibrate(ctx, request)
	clear()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, checkError(err)
	}
	return &c, nil
}

// warm checks the build of one kata's reference solution, which needs what all
// of them need.
func (a *app) warm(ctx context.Context) error {
	k, err := a.kata(katas.Slugs()[0])
	if err != nil {
		return err
	}
	reference, err := k.Files(katas.Solution)
	if err != nil {
		return internal(err)
	}
	request, clear, err := a.request(k, reference)
	if err != nil {
		return err
	}
	defer clear()
	if err := a.env.Checker.Warm(ctx, request); ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return checkError(err)
	}
	return nil
}
