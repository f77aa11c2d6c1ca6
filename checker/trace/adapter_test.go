package trace

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	exp "golang.org/x/exp/trace"

	"gokata/checker/evidence"
)

// Events of the reader's own kind, made as its documentation says: the adapter
// is tested without a running program.

func made[T exp.EventDetails](t *testing.T, c exp.EventConfig[T]) exp.Event {
	t.Helper()
	e, err := exp.MakeEvent(c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func framesOf(t *testing.T, frames ...exp.StackFrame) exp.Stack {
	t.Helper()
	for i := range frames {
		frames[i].PC += uint64(i + 1)
	}
	return exp.MakeStack(frames)
}

func testPlaces() *places { return newPlaces(SolutionFile) }

// Frames of a goroutine that waits for a lock inside the learner's count, which
// the learner's Frequency calls.
var (
	lockFrame  = exp.StackFrame{Func: "sync.(*Mutex).Lock", File: "sync/mutex.go", Line: 46}
	waitFrame  = exp.StackFrame{Func: "sync.(*WaitGroup).Wait", File: "sync/waitgroup.go", Line: 206}
	countFrame = exp.StackFrame{Func: "check/solution.count", File: "check/solution/count.go", Line: 12}
	frequency  = exp.StackFrame{Func: "check/solution.Frequency", File: "check/solution/frequency.go", Line: 7}
	mainFrame  = exp.StackFrame{Func: "main.main", File: "check/main.go", Line: 3}
)

func TestConvertTakesOverTransitionsOfGoroutines(t *testing.T) {
	stack := func(t *testing.T) exp.Stack { return framesOf(t, lockFrame, countFrame, frequency, mainFrame) }
	here := &place{
		at: evidence.Position{File: "count.go", Line: 12}, fn: "check/solution.count",
		outer: "check/solution.Frequency", first: "main.main",
	}
	first := framesOf(t, exp.StackFrame{PC: 100, Func: "check/solution.Frequency.func1", File: "check/solution/frequency.go", Line: 9})
	tests := []struct {
		name     string
		g        exp.GoID // on whose behalf
		from, to exp.GoState
		reason   string
		starts   exp.Stack
		want     event
	}{
		{name: "create", g: 4, from: exp.GoNotExist, to: exp.GoRunnable, starts: first,
			want: event{kind: create, by: 4, to: runnable, place: here, start: &start{fn: "check/solution.Frequency.func1", own: true}}},
		{name: "create, blocked", g: 4, from: exp.GoNotExist, to: exp.GoWaiting, starts: first,
			want: event{kind: create, by: 4, to: waiting, place: here, start: &start{fn: "check/solution.Frequency.func1", own: true}}},
		{name: "created by a timer", g: exp.NoGoroutine, from: exp.GoNotExist, to: exp.GoRunnable,
			want: event{kind: create, by: nobody, to: runnable, place: here, start: &start{}}},
		{name: "start", g: exp.NoGoroutine, from: exp.GoRunnable, to: exp.GoRunning, want: event{kind: move, by: nobody, to: running}},
		{name: "block", g: 5, from: exp.GoRunning, to: exp.GoWaiting, reason: "sync",
			want: event{kind: move, by: 5, to: waiting, reason: "sync", place: here}},
		{name: "preempt", g: 5, from: exp.GoRunning, to: exp.GoRunnable, reason: "preempted",
			want: event{kind: move, by: 5, to: runnable, reason: "preempted", place: here}},
		{name: "end", g: 5, from: exp.GoRunning, to: exp.GoNotExist, want: event{kind: move, by: 5, to: gone, place: nowhere}},
		{name: "system call", g: 5, from: exp.GoRunning, to: exp.GoSyscall, want: event{kind: move, by: 5, to: syscall, place: here}},
		{name: "back from a system call", g: 5, from: exp.GoSyscall, to: exp.GoRunning, want: event{kind: move, by: 5, to: running}},
		{name: "back, but the P is gone", g: 5, from: exp.GoSyscall, to: exp.GoRunnable, want: event{kind: move, by: 5, to: runnable}},
		{name: "end in a system call", g: 5, from: exp.GoSyscall, to: exp.GoNotExist, want: event{kind: move, by: 5, to: gone}},
		{name: "unblock", g: 4, from: exp.GoWaiting, to: exp.GoRunnable, want: event{kind: move, by: 4, to: runnable, place: here}},
		{name: "there before the trace", g: exp.NoGoroutine, from: exp.GoUndetermined, to: exp.GoWaiting,
			want: event{kind: move, by: nobody, to: waiting, place: nowhere}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			st := exp.MakeGoStateTransition(5, tt.from, tt.to)
			st.Reason, st.Stack = tt.reason, tt.starts
			e := made(t, exp.EventConfig[exp.StateTransition]{
				Kind: exp.EventStateTransition, Time: 77, Goroutine: tt.g, Proc: 3, Stack: stack(t), Details: st,
			})
			tt.want.at, tt.want.who, tt.want.proc = 77, 5, 3
			got, ok := convert(e, testPlaces())
			if !ok {
				t.Fatal("dropped")
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(event{}, place{}, start{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestConvertTakesOverRangesRegionsSamplesAndProcs(t *testing.T) {
	goroutine, proc := exp.MakeResourceID(exp.GoID(5)), exp.MakeResourceID(exp.ProcID(1))
	ranged := func(kind exp.EventKind, name string, scope exp.ResourceID) exp.Event {
		return made(t, exp.EventConfig[exp.Range]{Kind: kind, Time: 77, Goroutine: 5, Proc: 3, Details: exp.Range{Name: name, Scope: scope}})
	}
	region := func(kind exp.EventKind, name string) exp.Event {
		return made(t, exp.EventConfig[exp.Region]{Kind: kind, Time: 77, Goroutine: 5, Proc: 3, Details: exp.Region{Type: name}})
	}
	metric := func(name string, v uint64) exp.Event {
		return made(t, exp.EventConfig[exp.Metric]{Kind: exp.EventMetric, Time: 77, Goroutine: 5, Proc: 3, Details: exp.Metric{Name: name, Value: exp.Uint64Value(v)}})
	}
	drop := event{at: -1}
	tests := []struct {
		name string
		e    exp.Event
		want event
	}{
		{"assist", ranged(exp.EventRangeBegin, "GC mark assist", goroutine), event{kind: pause, who: 5}},
		{"assist ends", ranged(exp.EventRangeEnd, "GC mark assist", goroutine), event{kind: resume, who: 5}},
		{"stop", ranged(exp.EventRangeBegin, "stop-the-world (GC mark termination)", goroutine), event{kind: pause, who: 5}},
		{"stop ends", ranged(exp.EventRangeEnd, "stop-the-world (GC mark termination)", goroutine), event{kind: resume, who: 5}},
		{"a range known already", ranged(exp.EventRangeActive, "GC mark assist", goroutine), drop},
		{"sweep of a P", ranged(exp.EventRangeBegin, "GC incremental sweep", proc), drop},
		{"mark phase", ranged(exp.EventRangeBegin, "GC concurrent mark phase", exp.ResourceID{}), drop},
		{"region", region(exp.EventRegionBegin, Region), event{kind: regionBegin}},
		{"region ends", region(exp.EventRegionEnd, Region), event{kind: regionEnd}},
		{"another region", region(exp.EventRegionBegin, "other"), drop},
		{"GOMAXPROCS", metric("/sched/gomaxprocs:threads", 8), event{kind: procs, who: 8}},
		{"heap", metric("/gc/heap/goal:bytes", 8), drop},
		{"log", made(t, exp.EventConfig[exp.Log]{Kind: exp.EventLog, Details: exp.Log{Message: "x"}}), drop},
		{"task", made(t, exp.EventConfig[exp.Task]{Kind: exp.EventTaskBegin, Details: exp.Task{ID: 1, Type: "x"}}), drop},
		{"label", made(t, exp.EventConfig[exp.Label]{Kind: exp.EventLabel, Details: exp.Label{Label: "x", Resource: goroutine}}), drop},
		{"sync", made(t, exp.EventConfig[exp.Sync]{Kind: exp.EventSync, Details: exp.Sync{N: 1}}), drop},
		{"an event of no kind", exp.Event{}, drop},
		{"P", made(t, exp.EventConfig[exp.StateTransition]{
			Kind: exp.EventStateTransition, Details: exp.MakeProcStateTransition(3, exp.ProcIdle, exp.ProcRunning),
		}), drop},
		{"what is known said again", made(t, exp.EventConfig[exp.StateTransition]{
			Kind: exp.EventStateTransition, Details: exp.MakeGoStateTransition(3, exp.GoWaiting, exp.GoWaiting),
		}), drop},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := convert(tt.e, testPlaces())
			if ok != (tt.want != drop) {
				t.Fatalf("taken over: %v, %+v", ok, got)
			}
			if !ok {
				return
			}
			tt.want.at, tt.want.by, tt.want.proc = 77, 5, 3
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestConvertTakesOverSamples(t *testing.T) {
	e := made(t, exp.EventConfig[exp.StackSample]{
		Kind: exp.EventStackSample, Time: 77, Goroutine: 5, Proc: 3, Stack: framesOf(t, countFrame, frequency),
	})
	got, ok := convert(e, testPlaces())
	if !ok || got.kind != sample || got.by != 5 || got.at != 77 || got.place.at != (evidence.Position{File: "count.go", Line: 12}) {
		t.Errorf("%+v, %v", got, ok)
	}
}

func TestEveryStateIsTakenOver(t *testing.T) {
	for from, want := range map[exp.GoState]state{
		exp.GoUndetermined: runnable, exp.GoNotExist: gone, exp.GoRunnable: runnable, exp.GoRunning: running,
		exp.GoWaiting: waiting, exp.GoSyscall: syscall, exp.GoState(99): runnable,
	} {
		if got := convertState(from); got != want {
			t.Errorf("%v becomes %d, want %d", from, got, want)
		}
	}
}

func TestPlacesFindTheLearnersLine(t *testing.T) {
	sort := exp.StackFrame{Func: "slices.SortFunc[...]", File: "slices/sort.go", Line: 30}
	tests := []struct {
		name  string
		stack []exp.StackFrame
		want  place
	}{
		{"none", nil, place{}},
		{"not the learner's", []exp.StackFrame{lockFrame, mainFrame}, place{first: "main.main"}},
		{"a join", []exp.StackFrame{waitFrame, frequency}, place{
			at: evidence.Position{File: "frequency.go", Line: 7}, fn: frequency.Func, outer: frequency.Func, first: frequency.Func, joins: true}},
		{"a join deep inside a library", []exp.StackFrame{waitFrame, {Func: "errgroup.(*Group).Wait", File: "errgroup.go"}, frequency}, place{
			at: evidence.Position{File: "frequency.go", Line: 7}, fn: frequency.Func, outer: frequency.Func, first: frequency.Func, joins: true}},
		{"inside wg.Go, waiting for a lock", []exp.StackFrame{lockFrame, countFrame, {Func: "sync.(*WaitGroup).Go.func1", File: "sync/waitgroup.go"}}, place{
			at: evidence.Position{File: "count.go", Line: 12}, fn: countFrame.Func, outer: countFrame.Func, first: "sync.(*WaitGroup).Go.func1"}},
		{"in the library", []exp.StackFrame{sort, sort, countFrame, mainFrame}, place{
			at: evidence.Position{File: "count.go", Line: 12}, fn: countFrame.Func, outer: countFrame.Func, first: "main.main"}},
		{"in the library, called back", []exp.StackFrame{sort, countFrame, sort, frequency, mainFrame}, place{
			at: evidence.Position{File: "count.go", Line: 12}, fn: countFrame.Func, outer: frequency.Func, first: "main.main"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, stack := testPlaces(), exp.NoStack
			if tt.stack != nil {
				stack = framesOf(t, tt.stack...)
			}
			got := p.of(stack)
			if *got != tt.want {
				t.Errorf("%+v, want %+v", *got, tt.want)
			}
			if p.of(stack) != got {
				t.Error("the same stack has two places")
			}
		})
	}
}

func TestTheRuntimesOwnGoroutinesAreToldApart(t *testing.T) {
	for fn, system := range map[string]bool{
		"runtime.gcBgMarkWorker": true, "runtime.bgsweep": true, "runtime.corostart": false,
		"runtime/trace.Start.func1": false, "check/solution.count": false, "sync.(*WaitGroup).Go.func1": false,
	} {
		p, stack := testPlaces(), framesOf(t, exp.StackFrame{Func: fn, File: "x.go"})
		got := p.start(stack)
		if got.fn != fn || got.system != system || got.own {
			t.Errorf("%s: %+v, want system %v", fn, got, system)
		}
		if p.start(stack) != got {
			t.Error("the same stack has two starts")
		}
	}
	if got := testPlaces().start(exp.NoStack); got != unknown {
		t.Errorf("no stack: %+v", got)
	}
}
