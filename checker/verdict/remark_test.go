package verdict

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// sketch is a benchmark as medians, at P=2 unless said otherwise.
type sketch struct {
	p       int     // 0 means 2
	s, u    float64 // speed-up, CPUs busy at p
	att     float64 // speed-up of the control
	u1      float64 // CPUs busy at 1; 0 means 1
	spread  float64 // of wall times, relative; 0 means 0.02
	rounds  int     // 0 means 8
	setup   float64 // over the CPU time of a sample
	outside float64 // over the wall time; 0 means 1
	bytes   float64
	allocs  float64
	trace   *evidence.Trace
}

const (
	sampleNS = 50e6
	benchN   = 100
)

func (k sketch) bench() evidence.Bench {
	def := func(x *float64, to float64) {
		if *x == 0 {
			*x = to
		}
	}
	def(&k.u1, 1)
	def(&k.spread, 0.02)
	def(&k.outside, 1)
	if k.p == 0 {
		k.p = 2
	}
	if k.rounds == 0 {
		k.rounds = 8
	}
	b := evidence.Bench{Name: "BenchmarkX", N: benchN, Procs: []int{1, k.p}, Burden: 5000}
	rng := rand.New(rand.NewPCG(1, 2))
	for range k.rounds {
		jitter := func() float64 { return 1 + k.spread*(rng.Float64()-0.5) }
		sample := func(wall, busy float64) evidence.Sample {
			return evidence.Sample{Wall: int64(wall), CPU: int64(wall * busy), Facts: map[string]float64{
				evidence.Outside: wall * k.outside, evidence.Setup: k.setup * wall * busy,
				evidence.Bytes: k.bytes, evidence.Allocs: k.allocs,
			}}
		}
		one := sampleNS * jitter()
		b.Rounds = append(b.Rounds, evidence.Round{
			You: map[int]evidence.Sample{1: sample(one, k.u1), k.p: sample(one/k.s*jitter(), k.u)},
			Ref: map[int]evidence.Sample{1: {Wall: 10e6, CPU: 10e6}, k.p: {Wall: int64(10e6 / k.att * jitter()), CPU: 10e6}},
		})
	}
	if k.trace != nil {
		t := *k.trace
		t.Procs, t.Role = k.p, evidence.You
		b.Traces = append(b.Traces, evidence.BenchTrace{N: benchN, Trace: t})
	}
	return b
}

// spread of work over two CPUs, as a trace sees it: ms of work, of span, and of
// time in which something ran.
func order(work, span, busy float64) *evidence.Trace {
	t := &evidence.Trace{
		Work: int64(work * 1e6), Span: int64(span * 1e6), Busy: int64(busy * 1e6), Wall: int64(busy * 1e6),
		Mean: work / busy, Overlap: work/busy - 1, Goroutines: 200, Switches: 400, Lived: int64(2 * work * 1e6), Valid: true, Peak: 5,
	}
	t.Path = []evidence.Step{{Func: "main", How: "start", Ran: int64(0.1 * span * 1e6)}, {Func: "x.work", How: "go",
		At: evidence.Position{File: "x.go", Line: 7}, Ran: int64(0.9 * span * 1e6)}}
	t.Handovers = 1
	return t
}

func with(t *evidence.Trace, change func(t *evidence.Trace)) *evidence.Trace {
	change(t)
	return t
}

var twoCPUs = evidence.Machine{CPUs: 2, P: 2}

func TestRemarksSayWhatTheFiguresAllow(t *testing.T) {
	queued := []evidence.Block{{Reason: "sync", At: evidence.Position{File: "x.go", Line: 12}, Total: 70e6}}
	for name, c := range map[string]struct {
		k    sketch
		is   string
		why  string // reason; empty: nothing to explain
		at   string
		says []string // parts of the whole text
	}{
		"parallel":        {sketch{s: 1.9, u: 1.95, att: 1.92, trace: order(50, 2, 26)}, YesParallel, "", "", []string{"1.9", "On 16 CPUs"}},
		"without a trace": {sketch{s: 1.9, u: 1.95, att: 1.92}, YesParallel, "", "", []string{"1.9"}},
		"serial": {sketch{s: 1, u: 1, att: 1.92, trace: with(order(50, 50, 50), func(t *evidence.Trace) { t.Goroutines = 0 })},
			NotParallel, string(Serial), "", []string{"starts no goroutine"}},
		"serial, without a trace": {sketch{s: 1, u: 1, att: 1.92}, NotParallel, "", "", nil},
		"behind a lock": {sketch{s: 0.97, u: 1.03, att: 1.9, trace: with(order(50, 46, 49), func(t *evidence.Trace) {
			t.Queued, t.Waits = queued, map[string]int64{"lock": 70e6}
		})}, NotParallel, string(Serialised), "x.go:12", []string{"lock for 70 %", "x.go:12"}},
		"half serial": {sketch{s: 1.31, u: 1.33, att: 1.9, trace: with(order(50, 26, 37.5), func(t *evidence.Trace) {
			t.Path[0].Ran, t.Path[1].Ran = 25e6, 1e6
		})}, PartlyParallel, SerialPart, "x.go:7", []string{"96 % of the critical path", "about 1.9 x"}},
		"uneven": {sketch{s: 1.1, u: 1.1, att: 1.9, trace: with(order(50, 45, 45), func(t *evidence.Trace) {
			t.LongestAt = &evidence.Position{File: "x.go", Line: 9}
		})}, NotParallel, string(Imbalanced), "x.go:9", []string{"uneven", "started at x.go:9"}},
		"contended": {sketch{s: 0.3, u: 1.98, att: 1.9, trace: with(order(50, 2, 26), func(t *evidence.Trace) { t.Goroutines = 2 })},
			PartlyParallel, string(Contended), "", []string{"gains little", "memory that they share"}},
		"allocates": {sketch{s: 1.2, u: 1.9, att: 1.9, bytes: 2e6, allocs: 30, trace: order(50, 2, 26)},
			PartlyParallel, Allocates, "", []string{"30 allocations, 1.9 MB"}},
		"collects": {sketch{s: 1.2, u: 1.9, att: 1.9, trace: with(order(50, 2, 26), func(t *evidence.Trace) { t.GC = 10e6 })},
			PartlyParallel, Collects, "", []string{"17 %"}},
		"too fine": {sketch{s: 1.2, u: 1.9, att: 1.9, trace: with(order(50, 2, 26), func(t *evidence.Trace) { t.Goroutines = 100_000 })},
			PartlyParallel, string(Overhead), "", []string{"hands over too often"}},
		"parallel, busy machine": {sketch{s: 1.05, u: 0.9, att: 1.05, spread: 0.8, trace: with(order(50, 2, 28), func(t *evidence.Trace) { t.Valid = false })},
			YesParallel, string(NoisyMachine), "", []string{"by the trace", "so busy", "That says little"}},
		"serial, busy machine": {sketch{s: 1.05, u: 0.6, u1: 0.6, att: 1.05, spread: 0.8, trace: with(order(50, 50, 50), func(t *evidence.Trace) { t.Goroutines = 0 })},
			NotParallel, string(Serial), "", nil},
		"without a trace, busy machine": {sketch{s: 1.05, u: 0.9, att: 1.05, spread: 0.8}, Unavailable, string(NoisyMachine), "", []string{"cannot be said"}},
		"two-way split, busy machine": {sketch{s: 1.05, u: 0.9, att: 1.05, spread: 0.8, trace: order(50, 31, 36)},
			PartlyParallel, string(NoisyMachine), "", []string{"At least partly"}},
		"contended, wide spread": {sketch{s: 1.2, u: 1.9, att: 1.9, spread: 1.2, trace: order(50, 2, 26)}, PartlyParallel, string(Contended), "", []string{"gains little by it so far"}},
		"two rounds": {sketch{s: 1.9, u: 1.95, att: 1.92, rounds: 2, trace: order(50, 2, 26)}, YesParallel, "", "",
			[]string{"too few rounds", "An interval takes 8 rounds; there are 2"}},
		"mostly set-up": {sketch{s: 1.9, u: 1.95, att: 1.92, setup: 1, trace: order(50, 40, 45)}, YesParallel, "", "",
			[]string{"50 % was preparation"}},
		"stops its timer": {sketch{s: 1.9, u: 1.95, att: 1.92, outside: 2}, YesParallel, "", "", []string{"stops its timer"}},
		"cgo":             {sketch{s: 1, u: 1.9, u1: 1.9, att: 1.92}, PartlyParallel, "", "", []string{"At GOMAXPROCS=1 it keeps 1.90 CPUs busy"}},
		"above the CPUs":  {sketch{p: 4, s: 1.9, u: 1.95, att: 1.92}, Unavailable, "", "", []string{"GOMAXPROCS=4 is above the 2 CPUs"}},
	} {
		t.Run(name, func(t *testing.T) {
			remarks := Remarks(c.k.bench(), twoCPUs)
			var whole strings.Builder
			is, why, at := "", "", ""
			for _, r := range remarks {
				whole.WriteString(string(r.Topic) + ": " + r.Text + "\n")
				switch r.Topic {
				case IsParallel:
					is = r.Says
				case WhyNot:
					why = r.Says
					at = strings.TrimPrefix(where(" ", r.At), " ")
				}
			}
			if is != c.is || why != c.why || at != c.at {
				t.Errorf("%q because of %q at %q, want %q, %q, %q\n%s", is, why, at, c.is, c.why, c.at, whole.String())
			}
			for _, part := range c.says {
				if !strings.Contains(whole.String(), part) {
					t.Errorf("%q is not said in\n%s", part, whole.String())
				}
			}
			if strings.Contains(whole.String(), "NaN") || strings.Contains(whole.String(), "Inf") || strings.Contains(whole.String(), "%!") {
				t.Error(whole.String())
			}
		})
	}
}

func TestRemarksAreTheSameFromAFile(t *testing.T) {
	b := sketch{s: 1.3, u: 1.4, att: 1.9, trace: order(50, 26, 37.5)}.bench()
	text, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	var again evidence.Bench
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Remarks(b, twoCPUs), Remarks(again, twoCPUs)); diff != "" {
		t.Error(diff)
	}
}

func TestNothingMeasuredIsNothingClaimed(t *testing.T) {
	for name, c := range map[string]struct {
		b evidence.Bench
		m evidence.Machine
	}{
		"empty":    {evidence.Bench{}, evidence.Machine{}},
		"one CPU":  {evidence.Bench{N: 3, Procs: []int{1}}, evidence.Machine{CPUs: 1, P: 1}},
		"no round": {evidence.Bench{N: 3, Procs: []int{1, 2}}, twoCPUs},
		"throttled": {evidence.Bench{N: 3, Procs: []int{1, 2}, Rounds: []evidence.Round{{Discarded: "throttled",
			You: map[int]evidence.Sample{1: {Wall: 9, CPU: 9}, 2: {Wall: 5, CPU: 9}}}}}, twoCPUs},
		"zero times": {evidence.Bench{Procs: []int{1, 2}, Rounds: []evidence.Round{{You: map[int]evidence.Sample{1: {}, 2: {}}, Ref: map[int]evidence.Sample{1: {}, 2: {}}}},
			Traces: []evidence.BenchTrace{{Trace: evidence.Trace{Procs: 2}}}}, twoCPUs},
	} {
		remarks := Remarks(c.b, c.m)
		if len(remarks) == 0 || remarks[0].Topic != IsParallel || remarks[0].Says != Unavailable {
			t.Errorf("%s: %+v", name, remarks)
		}
		if got := BenchPredicted(c.b, c.m); got != nil {
			t.Errorf("%s: predicted %v", name, got)
		}
		Levels(c.b)
	}
	failed := evidence.Bench{Failed: &evidence.BenchFail{}}
	if got := Remarks(failed, twoCPUs); got != nil {
		t.Errorf("a failure: %+v", got)
	}
}

func TestLevelsAreTheIdentity(t *testing.T) {
	b := sketch{s: 1.6, u: 1.9, att: 1.9, bytes: 10, allocs: 2}.bench()
	levels := Levels(b)
	if len(levels) != 2 || levels[0].Speedup != nil || levels[0].Inflation != nil || *levels[1].Bytes != 10 || *levels[1].Allocs != 2 {
		t.Fatalf("%+v", levels)
	}
	// Round for round S = U/(U1 W); the medians keep it up to the spread.
	s, u, u1, w := levels[1].Speedup.Mid, levels[1].Busy.Mid, levels[0].Busy.Mid, levels[1].Inflation.Mid
	if got := u / (u1 * w) / s; got < 0.97 || got > 1.03 {
		t.Errorf("S %.3f, U/(U1 W) %.3f", s, u/(u1*w))
	}
	if r := levels[1].Speedup; r.Low == nil || *r.Low > r.Mid || *r.High < r.Mid {
		t.Errorf("interval %+v", r)
	}
	if few := Levels(sketch{s: 1.6, u: 1.9, att: 1.9, rounds: 7}.bench()); few[1].Speedup.Low != nil {
		t.Errorf("an interval of 99 %% from 7 rounds: %+v", few[1].Speedup)
	}
}
