package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// measuredRounds are rounds of 100 iterations at 1 and 2: speed-up s, u CPUs busy.
func measuredRounds(n int, s, u float64) []evidence.Round {
	var rounds []evidence.Round
	for i := range n {
		wobble := 1 + 0.002*float64(i%5)
		sample := func(wall, busy float64) evidence.Sample {
			return evidence.Sample{Wall: int64(wall), CPU: int64(wall * busy), Facts: map[string]float64{
				evidence.Outside: wall, evidence.Setup: 1e6, evidence.Bytes: 9744, evidence.Allocs: 130}}
		}
		rounds = append(rounds, evidence.Round{
			You: map[int]evidence.Sample{1: sample(60e6*wobble, 1), 2: sample(60e6/s, u)},
			Ref: map[int]evidence.Sample{1: {Wall: 10e6, CPU: 10e6}, 2: {Wall: 5.2e6, CPU: 10.1e6}},
		})
	}
	return rounds
}

func traceOf(work, span, busy float64, goroutines int) evidence.BenchTrace {
	return evidence.BenchTrace{N: 100, Trace: evidence.Trace{Role: evidence.You, Procs: 2, Work: int64(work), Span: int64(span), Busy: int64(busy),
		Wall: int64(busy), Mean: work / busy, Overlap: work/busy - 1, Goroutines: goroutines, Switches: goroutines, Lived: int64(2 * work), Peak: 9, Valid: true}}
}

// measurement has a benchmark of each sort, with names that are hard to show.
func measurement() Measurement {
	locked := traceOf(60e6, 57e6, 59e6, 64)
	locked.Waits = map[string]int64{"lock": 90e6}
	locked.Queued = []evidence.Block{{Reason: "sync", At: evidence.Position{File: "count/count.go", Line: 39}, Total: 90e6}}
	return Measurement{
		Package: "example.com/count",
		Labels:  map[string]string{"goos": "linux", "goarch": "amd64", "pkg": "example.com/count", "cpu": "Some CPU @ 2.00GHz"},
		Machine: machine, Elapsed: 12300 * time.Millisecond, Skipped: []string{"BenchmarkLater"},
		Benches: []evidence.Bench{
			{Name: "BenchmarkForkJoin", N: 100, Procs: []int{1, 2, 4}, Rounds: measuredRounds(8, 1.88, 1.95),
				Traces: []evidence.BenchTrace{traceOf(60e6, 2e6, 31e6, 64)}},
			{Name: "BenchmarkLocked", N: 100, Procs: []int{1, 2}, Rounds: measuredRounds(8, 0.97, 1.04), Traces: []evidence.BenchTrace{locked}},
			{Name: "BenchmarkSub/size=1e3/x_y_with_a_name_that_is_longer_than_any_screen_is_wide_and_goes_on_and_on_until_it_has_to_be_wrapped", N: 100,
				Procs: []int{1, 2}, Rounds: measuredRounds(3, 1.1, 1.2)},
			{Name: "BenchmarkNothing", N: 3, Procs: []int{1, 2}},
			{Name: "BenchmarkPanics/\x1b[31m", Failed: &evidence.BenchFail{Procs: 2, Output: "panic: \x1b]0;boom\x07\n\ngoroutine 6 [running]:\n\tcount_test.go:25 +0x25\n" + strings.Repeat("more\n", 30)}},
		},
	}
}

func measuredText(t testing.TB, m Measurement, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := MeasurementText(&b, m, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAMeasurementIsTheGoldenScreen(t *testing.T) {
	m := measurement()
	golden(t, "measure.40.txt", measuredText(t, m, Options{Width: 40}))
	golden(t, "measure.80.txt", measuredText(t, m, Options{Width: 80}))
	golden(t, "measure.120.txt", measuredText(t, m, Options{Width: 120}))
	golden(t, "measure.plain.txt", measuredText(t, m, Options{Width: 80, Plain: true}))
	var b bytes.Buffer
	if err := MeasurementBench(&b, m); err != nil {
		t.Fatal(err)
	}
	golden(t, "measure.bench.txt", b.String())
	b.Reset()
	if err := MeasurementJSON(&b, m); err != nil {
		t.Fatal(err)
	}
	golden(t, "measure.json", b.String())
}

func TestAMeasurementKeepsToItsScreen(t *testing.T) {
	for width := narrowest; width <= widest; width++ {
		for _, plain := range []bool{false, true} {
			screen := measuredText(t, measurement(), Options{Width: width, Plain: plain})
			checkWidth(t, "measure", screen, width)
			for i := range len(screen) {
				if c := screen[i]; c < ' ' && c != '\n' || plain && c >= utf8.RuneSelf {
					t.Fatalf("width %d: byte %#x", width, c)
				}
			}
		}
	}
	with := measuredText(t, measurement(), Options{Width: 80, Color: true})
	if diff := cmp.Diff(measuredText(t, measurement(), Options{Width: 80}), unstyled(with)); diff != "" {
		t.Errorf("colour changes the text:\n%s", diff)
	}
}

func TestAMeasurementInJSONHasNullForWhatIsAbsent(t *testing.T) {
	var b bytes.Buffer
	if err := MeasurementJSON(&b, measurement()); err != nil {
		t.Fatal(err)
	}
	if strings.Count(b.String(), "\n") != 1 {
		t.Error("more than one line")
	}
	var d struct {
		Schema     int
		Benchmarks []struct {
			Name      string
			Parallel  *string
			Levels    []map[string]any
			Samples   map[string]map[string][]float64
			Predicted map[string]any
			Failed    *evidence.BenchFail
		}
	}
	if err := json.Unmarshal(b.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Schema != 1 || len(d.Benchmarks) != 5 {
		t.Fatalf("%+v", d)
	}
	fork, empty, failed := d.Benchmarks[0], d.Benchmarks[3], d.Benchmarks[4]
	if *fork.Parallel != "parallel" || len(fork.Samples["2"]["wall_ns"]) != 8 || fork.Levels[0]["speedup"] != nil || fork.Levels[1]["speedup"] == nil {
		t.Errorf("%+v", fork)
	}
	if *empty.Parallel != "unavailable" || empty.Predicted != nil || empty.Levels[1]["wall_ns_per_op"] != nil {
		t.Errorf("%+v", empty)
	}
	if failed.Parallel != nil || failed.Failed == nil {
		t.Errorf("%+v", failed)
	}
}

func TestAMeasurementKnowsWhetherItFailedOrIsEmpty(t *testing.T) {
	m := measurement()
	if !m.Failed() || m.Empty() {
		t.Errorf("failed %v, empty %v", m.Failed(), m.Empty())
	}
	m.Benches = m.Benches[3:4]
	if m.Failed() || !m.Empty() {
		t.Errorf("nothing measured: failed %v, empty %v", m.Failed(), m.Empty())
	}
}

func TestWhatAnotherProgramSaidHoldsNoCommands(t *testing.T) {
	var b bytes.Buffer
	if err := Said(&b, "a.go:3:1: \x1b[2Jno\n\tand\r\n", Options{}); err != nil {
		t.Fatal(err)
	}
	if want := "a.go:3:1: \\x1b[2Jno\n        and\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
	if err := Said(failingWriter{}, "x", Options{}); err == nil {
		t.Error("a full disk is no error")
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("full") }
