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

func encodeTrace(t *testing.T, tr Tracing) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := TraceJSON(&b, tr); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTraceJSONIsTheGoldenObject(t *testing.T) {
	for _, name := range []string{"trace-merged", "trace-truncated", "trace-bare"} {
		tr := tracings()[name]
		tr.Timeline.Slices = tr.Timeline.Slices[:min(len(tr.Timeline.Slices), 3)]
		line := encodeTrace(t, tr)
		if n := bytes.Count(line, []byte("\n")); n != 1 || line[len(line)-1] != '\n' {
			t.Errorf("%s: %d line ends, want one at the end", name, n)
		}
		var b bytes.Buffer
		if err := json.Indent(&b, line, "", "  "); err != nil {
			t.Fatal(err)
		}
		golden(t, name+".json", b.String())
	}
}

// traceContract is every field that `trace --json` prints, known or null.
var traceContract = []string{
	"schema", "kata", "machine", "procs", "work_ns", "span_ns", "busy_ns", "wall_ns", "gc_ns", "parallelism", "overlap", "mean",
	"goroutines", "peak", "width", "handovers", "truncated", "histogram_ns", "waits_ns", "blocked", "path", "wide",
	"predicted", "amdahl", "speedup", "speedup_rounds", "attainable", "timeline",
}

func TestTraceJSONHasEveryFieldAndNoFigureThatIsNotKnown(t *testing.T) {
	all := tracings()
	all["trace-empty"] = Tracing{}
	for name, tr := range all {
		var got map[string]json.RawMessage
		if err := json.Unmarshal(encodeTrace(t, tr), &got); err != nil {
			t.Fatal(err)
		}
		if len(got) != len(traceContract) {
			t.Errorf("%s: %d fields, want %d", name, len(got), len(traceContract))
		}
		for _, field := range traceContract {
			value, ok := got[field]
			if !ok {
				t.Errorf("%s: no field %q", name, field)
			}
			known := []string{"schema", "kata", "machine", "truncated"}
			if name == "trace-empty" && string(value) != "null" && !strings.Contains(strings.Join(known, " "), field) {
				t.Errorf("%s: %s is %s, want null", name, field, value)
			}
		}
	}
}

func TestWhatIsNoNumberIsNullInATrace(t *testing.T) {
	tr := merged()
	bad := math.NaN()
	tr.Verdict.Figures.Speedup, tr.Verdict.Figures.Attainable, tr.Evidence.Machine.Load = &bad, &bad, &bad
	tr.Trace.Overlap, tr.Trace.Mean = math.Inf(1), math.Inf(-1)
	tr.Predicted[2] = verdict.Bounds{Low: bad, High: 2}
	line := string(encodeTrace(t, tr))
	for _, want := range []string{`"speedup":null`, `"attainable":null`, `"overlap":null`, `"mean":null`, `"2":{"low":null,"high":2}`} {
		if !strings.Contains(line, want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
}

func TestPredictedBoundsAreInTheReportOfACheck(t *testing.T) {
	r := passed()
	r.Verdict.Figures.Predicted = map[int]verdict.Bounds{2: {Low: 1.8, High: 2}, 16: {Low: 9, High: math.Inf(1)}}
	line := string(encode(t, r))
	if want := `"predicted":{"16":{"low":9,"high":null},"2":{"low":1.8,"high":2}}`; !strings.Contains(line, want) {
		t.Errorf("no %s in %s", want, line)
	}
}

func TestTheOutlookSaysWhatHoldsTheCode(t *testing.T) {
	const worker = "letterfrequency.ConcurrentFrequency.func1"
	path := func(first, middle, last int64) []evidence.Step {
		return []evidence.Step{
			{Func: "main", How: "start", Ran: first}, {Func: worker, How: "go", Ran: middle}, {Func: "main", How: "wakes", Ran: last},
		}
	}
	bounds := verdict.Bounds{Low: 8.6, High: 12.9}
	for _, test := range []struct {
		name   string
		bounds verdict.Bounds
		path   []evidence.Step
		want   string
	}{
		{"no trace", bounds, nil, "On 16 CPUs this code would give 9 to 13 x."},
		{"nothing to name", bounds, path(5, 90, 5), "On 16 CPUs this code would give 9 to 13 x."},
		{"merging", bounds, path(0, 88, 12), "On 16 CPUs this code would give 9 to 13 x; then what runs after the goroutines (12 % of the span) is a part of what holds it."},
		{"reading first", bounds, path(60, 30, 10), "On 16 CPUs this code would give 9 to 13 x; then what runs before the goroutines (60 % of the span) is what holds it."},
		{"all in one", bounds, path(100, 0, 0)[:1], "On 16 CPUs this code would give 9 to 13 x."},
		{"nothing holds it", verdict.Bounds{Low: 14.2, High: 16}, path(0, 50, 50), "On 16 CPUs this code would give 14 to 16 x."},
		{"little", verdict.Bounds{Low: 1.9, High: 2}, path(5, 90, 5), "On 16 CPUs this code would give 1.9 to 2.0 x."},
		{"nonsense", verdict.Bounds{Low: 3, High: 2}, path(5, 90, 5), ""},
	} {
		r := passed()
		r.Verdict.Figures.Predicted = map[int]verdict.Bounds{16: test.bounds}
		r.Evidence.Traces = []evidence.Trace{
			{Role: evidence.Ref, Procs: 2, Work: 100, Span: 1, Valid: true, Path: path(99, 1, 0)},
			{Role: evidence.You, Procs: 2, Work: 100, Span: 50, Valid: true, Path: path(99, 1, 0)},
			{Role: evidence.You, Procs: 2, Work: 100, Span: 9, Valid: true, Path: test.path},
		}
		if got := outlook(r); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		r.Verdict.Outcome = verdict.Inconclusive
		if got := outlook(r); got != "" {
			t.Errorf("%s, not passed: %q", test.name, got)
		}
	}
}
