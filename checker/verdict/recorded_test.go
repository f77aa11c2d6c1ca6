package verdict

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gokata/checker/evidence"
)

// recorded names what real programs must get. Their evidence was recorded by
// testdata/record.sh, on two CPUs, quiet and beside three busy loops.
var recorded = map[string][]Reason{
	"parallel":                {OK},
	"static-split":            {Underused},
	"better-structure":        {OK},
	"better-structure-locked": {Serialised},
	"half-serial":             {Imbalanced, Serial},
	"sequential":              {Serial},
	"allocates-much":          {Serial},
	"awaits-each":             {Serial},
	"lock-while-counting":     {Serialised},
	"semaphore":               {Serialised},
	"goroutine-per-text":      {Imbalanced},
	"channel-per-rune":        {Overhead},
	"counts-twice":            {SlowBaseline},
	"spinner":                 {Spinning},
	"sleeps-at-one":           {Tampered, Serial},
	"burns-at-one":            {Tampered},
}

func TestRecordedEvidenceOfRealProgramsGetsItsVerdict(t *testing.T) {
	for _, condition := range []string{"quiet", "loaded"} {
		for class, want := range recorded {
			t.Run(condition+"/"+class, func(t *testing.T) {
				b, err := os.ReadFile(filepath.Join("testdata", "recorded", condition, class+".json"))
				if err != nil {
					t.Fatal(err)
				}
				var e evidence.Evidence
				if err := json.Unmarshal(b, &e); err != nil {
					t.Fatal(err)
				}
				v := Judge(e)
				for _, r := range want {
					if v.Reason == r && consistent(v) {
						return
					}
				}
				if v.Outcome == Inconclusive && condition == "loaded" {
					t.Logf("inconclusive: %s", v.Explanation)
					return
				}
				t.Errorf("%s, %s; want %v\n%s\n%+v", v.Outcome, v.Reason, want, v.Explanation, v.Witnesses)
			})
		}
		files, err := filepath.Glob(filepath.Join("testdata", "recorded", condition, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if class := strings.TrimSuffix(filepath.Base(f), ".json"); recorded[class] == nil {
				t.Errorf("%s is judged by no test", f)
			}
		}
	}
}
