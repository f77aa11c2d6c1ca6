package verdict

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"gokata/checker/evidence"
)

// TestSoakedEvidenceGetsNoFalseVerdict judges again what gokata course test
// --keep has written: a soak's wrong and open verdicts, and a few right ones
// beside busy loops. To add one, copy its file here; its name does not matter.
// Inconclusive is no false verdict, and counted.
func TestSoakedEvidenceGetsNoFalseVerdict(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "soak", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 3 {
		t.Fatalf("%d files in testdata/soak: they are gone", len(files))
	}
	open, mayPass, mustFail := 0, 0, 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var f struct {
				Kata, Variant, Condition string
				Want                     []Reason // empty: any fail
				Got                      string
				Evidence                 evidence.Evidence
			}
			if err := json.Unmarshal(b, &f); err != nil {
				t.Fatal(err)
			}
			if f.Kata == "" || f.Kata != f.Evidence.Spec.Kata || f.Got == "" {
				t.Fatalf("no evidence of a kata: kata %q, evidence of %q, got %q", f.Kata, f.Evidence.Spec.Kata, f.Got)
			}
			passes := slices.Contains(f.Want, OK)
			if passes {
				mayPass++
			} else {
				mustFail++
			}
			v := Judge(f.Evidence)
			switch {
			case v.Outcome == Inconclusive:
				open++
				t.Logf("%s %s, %s: inconclusive, was %s; must get %v\n%s", f.Kata, f.Variant, f.Condition, f.Got, f.Want, v.Explanation)
			case v.Outcome == Pass && !passes,
				v.Outcome == Fail && len(f.Want) > 0 && !slices.Contains(f.Want, v.Reason),
				v.Outcome != Pass && v.Outcome != Fail:
				t.Errorf("%s %s, %s: %s, %s; must get %v\n%s\n%+v", f.Kata, f.Variant, f.Condition, v.Outcome, v.Reason, f.Want, v.Explanation, v.Witnesses)
			}
		})
	}
	t.Logf("%d of %d inconclusive", open, len(files))
	if mayPass == 0 || mustFail == 0 {
		t.Errorf("%d that may pass, %d that must fail: one kind of mistake could not show", mayPass, mustFail)
	}
	if open == len(files) {
		t.Error("all are inconclusive: nothing was judged")
	}
}
