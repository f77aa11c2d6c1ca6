package cli

import (
	"encoding/json"
	"fmt"

	"gokata/cmd/internal/soak"
)

// tried says how a trial ended, on standard error, as it ends.
func (a *app) tried(t soak.Trial) {
	got := fmt.Sprintf("%s, %s", t.Report.Verdict.Outcome, t.Report.Verdict.Reason)
	mark := "✗"
	switch {
	case t.Err != nil:
		got = t.Err.Error()
	case t.Kind == soak.Right:
		mark = " "
	case t.Kind == soak.Inconclusive:
		mark = "?"
	}
	fmt.Fprintf(a.env.Err, "%s %3d  %-18s %-28s %-26s %5.1f s\n", mark, t.Repeat, t.Variant.Kata.Spec.Kata, t.Variant.Name, got, t.Report.Elapsed.Seconds())
}

func soakText(a *app, f soakFlags, tallies []*soak.Tally) {
	t := a.out
	a.printf("%-18s %-28s %-22s %6s %6s %6s %6s %8s\n", "kata", "variant", "must get", "trials", "right", "open", "bad", "median")
	trials, open, bad, wrong := 0, 0, 0, 0
	for _, y := range tallies {
		if y.Trials == 0 { // the time was up
			continue
		}
		a.printf("%-18s %-28s %-22s %6d %6d %6d %6d %7.1fs\n", y.Kata.Spec.Kata, y.Name, y.Class(), y.Trials,
			y.Counts[soak.Right], y.Counts[soak.Inconclusive], y.Bad(), y.Median().Seconds())
		trials, open, bad, wrong = trials+y.Trials, open+y.Counts[soak.Inconclusive], bad+y.Bad(), wrong+y.False()
	}
	for _, y := range tallies {
		for _, odd := range y.Odd {
			a.printf(" %s %s: %s\n", y.Kata.Spec.Kata, y.Name, odd)
		}
	}
	line := fmt.Sprintf("%s, %s: %d false, %d inconclusive (%.1f %%)", soak.Condition(f.load, f.atOnce), counted(trials, "trial"), wrong, open, 100*float64(open)/float64(max(trials, 1)))
	if other := bad - wrong; other > 0 {
		line += fmt.Sprintf(", %d right for another reason or broken", other)
	}
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
		FalsePass    int      `json:"false_pass"`
		FalseFail    int      `json:"false_fail"`
		Broken       int      `json:"broken"`
		MedianMS     int64    `json:"median_ms"`
		Odd          []string `json:"odd,omitempty"`
	}
	out := struct {
		Schema    int    `json:"schema"`
		Repeat    int    `json:"repeat"`
		Load      int    `json:"load"`
		Condition string `json:"condition"`
		Rows      []row  `json:"variants"`
	}{Schema: 1, Repeat: f.repeat, Load: f.load.Busy, Condition: soak.Condition(f.load, f.atOnce)}
	for _, t := range tallies {
		out.Rows = append(out.Rows, row{t.Kata.Spec.Kata, string(t.Name), t.Class(), t.Trials, t.Counts[soak.Right],
			t.Counts[soak.Inconclusive], t.Counts[soak.OtherReason], t.False(), t.Counts[soak.FalsePass], t.Counts[soak.FalseFail],
			t.Counts[soak.Broken], t.Median().Milliseconds(), t.Odd})
	}
	return json.NewEncoder(a.stdout).Encode(out)
}
