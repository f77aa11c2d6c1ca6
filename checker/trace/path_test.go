package trace

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// spawnAt creates goroutine g, which runs the learner's worker, at a line.
func spawnAt(at, by, g int64, line int) event {
	e := spawn(at, by, g)
	e.place, e.start = inside(line), &start{fn: "check/solution.worker", own: true}
	return e
}

// wakesAt wakes g at a line of its waker's.
func wakesAt(at, by, g int64, line int) event {
	e := wakes(at, by, g)
	e.place = inside(line)
	return e
}

func TestThePathNamesWhoHandedOverAndWhere(t *testing.T) {
	tests := []struct {
		name      string
		events    []event
		path      []evidence.Step
		handovers int
	}{
		{
			name:   "serial code never hands over",
			events: []event{enter(5), leave(105)},
			path:   []evidence.Step{{Func: "main", How: "start", Ran: 100}},
		},
		{
			name: "fork-join: through the goroutine that is done last",
			events: []event{
				enter(0), spawnAt(10, 1, 2, 3), spawnAt(20, 1, 3, 4), blocks(20, 1, "join", 9),
				starts(20, 2), starts(30, 3), ends(110, 2), wakesAt(150, 3, 1, 6), ends(150, 3), starts(150, 1), leave(160),
			},
			path: []evidence.Step{
				{Func: "main", How: "start", Ran: 20}, {Func: "solution.worker", How: "go", At: at(4), Ran: 120},
				{Func: "main", How: "wakes", At: at(6), Ran: 10},
			},
			handovers: 2,
		},
		{
			name: "a wake-up by one that has done less is no step",
			events: []event{
				enter(0), spawnAt(0, 1, 2, 3), starts(50, 2), blocks(100, 1, "chan receive", 9),
				wakesAt(120, 2, 1, 6), ends(120, 2), starts(120, 1), leave(160),
			},
			path: []evidence.Step{{Func: "main", How: "start", Ran: 140}},
		},
		{
			name: "a run may end in a goroutine that nobody waits for",
			events: []event{
				enter(0), spawnAt(30, 1, 2, 3), starts(30, 2), blocks(40, 1, "chan receive", 9), leave(100),
			},
			path:      []evidence.Step{{Func: "main", How: "start", Ran: 30}, {Func: "solution.worker", How: "go", At: at(3), Ran: 70}},
			handovers: 1,
		},
		{
			name: "what a timer starts follows all that ran before, from no line",
			events: []event{
				enter(0), blocks(100, 1, "sleep", 4), spawn(150, nobody, 2), starts(150, 2), leave(250),
			},
			path:      []evidence.Step{{Func: "main", How: "start", Ran: 100}, {How: "go", Ran: 100}},
			handovers: 1,
		},
		{
			name: "workers in a row at one lock read as one step",
			events: []event{
				enter(0), spawnAt(0, 1, 2, 3), spawnAt(0, 1, 3, 3), spawnAt(0, 1, 4, 3), blocks(0, 1, "join", 9),
				starts(0, 2), starts(0, 3), blocks(0, 3, "lock", 5), starts(0, 4), blocks(0, 4, "lock", 5),
				wakesAt(100, 2, 3, 6), ends(100, 2), starts(100, 3), wakesAt(200, 3, 4, 6), ends(200, 3), starts(200, 4), leave(300),
			},
			path: []evidence.Step{
				{Func: "main", How: "start"}, {Func: "solution.worker", How: "go", At: at(3), Ran: 100},
				{Func: "solution.worker", How: "wakes", At: at(6), Ran: 200},
			},
			handovers: 3,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fold1(t, tt.events...)
			if diff := cmp.Diff(tt.path, got.Path); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.Handovers != tt.handovers {
				t.Errorf("%d hand-overs, want %d", got.Handovers, tt.handovers)
			}
			checkLaws(t, got, 2)
		})
	}
}

func TestTheTimeOfStepsThatAreLeftOutIsKept(t *testing.T) {
	events := []event{enter(0)}
	now := int64(1)
	for g := int64(1); g < 40; g++ { // each creates the next; every third runs long
		events = append(events, spawnAt(now, g, g+1, int(g)), blocks(now, g, "join", 90), starts(now, g+1))
		if now += 10; g%3 == 0 {
			now += 1000
		}
	}
	got := fold1(t, append(events, leave(now))...)
	checkLaws(t, got, 1)
	if len(got.Path) != mostSteps || got.Handovers != 39 {
		t.Fatalf("%d steps, %d hand-overs", len(got.Path), got.Handovers)
	}
	long := 0
	for _, s := range got.Path {
		if s.Ran >= 1010 {
			long++
		}
	}
	if long != 13 {
		t.Errorf("%d of the 13 long steps were kept: %+v", long, got.Path)
	}
}

func TestFunctionsAreNamedAsTheLearnerKnowsThem(t *testing.T) {
	called := &place{at: at(4), fn: "check/solution.Frequency", outer: "check/solution.Frequency"}
	library := &start{fn: "sync.(*WaitGroup).Go.func1"}
	seen := &origin{start: library, place: called, learned: "check/solution.Frequency.func2"}
	for want, o := range map[string]*origin{
		"solution.count":               {start: &start{fn: "check/solution.count", own: true}, place: called, learned: "check/solution.other"},
		"solution.Frequency.func2":     seen,
		"solution.Frequency":           {start: library, place: called},
		"sync.(*WaitGroup).Go.func1":   {start: library, place: nowhere},
		"solution.Map[go.shape/x.int]": {start: &start{fn: "a.b/solution.Map[go.shape/x.int]", own: true}, place: called},
		"":                             {start: unknown, place: nowhere},
	} {
		if got := o.name(); got != want {
			t.Errorf("%+v is called %q, want %q", o, got, want)
		}
	}
}

func TestANameLearnedOfOneGoroutineIsThatOfItsSiblings(t *testing.T) {
	at4, library := inside(4), &start{fn: "sync.(*WaitGroup).Go.func1"}
	start := func(now, g int64) event {
		return event{kind: create, at: now, by: 1, who: g, to: runnable, place: at4, start: library}
	}
	blocked := blocks(20, 2, "lock", 7)
	blocked.place.outer = "check/solution.f.func1"
	got := fold1(t, enter(0), start(10, 2), start(10, 3), blocks(10, 1, "join", 9), starts(10, 2), blocked, starts(20, 3), leave(90))
	if last := got.Path[len(got.Path)-1]; last.Func != "solution.f.func1" || last.Ran != 70 {
		t.Errorf("%+v", got.Path)
	}
}

func TestARunWithTooManyHandoversHasNoPath(t *testing.T) {
	var l links
	for range mostLinks {
		l.add(link{})
	}
	if l.over {
		t.Fatal("cut too early")
	}
	l.add(link{})
	if steps, n := l.path(0, 5); !l.over || steps != nil || n != 0 || cap(l.list) != 0 {
		t.Errorf("over %v, %v, %d, %d links kept", l.over, steps, n, cap(l.list))
	}
	if i := l.add(link{}); i != 0 {
		t.Errorf("a link %d after the end", i)
	}
}

func TestALongChainOfHandoversIsCounted(t *testing.T) {
	events := []event{enter(0), spawnAt(0, 1, 2, 3), starts(0, 2), blocks(0, 2, "chan receive", 5)}
	now, runs, sleeps := int64(0), int64(1), int64(2)
	for range 1000 {
		now += 10
		events = append(events, wakesAt(now, runs, sleeps, int(runs)), blocks(now, runs, "chan receive", 5), starts(now, sleeps))
		runs, sleeps = sleeps, runs
	}
	got := fold1(t, append(events, leave(now))...)
	checkLaws(t, got, 1)
	if got.Handovers != 999 && got.Handovers != 1000 { // the last one has no time to count
		t.Errorf("%d hand-overs", got.Handovers)
	}
	if !slices.ContainsFunc(got.Path, func(s evidence.Step) bool { return s.At == at(2) }) {
		t.Error(fmt.Sprint("no step by line 2 in ", got.Path))
	}
}
