package trace

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

// on says on which P an event happens.
func on(proc int32, e event) event {
	e.proc = proc
	return e
}

func preempted(at, g int64) event {
	e := yields(at, g)
	e.reason = "preempted"
	return e
}

// drawn gives the timeline of events, and what the fold says of them.
func drawn(t *testing.T, rootFunc string, events []event) (evidence.Timeline, evidence.Trace) {
	t.Helper()
	f, line := newFold(rootFunc), newTimeline()
	for _, e := range events {
		if err := f.add(e); err != nil {
			t.Fatal(err)
		}
		line.add(e, f)
	}
	tr, err := f.result()
	if err != nil {
		t.Fatal(err)
	}
	var out evidence.Timeline
	line.finish(f, &out)
	return out, tr
}

func TestTheTimelineSaysWhatRanWhere(t *testing.T) {
	worker := event{kind: create, at: 0, by: nobody, who: 8, to: runnable, start: &start{fn: "runtime.gcBgMarkWorker", system: true}}
	got, _ := drawn(t, "", []event{
		{kind: procs, who: 4, by: nobody}, worker,
		on(3, starts(1, 7)), on(6, starts(2, 1)), // before the run
		on(6, enter(100)), spawnAt(110, 1, 2, 3), preempted(120, 7), on(3, starts(125, 2)),
		assists(130, 1), assisted(140, 1), preempted(150, 2), on(3, starts(150, 8)),
		blocks(170, 8, "system goroutine wait", 0), on(3, starts(180, 2)), calls(190, 2), on(6, leave(200)),
		ends(300, 1),
	})
	want := evidence.Timeline{Procs: 4, Wall: 100, Slices: []evidence.Slice{
		{Proc: 0, From: 0, To: 20, What: "other", Goroutine: 7, Preempted: true},
		{Proc: 1, From: 0, To: 30, What: "yours", Goroutine: 1, Func: "main"},
		{Proc: 0, From: 25, To: 50, What: "yours", Goroutine: 2, Func: "solution.worker", Preempted: true},
		{Proc: 1, From: 30, To: 40, What: "gc", Goroutine: 1, Func: "main"},
		{Proc: 1, From: 40, To: 100, What: "yours", Goroutine: 1, Func: "main"},
		{Proc: 0, From: 50, To: 70, What: "gc", Goroutine: 8, Func: "runtime.gcBgMarkWorker"},
		{Proc: 0, From: 80, To: 90, What: "yours", Goroutine: 2, Func: "solution.worker"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheTimelineKnowsWhoWasThereBeforeTheTrace(t *testing.T) {
	status := event{kind: move, at: 0, by: nobody, who: 9, to: waiting, place: &place{first: "runtime.bgsweep"}}
	later := event{kind: move, at: 30, by: 8, who: 8, to: waiting, reason: "system goroutine wait", place: &place{first: "runtime.gcBgMarkWorker"}}
	got, _ := drawn(t, "", []event{
		status, on(0, enter(0)), on(1, starts(10, 9)), blocks(20, 9, "GC background sweeper wait", 0),
		on(1, starts(20, 8)), later, leave(40),
	})
	for _, s := range got.Slices {
		if s.Proc == 1 && s.What != evidence.GC {
			t.Errorf("%+v is the collector's", s)
		}
	}
	if len(got.Slices) != 3 || got.Procs != 2 {
		t.Errorf("%+v", got)
	}
}

func TestARunOnNoPIsDrawnFromWhereItBegins(t *testing.T) {
	got, _ := drawn(t, "", []event{on(5, enter(0)), on(-1, starts(1, 9)), on(5, leave(10))})
	want := []evidence.Slice{{Proc: 0, From: 0, To: 10, What: "yours", Goroutine: 1, Func: "main"}}
	if diff := cmp.Diff(want, got.Slices); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTheTimelineHoldsTheWork: its slices are the running time of the fold.
func TestTheTimelineHoldsTheWork(t *testing.T) {
	for seed := range uint64(100) {
		const cpus = 3
		line, tr := drawn(t, "", placed(randomRun(rand.New(rand.NewPCG(seed, 4)), cpus), cpus))
		checkTimeline(t, line, tr, true)
	}
}

// placed puts what a random run starts on the first P that is free.
func placed(events []event, cpus int32) []event {
	taken, where := make([]bool, cpus), map[int64]int32{}
	free := func(g int64) {
		if p, ok := where[g]; ok {
			taken[p] = false
			delete(where, g)
		}
	}
	for i := range events {
		switch e := &events[i]; {
		case e.kind == regionBegin:
			taken[0], where[e.by] = true, 0
		case e.kind == move && e.to == running:
			e.proc = int32(slices.Index(taken, false))
			taken[e.proc], where[e.who] = true, e.proc
		case e.kind == move:
			free(e.who)
		}
	}
	return events
}

// checkTimeline checks what holds of every timeline; exact says that none of
// its slices was joined or left out.
func checkTimeline(t testing.TB, line evidence.Timeline, tr evidence.Trace, exact bool) {
	t.Helper()
	ends := map[int]int64{}
	var from, yours int64
	used := 0
	for i, s := range line.Slices {
		switch {
		case s.From >= s.To || s.From < 0 || s.To > line.Wall:
			t.Errorf("slice %d: %+v lies outside of %d ns", i, s, line.Wall)
		case s.From < from:
			t.Errorf("slice %d: %+v begins before the one before", i, s)
		case s.From < ends[s.Proc]:
			t.Errorf("slice %d: %+v overlaps another on its P", i, s)
		case s.Proc > used || s.Proc >= line.Procs:
			t.Errorf("slice %d: P %d of %d is not the next one", i, s.Proc, line.Procs)
		}
		used = max(used, s.Proc+1)
		from, ends[s.Proc] = s.From, s.To
		if s.What == evidence.Yours {
			yours += s.To - s.From
		}
	}
	if exact && yours != tr.Work {
		t.Errorf("the solution's slices last %d ns, its work %d", yours, tr.Work)
	}
	if line.Wall != tr.Wall || len(line.Slices) > mostSlices {
		t.Errorf("wall %d of %d, %d slices", line.Wall, tr.Wall, len(line.Slices))
	}
}

func TestALongTimelineIsThinned(t *testing.T) {
	tests := []struct {
		name   string
		gap    int64 // ns between slices
		others int64 // goroutines that take turns
		slices int   // that are left
	}{
		{"one goroutine with short breaks is one slice", 10, 1, 1},
		{"goroutines in turn are joined where they are near", 10, 2, 6},
		{"what is far apart is left out", 5000, 2, 5},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			events, now := []event{on(0, enter(0)), blocks(0, 1, "join", 9)}, int64(0)
			for g := range tt.others {
				events = append(events, spawn(0, nobody, 2+g))
			}
			for i := range int64(2*mostSlices + 5) {
				g := 2 + i%tt.others
				events = append(events, on(0, starts(now, g)))
				now += 100
				if i%(mostSlices/2) == 0 {
					now += 50 // longer than the rest
				}
				events = append(events, yields(now, g))
				now += tt.gap
			}
			line, tr := drawn(t, "", append(events, leave(now)))
			checkTimeline(t, line, tr, false)
			if got := len(line.Slices); got > tt.slices+10 || got < tt.slices {
				t.Errorf("%d slices, want about %d", got, tt.slices)
			}
		})
	}
}
