package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
	"gokata/cmd/internal/soak"
	"gokata/cmd/internal/soak/peers"
	"gokata/katas"
)

// peerRow is one solution before the public judges and before ours.
type peerRow struct {
	soak.Variant
	Public peers.Result
	Ours   verdict.Verdict
	Kind   soak.Kind
}

func (a *app) coursePeers() *cobra.Command {
	var c chosen
	var benchTime time.Duration
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "peers",
		Short: "Judge the solutions of parallel katas the public way, beside ours",
		Long: `Gives the reference and every wrong solution of the parallel katas to the visible
test under go test and go test -race, and to a benchmark of the kata's own
workload at GOMAXPROCS 1 and 2, five times each: a quotient of the medians of at
least 1.5 passes. Then checks each once. Prints a table in Markdown. It takes some
minutes; run it where nothing else does.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if benchTime <= 0 {
				return usage("Give a time such as 300ms.", "--benchtime must be more than 0")
			}
			variants, err := a.variants(c)
			if err != nil {
				return err
			}
			machine, _, err := a.env.Checker.Machine(cmd.Context()) // before all this loads it
			if err != nil {
				return checkError(err)
			}
			rows, err := a.peers(cmd.Context(), variants, benchTime)
			if err != nil {
				return err
			}
			if asJSON {
				return peersJSON(a, rows)
			}
			peersText(a, rows)
			a.printf("\nOf each benchmark %d runs of %v at 1 and at 2 CPUs; quotient of the medians. %s.\n", peers.Counted, benchTime, onMachine(machine))
			return nil
		},
	}
	c.flags(cmd)
	cmd.Flags().DurationVar(&benchTime, "benchtime", 300*time.Millisecond, "`TIME` of each run of the benchmark")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// peers judges each variant of a parallel kata, starters aside: they only
// begin.
func (a *app) peers(ctx context.Context, variants []soak.Variant, benchTime time.Duration) ([]peerRow, error) {
	tool, err := build.Find(ctx)
	if err != nil {
		return nil, checkError(err)
	}
	dir, err := os.MkdirTemp("", "gokata-peers-")
	if err != nil {
		return nil, usage("Make room there, or set TMPDIR.", "failed to make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	runner := peers.Runner{Go: tool, Dir: dir, BenchTime: benchTime, Limit: time.Minute}
	check := a.trying(true)
	var rows []peerRow
	for _, v := range variants {
		if v.Kata.Spec.Kind != spec.Parallel || v.Name == katas.Starter {
			continue
		}
		s, err := public(v)
		if err != nil {
			return nil, internal(err)
		}
		row := peerRow{Variant: v}
		if row.Public, err = runner.Try(ctx, s); err == nil {
			r, checked := check(ctx, v)
			row.Ours, row.Kind, err = r.Verdict, v.Judge(r.Verdict), checked
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, checkError(fmt.Errorf("%s %s: %w", v.Kata.Spec.Kata, v.Name, err))
		}
		fmt.Fprintf(a.env.Err, "%s\n", strings.Join(row.cells(), "  "))
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, usage("Only katas of kind parallel have a public way to be judged by.", "nothing to judge")
	}
	return rows, nil
}

// public is what the public judges get of a variant.
func public(v soak.Variant) (s peers.Solution, err error) {
	if s.Files, err = v.Files(); err != nil {
		return s, err
	}
	if s.Hidden, err = v.Kata.Files(katas.Hidden); err != nil {
		return s, err
	}
	starter, err := v.Kata.Files(katas.Starter)
	s.Tests = map[string][]byte{}
	for name, src := range starter {
		if strings.HasSuffix(name, "_test.go") {
			s.Tests[name] = src
		}
	}
	return s, err
}

// cells are the columns of the table.
func (r peerRow) cells() []string {
	bench := said(r.Public.Bench)
	if r.Public.Ratio > 0 {
		bench = fmt.Sprintf("%.2f, %s", r.Public.Ratio, passOrFail(r.Public.Bench.Pass))
	}
	ours := fmt.Sprintf("%s, %s", r.Ours.Outcome, r.Ours.Reason)
	return []string{r.Kata.Spec.Kata, string(r.Name), strings.ReplaceAll(r.Class(), "|", " or "),
		said(r.Public.Test), said(r.Public.Race), bench, ours}
}

func said(s peers.Said) string {
	if s.Pass {
		return "pass"
	}
	return s.Note
}

func passOrFail(pass bool) string {
	if pass {
		return "pass"
	}
	return "fail"
}

func peersText(a *app, rows []peerRow) {
	a.printf("| kata | solution | must get | go test | go test -race | T(1)/T(2), at least %.1f | gokata |\n|---|---|---|---|---|---|---|\n", peers.Enough)
	for _, r := range rows {
		a.printf("| %s |\n", strings.Join(r.cells(), " | "))
	}
	var good, bad []peerRow
	for _, r := range rows {
		switch {
		case !r.MayPass():
			bad = append(bad, r)
		case !r.MayFail():
			good = append(good, r)
		}
	}
	a.printf("\n| of | go test | go test -race | T(1)/T(2) | all three | gokata | gokata undecided |\n|---|--:|--:|--:|--:|--:|--:|\n")
	summary := func(name string, rows []peerRow) {
		var test, race, bench, all, ours, open int
		for _, r := range rows {
			test, race, bench = test+one(r.Public.Test.Pass), race+one(r.Public.Race.Pass), bench+one(r.Public.Bench.Pass)
			all, ours, open = all+one(r.Public.All()), ours+one(r.Ours.Outcome == verdict.Pass), open+one(r.Ours.Outcome == verdict.Inconclusive)
		}
		a.printf("| %d %s: passed by | %d | %d | %d | %d | %d | %d |\n", len(rows), name, test, race, bench, all, ours, open)
	}
	summary("that must fail", bad)
	summary("that must pass", good)
}

// onMachine says where the table was made: what else ran there bends the
// quotients.
func onMachine(m evidence.Machine) string {
	text := fmt.Sprintf("On %s, %s %s/%s", counted(m.CPUs, "CPU"), m.Go, m.OS, m.Arch)
	if m.Load != nil {
		text += fmt.Sprintf(", load average %.1f at the start", *m.Load)
	}
	return text
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func peersJSON(a *app, rows []peerRow) error {
	type row struct {
		Kata    string          `json:"kata"`
		Variant string          `json:"variant"`
		Want    string          `json:"want"`
		Test    string          `json:"test"` // pass, or why not
		Race    string          `json:"race"`
		Bench   string          `json:"bench"`
		Ratio   *float64        `json:"ratio"` // null: no figures
		Verdict verdict.Outcome `json:"verdict"`
		Reason  verdict.Reason  `json:"reason"`
		Kind    soak.Kind       `json:"kind"`
	}
	out := struct {
		Schema int     `json:"schema"`
		Enough float64 `json:"ratio_that_passes"`
		Rows   []row   `json:"solutions"`
	}{Schema: 1, Enough: peers.Enough}
	for _, r := range rows {
		line := row{r.Kata.Spec.Kata, string(r.Name), r.Class(), said(r.Public.Test), said(r.Public.Race), said(r.Public.Bench),
			nil, r.Ours.Outcome, r.Ours.Reason, r.Kind}
		if r.Public.Ratio > 0 {
			line.Ratio = &r.Public.Ratio
		}
		out.Rows = append(out.Rows, line)
	}
	return json.NewEncoder(a.stdout).Encode(out)
}
