package trace

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// fold1 folds events that make a sound run.
func fold1(t *testing.T, events ...event) evidence.Trace {
	t.Helper()
	tr, err := foldAll(events)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func TestTheHistogramTellsHowManyRanAtOnce(t *testing.T) {
	got := fold1(t,
		enter(0), spawn(10, 1, 2), starts(20, 2), spawn(20, 1, 3), starts(50, 3), // 1 runs, then 2, then 3
		ends(60, 3), calls(70, 2), blocks(80, 1, "chan receive", 5), // then 2, 1, and 0
		wakes(100, nobody, 1), starts(110, 1), leave(115),
	)
	want := []int64{30, 20 + 10 + 5, 30 + 10, 10}
	if diff := cmp.Diff(want, got.Histogram); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheLastEntryOfTheHistogramStandsForMore(t *testing.T) {
	events := []event{enter(0)}
	for g := int64(2); g <= 70; g++ {
		events = append(events, spawn(0, 1, g), starts(0, g))
	}
	got := fold1(t, append(events, leave(100))...)
	if len(got.Histogram) != 65 || got.Histogram[64] != 100 || got.Work != 7000 {
		t.Errorf("70 ran for 100 ns: %v, work %d", got.Histogram, got.Work)
	}
	checkLaws(t, got, 70)
}

func TestTimeForTheCollectorIsNotInTheHistogram(t *testing.T) {
	got := fold1(t, enter(0), assists(10, 1), assisted(40, 1), leave(100))
	if diff := cmp.Diff([]int64{30, 70}, got.Histogram); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPeakAndWidthCountTheCaller(t *testing.T) {
	tests := []struct {
		name        string
		events      []event
		peak, width int
	}{
		{"alone", []event{enter(0), leave(10)}, 1, 1},
		{"created but not run yet", []event{enter(0), spawn(5, 1, 2), spawn(5, 1, 3), leave(10)}, 3, 3},
		{"all but one blocked", []event{
			enter(0), spawn(0, 1, 2), spawn(0, 1, 3), blocks(0, 1, "join", 9), starts(0, 2), blocks(5, 2, "lock", 4),
			starts(5, 3), leave(10),
		}, 3, 2},
		{"one after the other", []event{
			enter(0), spawn(5, 1, 2), blocks(5, 1, "join", 9), starts(5, 2), wakes(7, 2, 1), ends(7, 2),
			starts(7, 1), spawn(8, 1, 3), blocks(8, 1, "join", 9), starts(8, 3), leave(10),
		}, 2, 1},
		{"in a system call", []event{enter(0), spawn(1, 1, 2), calls(1, 1), starts(2, 2), leave(10)}, 2, 1},
		{"woken for no time at all, as coroutines are", []event{
			enter(0), {kind: create, at: 1, by: 1, who: 2, to: waiting}, wakes(2, 1, 2), blocks(2, 1, "", 3), starts(2, 2), leave(10),
		}, 2, 1},
		{"the runtime's own", []event{
			enter(0), {kind: create, at: 0, by: 1, who: 2, to: runnable, start: &start{system: true}}, leave(10),
		}, 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fold1(t, tt.events...)
			if got.Peak != tt.peak || got.Width != tt.width {
				t.Errorf("peak %d, width %d; want %d, %d", got.Peak, got.Width, tt.peak, tt.width)
			}
		})
	}
}

func TestWaitsAreOfAClass(t *testing.T) {
	classes := map[string]string{ // of the runtime's reasons, and of our helpers' "lock" and "join"
		"lock": "lock", "join": "other", "sync": "lock",
		"chan send": "channel", "chan receive": "channel", "select": "select",
		"sleep": "sleep", "network": "network",
		"sync.(*Cond).Wait": "other", "forever": "other", "": "other", "a word of Go 1.99": "other",
		"preempted": "", "GC mark assist wait for work": "", "wait until GC ends": "", "system goroutine wait": "",
	}
	for reason, class := range classes {
		got := fold1(t, enter(0), blocks(10, 1, reason, 5), wakes(40, nobody, 1), starts(45, 1), leave(50))
		var want map[string]int64
		if class != "" {
			want = map[string]int64{class: 30}
		}
		if diff := cmp.Diff(want, got.Waits); diff != "" {
			t.Errorf("%q (-want +got):\n%s", reason, diff)
		}
	}
}

func TestASystemCallIsAWaitButNoBlock(t *testing.T) {
	got := fold1(t, enter(0), calls(10, 1), yields(30, 1), starts(35, 1), calls(40, 1), starts(50, 1), calls(80, 1), leave(100))
	if diff := cmp.Diff(map[string]int64{"syscall": 20 + 10 + 20}, got.Waits); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.WaitShare != 0 || got.Blocked != nil {
		t.Errorf("wait share %g, blocked %v; want none", got.WaitShare, got.Blocked)
	}
}

func TestBlocksAreCounted(t *testing.T) {
	events := []event{enter(0)}
	for now := int64(0); now < 30; now += 10 {
		events = append(events, blocks(now, 1, "chan receive", 5), wakes(now+7, nobody, 1), starts(now+10, 1))
	}
	events = append(events, blocks(30, 1, "chan receive", 5), leave(40)) // it still waits
	got := fold1(t, events...)
	want := []evidence.Block{{Reason: "chan receive", At: at(5), Total: 3*7 + 10, Count: 4}}
	if diff := cmp.Diff(want, got.Blocked); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheBusiestGoroutineIsFoundWhereItWasStarted(t *testing.T) {
	got := fold1(t, enter(0), spawnAt(10, 1, 2, 21), spawnAt(20, 1, 3, 22), blocks(20, 1, "join", 9),
		starts(20, 2), starts(30, 3), ends(40, 2), leave(90))
	if got.LongestAt == nil || *got.LongestAt != at(22) {
		t.Errorf("%v, want line 22", got.LongestAt)
	}
	if got := fold1(t, enter(0), leave(10)); got.LongestAt != nil {
		t.Errorf("the caller was started at %v", got.LongestAt)
	}
}

func TestAGoroutineThatALibraryStartsIsAtTheLineBeforeIt(t *testing.T) {
	library := event{kind: create, at: 20, by: 2, who: 3, to: runnable, place: &place{first: "errgroup.run"}}
	got := fold1(t, enter(0), spawnAt(10, 1, 2, 21), blocks(10, 1, "join", 9), starts(10, 2), library, ends(21, 2),
		starts(21, 3), leave(90))
	if got.LongestAt == nil || *got.LongestAt != at(21) {
		t.Errorf("%v, want line 21", got.LongestAt)
	}
}

func TestHotLinesAreSharesOfTheSolutionsSamples(t *testing.T) {
	sampled := func(at, by int64, p *place) event { return event{kind: sample, at: at, by: by, place: p} }
	runtime := &place{first: "main.main"}
	events := []event{sampled(0, 1, inside(1)), enter(10), sampled(20, 7, inside(2)), sampled(20, 1, runtime)}
	for line := 1; line <= 7; line++ {
		for range line {
			events = append(events, sampled(9, 1, inside(line))) // late, which is no fault
		}
	}
	got := fold1(t, append(events, leave(30), sampled(31, 1, inside(1)))...)
	want := []evidence.Hot{
		{At: at(7), Share: 7. / 29}, {At: at(6), Share: 6. / 29}, {At: at(5), Share: 5. / 29},
		{At: at(4), Share: 4. / 29}, {At: at(3), Share: 3. / 29},
	}
	if diff := cmp.Diff(want, got.Hot, nearly()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
