package cli

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/soak"
	"gokata/katas"
)

// TestNoKataGetsAFalseVerdict checks real solutions on the real clock, on
// whatever machine this is: a starter never passes, a reference never fails.
// Inconclusive is allowed, and counted. `gokata course test` does the same for
// every wrong solution; .ci/run runs it.
func TestNoKataGetsAFalseVerdict(t *testing.T) {
	slugs := katas.Slugs()
	if testing.Short() {
		slugs = []string{"parallel-sum"}
	}
	env := System(Streams{Out: new(bytes.Buffer), Err: new(bytes.Buffer)})
	a := newApp(env, &interrupts{})
	open, trials := 0, 0
	for _, slug := range slugs {
		k, err := a.kata(slug)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range soak.Variants(k)[:2] {
			r, err := a.trying(true)(t.Context(), v)
			if err != nil {
				t.Fatalf("%s %s: %v", slug, v.Name, err)
			}
			trials++
			switch v.Judge(r.Verdict) {
			case soak.Right:
			case soak.Inconclusive:
				open++
				t.Logf("%s %s: inconclusive: %s", slug, v.Name, r.Verdict.Explanation)
			default:
				t.Errorf("%s %s: %s, %s, want %s\n%s", slug, v.Name, r.Verdict.Outcome, r.Verdict.Reason, v.Class(), r.Verdict.Explanation)
			}
		}
	}
	t.Logf("%d of %d inconclusive", open, trials)
}

func TestCourseTestCountsInJSONAndRefusesNonsense(t *testing.T) {
	run := func(args ...string) (int, string, string) {
		env, out, errs := world(t, scripted(func() (report.Report, error) {
			return report.Report{Verdict: verdict.Verdict{Outcome: verdict.Pass, Reason: verdict.OK}}, nil
		}))
		return Run(t.Context(), env, args), out.String(), errs.String()
	}
	code, out, errs := run("course", "test", "--katas-only", "--kata", "parallel-sum", "--repeat", "2", "--json")
	var got struct {
		Schema, Repeat int
		Variants       []struct {
			Variant             string
			Trials, Right       int
			False, Inconclusive int
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v\n%s%s", err, out, errs)
	}
	if got.Schema != 1 || got.Repeat != 2 || len(got.Variants) < 5 {
		t.Errorf("%+v", got)
	}
	falses := 0
	for _, v := range got.Variants {
		if v.Trials != 2 {
			t.Errorf("%s: %d trials", v.Variant, v.Trials)
		}
		falses += v.False
	}
	if falses == 0 || code != ExitFailed { // the fake passes everything, also what is wrong
		t.Errorf("%d false verdicts, exit code %d", falses, code)
	}
	for _, args := range [][]string{
		{"course", "test", "--repeat", "0"},
		{"course", "test", "--load", "-1"},
		{"course", "test", "--load", "loud"},
		{"course", "test", "--parallel", "0"},
		{"course", "test", "--for", "-1s"},
		{"course", "test", "--keep-right"},
		{"course", "test", "--impostors", "nowhere", "--katas-only"},
		{"course", "table"},
		{"course", "table", "--log", "nowhere"},
		{"course", "peers", "--benchtime", "0"},
		{"course", "peers", "--variant", "solutoin"},
		{"course", "test", "--kata", "paralel-sum", "--katas-only"},
		{"course", "tset"},
		{"course", "test", "--variant", "solutoin", "--katas-only"},
	} {
		if code, _, errs := run(args...); code != ExitUsage || errs == "" {
			t.Errorf("%v: exit code %d, %q", args, code, errs)
		}
	}
}

// Two runs append to one log; the table adds both up. What the fake passes
// falsely is kept as evidence.
func TestRunsOfCourseTestAddUpInALog(t *testing.T) {
	env, out, errs := world(t, scripted(func() (report.Report, error) {
		return report.Report{Verdict: verdict.Verdict{Outcome: verdict.Pass, Reason: verdict.OK}}, nil
	}))
	test := []string{"course", "test", "--katas-only", "--kata", "parallel-sum", "--variant", "solution,wrong/sequential",
		"--log", "deep/log.jsonl", "--keep", "kept", "--label", "tuesday"}
	for _, more := range [][]string{nil, {"--parallel", "2"}} {
		if code := Run(t.Context(), env, append(test, more...)); code != ExitFailed {
			t.Fatalf("exit code %d, %s", code, errs)
		}
	}
	kept, err := filepath.Glob(filepath.Join(env.Dir, "kept", "parallel-sum-wrong-sequential-quiet*.json"))
	if err != nil || len(kept) != 2 {
		t.Errorf("kept: %v, %v", kept, err)
	}
	out.Reset()
	if code := Run(t.Context(), env, []string{"course", "table", "--log", "deep/log.jsonl", "--json"}); code != ExitFailed {
		t.Errorf("exit code %d, %s", code, errs)
	}
	var table soak.Table
	if err := json.Unmarshal(out.Bytes(), &table); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if table.Trials != 4 || len(table.Conditions) != 2 || table.Conditions[1].Condition != "quiet+2 at once" || table.Conditions[0].Total.FalsePass.Count != 1 {
		t.Errorf("%+v", table)
	}
	if code := Run(t.Context(), env, []string{"course", "table", "--log", "deep/log.jsonl", "--label", "wednesday"}); code != ExitUsage {
		t.Errorf("a label that nothing has: exit code %d", code)
	}
}
