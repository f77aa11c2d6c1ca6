package trace

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// Events by hand: a run is a list of them, times in nanoseconds, goroutine 1
// the one that enters the region.

func enter(at int64) event   { return event{kind: regionBegin, at: at, by: 1, who: 1} }
func leave(at int64) event   { return event{kind: regionEnd, at: at, by: 1, who: 1} }
func ends(at, g int64) event { return event{kind: move, at: at, by: g, who: g, to: gone} }

func spawn(at, by, g int64) event {
	return event{kind: create, at: at, by: by, who: g, to: runnable}
}

// inside is a place in the learner's function f.
func inside(line int) *place {
	return &place{at: at(line), fn: "check/solution.f", outer: "check/solution.f"}
}

func starts(at, g int64) event {
	return event{kind: move, at: at, by: nobody, who: g, to: running}
}

func yields(at, g int64) event {
	return event{kind: move, at: at, by: g, who: g, to: runnable}
}

func blocks(at, g int64, reason string, line int) event {
	p := inside(line)
	if reason == "lock" {
		reason = "sync"
	}
	if reason == "join" {
		reason, p.joins = "sync", true
	}
	return event{kind: move, at: at, by: g, who: g, to: waiting, reason: reason, place: p}
}

func wakes(at, by, g int64) event {
	return event{kind: move, at: at, by: by, who: g, to: runnable}
}

func calls(at, g int64) event { return event{kind: move, at: at, by: g, who: g, to: syscall} }

func assists(at, g int64) event  { return event{kind: pause, at: at, by: g, who: g} }
func assisted(at, g int64) event { return event{kind: resume, at: at, by: g, who: g} }

func foldAll(events []event) (evidence.Trace, error) {
	f := newFold("")
	for _, e := range events {
		if err := f.add(e); err != nil {
			return evidence.Trace{}, err
		}
	}
	return f.result()
}

func at(line int) evidence.Position { return evidence.Position{File: "s.go", Line: line} }

func TestFoldGivesWorkSpanAndOverlap(t *testing.T) {
	tests := []struct {
		name   string
		events []event
		want   evidence.Trace
	}{
		{
			name:   "serial code: work is span",
			events: []event{enter(100), leave(200)},
			want:   evidence.Trace{Work: 100, Span: 100, Busy: 100, Wall: 100, Mean: 1, Longest: 1},
		},
		{
			name: "fork-join: the span is one way through the fork",
			events: []event{
				enter(0), spawn(10, 1, 2), spawn(10, 1, 3), blocks(10, 1, "join", 9),
				starts(10, 2), starts(10, 3), ends(110, 2),
				wakes(110, 3, 1), ends(110, 3), starts(110, 1), leave(120),
			},
			want: evidence.Trace{
				Work: 220, Span: 120, Busy: 120, Wall: 120, Overlap: 100.0 / 120, Mean: 220.0 / 120,
				Goroutines: 2, Longest: 100.0 / 220, Lived: 200, WaitShare: 100.0 / 320,
				Blocked: []evidence.Block{{Reason: "sync", At: at(9), Total: 100}},
			},
		},
		{
			name: "fork-join on one CPU: nothing overlaps, the span is the same",
			events: []event{
				enter(0), spawn(10, 1, 2), spawn(10, 1, 3), blocks(10, 1, "join", 9),
				starts(10, 2), ends(110, 2), starts(110, 3), wakes(210, 3, 1), ends(210, 3),
				starts(210, 1), leave(220),
			},
			want: evidence.Trace{
				Work: 220, Span: 120, Busy: 220, Wall: 220, Mean: 1,
				Goroutines: 2, Longest: 100.0 / 220, Lived: 300, WaitShare: 200.0 / 520,
				Blocked: []evidence.Block{{Reason: "sync", At: at(9), Total: 200}},
			},
		},
		{
			name: "a chain of wake-ups is as long as all its links",
			events: []event{
				enter(0), spawn(0, 1, 2), spawn(0, 1, 3), starts(0, 2), starts(0, 3),
				blocks(0, 2, "chan receive", 5), blocks(0, 3, "chan receive", 6),
				wakes(100, 1, 2), blocks(100, 1, "chan receive", 7), starts(100, 2),
				wakes(200, 2, 3), ends(200, 2), starts(200, 3),
				wakes(300, 3, 1), ends(300, 3), starts(300, 1), leave(400),
			},
			want: evidence.Trace{
				Work: 400, Span: 400, Busy: 400, Wall: 400, Mean: 1,
				Goroutines: 2, Longest: 0.5, Lived: 500, WaitShare: 500.0 / 900,
				Blocked: []evidence.Block{
					{Reason: "chan receive", At: at(6), Total: 200},
					{Reason: "chan receive", At: at(7), Total: 200},
					{Reason: "chan receive", At: at(5), Total: 100},
				},
				Queued: []evidence.Block{
					{Reason: "chan receive", At: at(6), Total: 200},
					{Reason: "chan receive", At: at(5), Total: 100},
				},
			},
		},
		{
			name: "a lock handed over makes one goroutine's work follow the other's",
			events: []event{
				enter(0), spawn(0, 1, 2), spawn(0, 1, 3), blocks(0, 1, "join", 9),
				starts(0, 2), starts(0, 3), blocks(10, 3, "lock", 5),
				wakes(100, 2, 3), ends(100, 2), starts(100, 3),
				wakes(190, 3, 1), ends(190, 3), starts(190, 1), leave(190),
			},
			want: evidence.Trace{
				Work: 200, Span: 190, Busy: 190, Wall: 190, Overlap: 10.0 / 190, Mean: 200.0 / 190,
				Goroutines: 2, Longest: 0.5, Lived: 290, WaitShare: 280.0 / 480,
				Blocked: []evidence.Block{
					{Reason: "sync", At: at(9), Total: 190}, {Reason: "sync", At: at(5), Total: 90},
				},
				Queued: []evidence.Block{{Reason: "sync", At: at(5), Total: 90}},
			},
		},
		{
			name: "a pipeline overlaps, its span is the slowest stage and the fill",
			events: []event{
				enter(0), spawn(0, 1, 2), starts(0, 2), blocks(0, 2, "chan receive", 5),
				wakes(50, 1, 2), starts(50, 2), blocks(100, 2, "chan receive", 5),
				wakes(100, 1, 2), starts(100, 2), blocks(100, 1, "chan receive", 7),
				wakes(150, 2, 1), ends(150, 2), starts(150, 1), leave(150),
			},
			want: evidence.Trace{
				Work: 200, Span: 150, Busy: 150, Wall: 150, Overlap: 50.0 / 150, Mean: 200.0 / 150,
				Goroutines: 1, Longest: 0.5, Lived: 150, WaitShare: 100.0 / 300,
				Blocked: []evidence.Block{
					{Reason: "chan receive", At: at(5), Total: 50}, {Reason: "chan receive", At: at(7), Total: 50},
				},
				Queued: []evidence.Block{{Reason: "chan receive", At: at(5), Total: 50}},
			},
		},
		{
			name: "goroutines that outlive the region count up to its end",
			events: []event{
				enter(0), spawn(10, 1, 2), starts(20, 2), leave(50), ends(500, 2),
			},
			want: evidence.Trace{
				Work: 80, Span: 50, Busy: 50, Wall: 50, Overlap: 0.6, Mean: 1.6,
				Goroutines: 1, Longest: 50.0 / 80, Lived: 40,
			},
		},
		{
			name: "goroutines created before the region are not the solution's",
			events: []event{
				spawn(0, 1, 2), starts(0, 2), enter(10), wakes(20, 1, 2), spawn(20, 2, 3),
				starts(20, 3), leave(110),
			},
			want: evidence.Trace{Work: 100, Span: 100, Busy: 100, Wall: 100, Mean: 1, Longest: 1},
		},
		{
			name: "children of children are the solution's",
			events: []event{
				enter(0), spawn(0, 1, 2), starts(0, 2), spawn(50, 2, 3), starts(50, 3), leave(100),
			},
			want: evidence.Trace{
				Work: 250, Span: 100, Busy: 100, Wall: 100, Overlap: 1, Mean: 2.5,
				Goroutines: 2, Longest: 0.4, Lived: 150,
			},
		},
		{
			name: "the runtime's own goroutines are not the solution's",
			events: []event{
				enter(0), {kind: create, at: 0, by: 1, who: 2, to: runnable, start: &start{fn: "runtime.gcBgMarkWorker", system: true}},
				starts(0, 2), leave(100),
			},
			want: evidence.Trace{Work: 100, Span: 100, Busy: 100, Wall: 100, Mean: 1, Longest: 1},
		},
		{
			name: "what a timer starts follows all that ran before",
			events: []event{
				enter(0), blocks(100, 1, "sleep", 4), spawn(150, nobody, 2), starts(150, 2),
				wakes(250, 2, 1), ends(250, 2), starts(250, 1), leave(250),
			},
			want: evidence.Trace{
				Work: 200, Span: 200, Busy: 200, Wall: 250, Mean: 1,
				Goroutines: 1, Longest: 0.5, Lived: 100, WaitShare: 150.0 / 350,
				Blocked: []evidence.Block{{Reason: "sleep", At: at(4), Total: 150}},
			},
		},
		{
			name: "time for the garbage collector is nobody's work",
			events: []event{
				enter(0), assists(10, 1), {kind: pause, at: 15, by: 1, who: 1},
				{kind: resume, at: 18, by: 1, who: 1}, assisted(40, 1),
				blocks(60, 1, "GC mark assist wait for work", 4), wakes(70, nobody, 1), starts(70, 1), leave(100),
			},
			want: evidence.Trace{Work: 60, Span: 60, Busy: 60, Wall: 100, Mean: 1, GC: 30, Longest: 1},
		},
		{
			name: "a goroutine that the collector stops in the middle of an assist goes on assisting",
			events: []event{
				enter(0), assists(10, 1), yields(20, 1), starts(50, 1), assisted(60, 1), leave(100),
			},
			want: evidence.Trace{Work: 50, Span: 50, Busy: 50, Wall: 100, Mean: 1, GC: 20, Longest: 1},
		},
		{
			name: "system calls and waiting for a CPU are not work",
			events: []event{
				enter(0), calls(10, 1), starts(30, 1), yields(40, 1), starts(90, 1), leave(100),
			},
			want: evidence.Trace{Work: 30, Span: 30, Busy: 30, Wall: 100, Mean: 1, Longest: 1},
		},
		{
			name: "a wake-up by the network or a timer is no edge",
			events: []event{
				enter(0), spawn(0, 1, 2), starts(0, 2), blocks(10, 2, "network", 3),
				wakes(80, nobody, 2), starts(80, 2), leave(100),
			},
			want: evidence.Trace{
				Work: 130, Span: 100, Busy: 100, Wall: 100, Overlap: 0.3, Mean: 1.3,
				Goroutines: 1, Longest: 100.0 / 130, Lived: 100, WaitShare: 0.35,
				Blocked: []evidence.Block{{Reason: "network", At: at(3), Total: 70}},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := foldAll(tt.events)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, nearly(), classic()); diff != "" {
				t.Errorf("figures differ (-want +got):\n%s", diff)
			}
		})
	}
}

// classic leaves the other figures to tests of their own: they follow from the
// events, not from the idea of each case.
func classic() cmp.Option {
	apart := []string{".Switches", ".Peak", ".Width", ".Histogram", ".Ready", ".Waits", ".LongestAt", ".Path", ".Handovers", ".Replay", ".Count"}
	return cmp.FilterPath(func(p cmp.Path) bool { return slices.Contains(apart, p.Last().String()) }, cmp.Ignore())
}

// Two goroutines that take turns on one P run one at a time, and both could.
func TestFoldTellsWhoIsReadyFromWhoRuns(t *testing.T) {
	got, err := foldAll([]event{
		enter(0), spawn(10, 1, 2), spawn(20, 1, 3), blocks(30, 1, "join", 9),
		starts(30, 2), yields(50, 2), starts(50, 3), ends(60, 3), starts(60, 2), ends(80, 2),
		wakes(80, nobody, 1), starts(80, 1), leave(100),
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []int64{0, 100}; !slices.Equal(got.Histogram, want) {
		t.Errorf("ran: %d, want %d", got.Histogram, want)
	}
	// Alone until the first is made, then the caller and it, then all three.
	if want := []int64{0, 10 + 20 + 20, 10 + 30, 10}; !slices.Equal(got.Ready, want) {
		t.Errorf("ready: %d, want %d", got.Ready, want)
	}
}

func TestFoldCountsEachStopOfARunningGoroutineOnce(t *testing.T) {
	got, err := foldAll([]event{
		enter(0), spawn(10, 1, 2), blocks(10, 1, "join", 9), // the root blocks: 1
		starts(10, 2), yields(20, 2), // is preempted: 2
		starts(30, 2), wakes(40, 2, 1), // a wake-up of one that waits is none
		ends(50, 2), // ends: 3
		starts(50, 1), leave(60),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got.Switches != 3 {
		t.Errorf("switches: %d, want 3", got.Switches)
	}
}

func nearly() cmp.Option {
	return cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-12 })
}

func TestFoldReportsTheLongestEightWaits(t *testing.T) {
	events := []event{enter(0)}
	now := int64(0)
	for line := 1; line <= 12; line++ {
		events = append(events, blocks(now, 1, "select", line))
		now += int64(line)
		events = append(events, wakes(now, nobody, 1), starts(now, 1))
	}
	got, err := foldAll(append(events, leave(now)))
	if err != nil {
		t.Fatal(err)
	}
	var want []evidence.Block
	for line := 12; line > 12-mostBlocks; line-- {
		want = append(want, evidence.Block{Reason: "select", At: at(line), Total: int64(line), Count: 1})
	}
	if diff := cmp.Diff(want, got.Blocked); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFoldRefusesRunsThatCannotBe(t *testing.T) {
	tests := []struct {
		name   string
		events []event
		want   string
	}{
		{"nothing", nil, "no workload region"},
		{"no region", []event{spawn(0, 1, 2), starts(1, 2)}, "no workload region"},
		{"region not ended", []event{enter(0), spawn(1, 1, 2)}, "did not end"},
		{"two regions", []event{enter(0), leave(1), enter(2)}, "more than one"},
		{"region in a region", []event{enter(0), enter(2)}, "more than one"},
		{"ended elsewhere", []event{enter(0), {kind: regionEnd, at: 1, by: 2}}, "another goroutine"},
		{"time runs backwards", []event{enter(5), leave(4)}, "time jumps"},
		{"time runs off", []event{enter(0), leave(longestRegion + 1)}, "time jumps"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := foldAll(tt.events)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one that says %q", err, tt.want)
			}
		})
	}
}
