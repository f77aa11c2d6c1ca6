package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"gokata/checker/proc"
	"gokata/checker/report"
	"gokata/cmd/internal/soak"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons/snippet"
)

// course groups what authors run on the course itself.
func (a *app) course() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "course COMMAND",
		Short: "For authors: does the course hold what it says?",
		Long:  `The course's own checks. They need the go command and take a while.`,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("command of gokata course", args[0], commandNames(cmd), "gokata course --help lists them.")
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(a.courseTest(), a.courseBusy())
	return cmd
}

// soakFlags are the flags of course test.
type soakFlags struct {
	repeat, load int
	katas        []string
	only         []string // names of variants
	asJSON       bool
	skipText     bool
}

func (a *app) courseTest() *cobra.Command {
	var f soakFlags
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Check every variant of every kata, and every program of the lessons",
		Long: `Runs every program of the lessons and questions, then checks the starter, the
reference and every wrong solution of every kata, and counts the verdicts that
are right, inconclusive and false. --load puts busy loops beside the checks.
Exit code: 0 where nothing is false, else 1.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.repeat < 1 || f.load < 0 {
				return usage("gokata course test --help says what they mean.", "--repeat must be at least 1 and --load at least 0")
			}
			return a.soak(cmd.Context(), f)
		},
	}
	cmd.Flags().IntVar(&f.repeat, "repeat", 1, "check each variant `N` times")
	cmd.Flags().IntVar(&f.load, "load", 0, "with `N` busy loops beside")
	cmd.Flags().StringSliceVar(&f.katas, "kata", nil, "only these `KATAS`")
	cmd.Flags().StringSliceVar(&f.only, "variant", nil, "only these `VARIANTS`, such as solution or wrong/serial")
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
	variants, err := a.variants(f.katas, f.only)
	if err != nil {
		return err
	}
	stop, err := busy(ctx, f.load)
	if err != nil {
		return internal(err)
	}
	defer stop()
	tallies, err := soak.Run(ctx, variants, f.repeat, a.try, a.tried)
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

// courseText runs the programs of lessons and questions.
func (a *app) courseText(ctx context.Context) error {
	course, err := a.catalogue()
	if err != nil {
		return err
	}
	if err := course.Check(); err != nil {
		return usage("Mend the course.", "%w", err)
	}
	dir, err := os.MkdirTemp("", "gokata-course-")
	if err != nil {
		return usage("Make room there, or set TMPDIR.", "failed to make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(a.env.Err, "programs of lessons and questions …")
	const runs = 40 // of each question's program
	if err := snippet.Check(ctx, course, content.FS, dir, runs); err != nil {
		return usage("Mend the course.", "%w", err)
	}
	return nil
}

// variants lists those of some katas, or of all, whose name is among names, or all.
func (a *app) variants(slugs, names []string) ([]soak.Variant, error) {
	if len(slugs) == 0 {
		slugs = katas.Slugs()
	}
	var all []soak.Variant
	for _, slug := range slugs {
		k, err := a.kata(slug)
		if err != nil {
			return nil, err
		}
		all = append(all, soak.Variants(k)...)
	}
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, v := range all {
		known = append(known, string(v.Name))
	}
	for _, n := range names {
		if !slices.Contains(known, n) {
			return nil, unknown("variant", n, known, "The folders of a kata's testdata are its variants.")
		}
	}
	return slices.DeleteFunc(all, func(v soak.Variant) bool { return !slices.Contains(names, string(v.Name)) }), nil
}

// try checks one variant.
func (a *app) try(ctx context.Context, v soak.Variant) (report.Report, error) {
	solution, err := v.Kata.Files(v.Name)
	if err != nil {
		return report.Report{}, err
	}
	request, clear, err := a.request(v.Kata, solution)
	if err != nil {
		return report.Report{}, err
	}
	defer clear()
	return a.env.Checker.Check(ctx, request)
}

// tried says how a trial ended, on standard error, as it ends.
func (a *app) tried(t soak.Trial) {
	got := fmt.Sprintf("%s, %s", t.Report.Verdict.Outcome, t.Report.Verdict.Reason)
	mark := " "
	switch t.Kind {
	case soak.Inconclusive:
		mark = "?"
	case soak.OtherReason, soak.False:
		mark = "✗"
	case soak.Broken:
		mark, got = "✗", t.Err.Error()
	}
	fmt.Fprintf(a.env.Err, "%s %3d  %-18s %-28s %-26s %5.1f s\n", mark, t.Repeat, t.Variant.Kata.Spec.Kata, t.Variant.Name, got, t.Report.Elapsed.Seconds())
}

func soakText(a *app, f soakFlags, tallies []*soak.Tally) {
	t := a.out
	a.printf("%-18s %-28s %-22s %6s %6s %6s %6s %8s\n", "kata", "variant", "must get", "trials", "right", "open", "false", "median")
	trials, open, bad := 0, 0, 0
	for _, y := range tallies {
		a.printf("%-18s %-28s %-22s %6d %6d %6d %6d %7.1fs\n", y.Kata.Spec.Kata, y.Name, y.Want(), y.Trials,
			y.Counts[soak.Right], y.Counts[soak.Inconclusive], y.Bad(), y.Median().Seconds())
		trials, open, bad = trials+y.Trials, open+y.Counts[soak.Inconclusive], bad+y.Bad()
	}
	for _, y := range tallies {
		for _, odd := range y.Odd {
			a.printf(" %s %s: %s\n", y.Kata.Spec.Kata, y.Name, odd)
		}
	}
	line := fmt.Sprintf("%d trials beside %d busy loops: %d false, %d inconclusive (%.1f %%)", trials, f.load, bad, open, 100*float64(open)/float64(max(trials, 1)))
	if bad > 0 {
		a.printf("%s\n", t.Bad("✗ "+line))
		return
	}
	a.printf("%s\n", t.Good("✓ "+line))
}

// soakJSON prints the counts.
func soakJSON(a *app, f soakFlags, tallies []*soak.Tally) error {
	type row struct {
		Kata         string   `json:"kata"`
		Variant      string   `json:"variant"`
		Want         string   `json:"want"`
		Trials       int      `json:"trials"`
		Right        int      `json:"right"`
		Inconclusive int      `json:"inconclusive"`
		OtherReason  int      `json:"other_reason"`
		False        int      `json:"false"`
		Broken       int      `json:"broken"`
		MedianMS     int64    `json:"median_ms"`
		Odd          []string `json:"odd,omitempty"`
	}
	out := struct {
		Schema int   `json:"schema"`
		Repeat int   `json:"repeat"`
		Load   int   `json:"load"`
		Rows   []row `json:"variants"`
	}{Schema: 1, Repeat: f.repeat, Load: f.load}
	for _, t := range tallies {
		out.Rows = append(out.Rows, row{t.Kata.Spec.Kata, string(t.Name), t.Want(), t.Trials, t.Counts[soak.Right],
			t.Counts[soak.Inconclusive], t.Counts[soak.OtherReason], t.Counts[soak.False], t.Counts[soak.Broken],
			t.Median().Milliseconds(), t.Odd})
	}
	return json.NewEncoder(a.stdout).Encode(out)
}

// busy starts n processes that compute until stop is called.
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
