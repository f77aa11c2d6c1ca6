package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/build"
	"gokata/checker/report"
)

// Bencher is what measure needs of package checker.
type Bencher interface {
	Bench(ctx context.Context, r checker.BenchRequest) (report.Measurement, error)
}

// Bench measures benchmarks with the real checker.
func (realChecker) Bench(ctx context.Context, r checker.BenchRequest) (report.Measurement, error) {
	return checker.Bench(ctx, r)
}

// mostProcs bounds --cpu: far above any machine, far below what the runtime
// refuses.
const mostProcs = 1024

func (a *app) measureCommand() *cobra.Command {
	var pattern, cpus, format string
	var asJSON bool
	var count int
	var budget time.Duration
	cmd := &cobra.Command{
		Use:   "measure [PACKAGE]",
		Short: "Measure Go benchmarks of your own",
		Long: `Runs benchmarks of any Go package at several GOMAXPROCS in turn and says of each
whether it is parallel, how far, why not further, and what 16 CPUs would give.
Your own go command builds the package (by default the one in this folder) with
your settings; nothing is written into its module. --format bench is for
benchstat, as in

  gokata measure --format bench > out.txt && benchstat -col /gomaxprocs out.txt

Exit code: 0 measured, 1 a benchmark failed, 3 nothing could be measured.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("Name one, and run the command once for each.", "gokata measure takes one package, not %d (%s)", len(args), strings.Join(args, " "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			procs, err := procsOf(cpus)
			if err != nil {
				return err
			}
			write, err := formatOf(a, format, asJSON, cmd.Flags().Changed("format"))
			if err != nil {
				return err
			}
			switch {
			case count < 1:
				return usage("Give a number such as 8.", "--count %d: at least one round is needed", count)
			case budget <= 0:
				return usage("Give a time such as 20s.", "--time %v: some time is needed", budget)
			}
			r := checker.BenchRequest{
				Dir: a.env.Dir, Package: ".", Pattern: pattern, Procs: procs, Count: count, Time: budget,
			}
			if len(args) == 1 {
				r.Package = args[0]
			}
			m, err := a.benchmarks(cmd.Context(), r)
			if err != nil {
				return err
			}
			if err := write(m); err != nil {
				return err
			}
			switch {
			case m.Failed():
				return errQuiet(ExitFailed)
			case m.Empty():
				return errQuiet(ExitInconclusive)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&pattern, "bench", ".", "only benchmarks that match `REGEXP`, as of go test -bench")
	cmd.Flags().StringVar(&cpus, "cpu", "", "`LIST` of GOMAXPROCS such as 1,2,3 (else 1, 2, 4 … up to the CPUs)")
	cmd.Flags().IntVar(&count, "count", 8, "`ROUNDS` of each benchmark; fewer than 8 give no interval")
	cmd.Flags().DurationVar(&budget, "time", 20*time.Second, "`TIME` for the rounds of each benchmark")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT` of the output: text, json or bench")
	return cmd
}

// formatOf is how a measurement is written.
func formatOf(a *app, format string, asJSON, named bool) (func(report.Measurement) error, error) {
	if asJSON && named && format != "json" {
		return nil, usage("Give one of them.", "--json and --format %s contradict each other", format)
	}
	if asJSON {
		format = "json"
	}
	switch format {
	case "text":
		return func(m report.Measurement) error { return report.MeasurementText(a.stdout, m, a.out.Report()) }, nil
	case "json":
		return func(m report.Measurement) error { return report.MeasurementJSON(a.stdout, m) }, nil
	case "bench":
		return func(m report.Measurement) error { return report.MeasurementBench(a.stdout, m) }, nil
	}
	return nil, unknown("format", format, []string{"text", "json", "bench"}, "Formats are text, json and bench.")
}

// procsOf reads --cpu: values of GOMAXPROCS, in order and each once.
func procsOf(list string) ([]int, error) {
	if list == "" {
		return nil, nil
	}
	var procs []int
	for field := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 1 || n > mostProcs {
			return nil, usage("Give numbers such as --cpu 1,2,4.", "--cpu %s: %q is no GOMAXPROCS from 1 to %d", list, strings.TrimSpace(field), mostProcs)
		}
		procs = append(procs, n)
	}
	slices.Sort(procs)
	return slices.Compact(procs), nil
}

// benchmarks runs the measurement, with a line on standard error that says what
// is going on.
func (a *app) benchmarks(ctx context.Context, r checker.BenchRequest) (report.Measurement, error) {
	bencher, ok := a.env.Checker.(Bencher)
	if !ok {
		return report.Measurement{}, internal(errors.New("this checker measures no benchmarks"))
	}
	line := benchLine{app: a}
	r.Progress = line.show
	m, err := bencher.Bench(ctx, r)
	line.clear()
	if ctx.Err() != nil {
		return m, ctx.Err()
	}
	return m, a.benchError(err)
}

// benchLine is the line that says what a measurement is doing: of the benchmark
// under way alone, as there may be many.
type benchLine struct {
	app  *app
	line statusLine
}

func (l *benchLine) show(p checker.Progress) {
	if _, _, found := strings.Cut(p.Stage, ": "); found {
		l.line = statusLine{shown: l.line.shown}
	}
	l.line.w, l.line.t = l.app.env.Err, l.app.err
	l.line.show(p)
}

func (l *benchLine) clear() {
	l.line.w = l.app.env.Err
	l.line.clear()
}

// benchError gives an error of a measurement its exit code. What the compiler
// or the program says is shown as it says it.
func (a *app) benchError(err error) error {
	var theirs *checker.ProgramError
	switch {
	case errors.As(err, &theirs):
		_ = report.Said(a.env.Err, theirs.Output, a.err.Report()) // what cannot be written there cannot be said either
		return usage("Mend that first; go test -bench shows the same.", "%w", err)
	case errors.Is(err, checker.ErrBench), errors.Is(err, build.ErrNoGo):
		return usage("", "%w", err)
	}
	return checkError(err)
}
