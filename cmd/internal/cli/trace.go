package cli

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/report"
	"gokata/checker/spec"
	"gokata/checker/verdict"
	"gokata/katas"
)

func (a *app) trace() *cobra.Command {
	var dir, page string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "trace [KATA]",
		Short: "See how a solution runs: timeline, speed-up, critical path",
		Long: `Runs your solution under the execution tracer and shows what ran on which P
(the runtime's processor), work and span, the speed-up that they predict on more
CPUs beside the one measured here, where goroutines waited, and the critical
path. Without KATA it is the kata of this folder, else the current one. --dir
takes any folder of Go files. Nothing is judged, and no attempt is kept.
Exit code: 0 traced, 1 the solution does not build or its run fails, 3 the trace
shows nothing.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			html, err := a.outFile(cmd, "html", "report.html")
			if err != nil {
				return err
			}
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			slug, folder, _, err := a.checked(cmd, j, args, dir)
			if err != nil {
				return err
			}
			k, err := a.kata(slug)
			if err != nil {
				return err
			}
			if k.Spec.Kind == spec.Counted {
				return usage("gokata check tells what was counted.", "kata %s is proved by counting, and has no timed run to trace", slug)
			}
			t, err := a.traced(cmd.Context(), k, folder)
			if err != nil {
				return err
			}
			if asJSON {
				err = report.TraceJSON(a.stdout, t)
			} else {
				err = a.traceText(t)
			}
			if err != nil {
				return err
			}
			if err := html.write(func(w io.Writer) error { return report.TraceHTML(w, t) }); err != nil {
				return err
			}
			return exitOfTrace(t)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "trace the Go files in `DIR`")
	cmd.Flags().StringVar(&page, "html", "", "also write it as a page with pictures to `FILE`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// traced runs the solution in a folder under the tracer.
func (a *app) traced(ctx context.Context, k *katas.Kata, folder string) (t report.Tracing, err error) {
	files, err := a.run(ctx, k, folder, func(request checker.Request) (err error) {
		t, err = a.env.Checker.Trace(ctx, request)
		return err
	})
	t.Files = files
	return t, err
}

// traceText shows a trace from its beginning, also where it is longer than the
// screen.
func (a *app) traceText(t report.Tracing) error {
	var text strings.Builder
	if err := report.TraceText(&text, t, a.out.Report()); err != nil {
		return err
	}
	return a.page(text.String())
}

// exitOfTrace is the exit code of a trace that was shown.
func exitOfTrace(t report.Tracing) error {
	switch o := t.Verdict.Outcome; {
	case t.Traced():
		return nil
	case o == verdict.Fail, o == verdict.Error:
		return exitOf(o)
	}
	return errQuiet(ExitInconclusive)
}
