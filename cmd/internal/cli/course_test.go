package cli

import (
	"bytes"
	"encoding/json"
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
			r, err := a.try(t.Context(), v)
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
				t.Errorf("%s %s: %s, %s, want %s\n%s", slug, v.Name, r.Verdict.Outcome, r.Verdict.Reason, v.Want(), r.Verdict.Explanation)
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
		{"course", "test", "--kata", "paralel-sum", "--katas-only"},
		{"course", "tset"},
		{"course", "test", "--variant", "solutoin", "--katas-only"},
	} {
		if code, _, errs := run(args...); code != ExitUsage || errs == "" {
			t.Errorf("%v: exit code %d, %q", args, code, errs)
		}
	}
}
