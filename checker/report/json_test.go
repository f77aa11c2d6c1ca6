package report

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

func encode(t *testing.T, r Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJSONIsTheGoldenObject(t *testing.T) {
	all := reports()
	for _, name := range []string{"pass", "serialised", "build", "noisy", "overlap-fail", "counted-pass", "counted-fail"} {
		t.Run(name, func(t *testing.T) {
			r := all[name]
			r.Evidence.Rounds = r.Evidence.Rounds[:min(len(r.Evidence.Rounds), 2)]
			line := encode(t, r)
			if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
				t.Errorf("%d line ends, want one at the end", n)
			}
			// Broken into lines for the reader of the golden file only.
			var b bytes.Buffer
			if err := json.Indent(&b, line, "", "  "); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".json", b.String())
		})
	}
}

// contract is every field that `check --json` promises.
var contract = []string{
	"schema", "kata", "verdict", "reason", "explanation", "witnesses", "machine", "samples", "speedup", "attainable",
	"utilisation", "inflation", "overlap", "work_ns", "span_ns", "parallelism", "predicted", "noise", "elapsed_ms",
}

func TestJSONHasEveryFieldOfTheContract(t *testing.T) {
	for name, r := range reports() {
		var got map[string]json.RawMessage
		if err := json.Unmarshal(encode(t, r), &got); err != nil {
			t.Fatal(err)
		}
		for _, field := range contract {
			if _, ok := got[field]; !ok {
				t.Errorf("%s: no field %q", name, field)
			}
		}
		var heard []verdict.Witness
		if err := json.Unmarshal(got["witnesses"], &heard); err != nil {
			t.Fatal(err)
		}
		if len(heard) != 3 || heard[0].Name != "wall" || heard[1].Name != "cpu" || heard[2].Name != "trace" {
			t.Errorf("%s: witnesses %s, want wall, cpu, trace", name, got["witnesses"])
		}
	}
}

func TestWhatIsNoNumberIsNull(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		r := measured(verdict.Fail, verdict.Serial)
		r.Evidence.Machine.Load, r.Evidence.Machine.Quota = &bad, &bad
		f := &r.Verdict.Figures
		for _, figure := range []**float64{
			&f.Speedup, &f.Attainable, &f.Utilisation, &f.RefBusy, &f.Inflation, &f.Overlap, &f.Parallelism, &f.Noise,
		} {
			*figure = &bad
		}
		r.Verdict.Witnesses = []verdict.Witness{{Name: "cpu", Says: "serial", Figures: map[string]float64{"demand": bad}}}
		line := string(encode(t, r))
		for _, want := range []string{`"speedup":null`, `"noise":null`, `"figures":{"demand":null}`, `"parallelism":null`} {
			if !strings.Contains(line, want) {
				t.Errorf("%v: no %s in %s", bad, want, line)
			}
		}
		text(t, r, Options{})
	}
}

func TestAWaitClockThatIsMissingIsNull(t *testing.T) {
	r := measured(verdict.Fail, verdict.Serial)
	r.Evidence.Rounds = []evidence.Round{{You: map[int]evidence.Sample{1: {Wall: 5, CPU: 4}}}}
	want := `"samples":{"ref":{},"you":{"1":{"wall_ns":[5],"cpu_ns":[4],"wait_ns":null}}}`
	if line := string(encode(t, r)); !strings.Contains(line, want) {
		t.Errorf("no %s in %s", want, line)
	}
}

func TestJSONOfAnEmptyReportIsWhole(t *testing.T) {
	line := string(encode(t, Report{}))
	for _, want := range []string{
		`"schema":1`, `"predicted":null`, `"work_ns":null`, `"samples":{"ref":{},"you":{}}`, `"findings":[]`, `"at":null`,
	} {
		if !strings.Contains(line, want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
}
