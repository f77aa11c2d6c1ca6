package trace

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReplayKeepsEveryOrderSeen(t *testing.T) {
	wide := []segment{{ran: 10, prev: none, edge: none}}
	for range 16 {
		wide = append(wide, segment{ran: 100, prev: none, edge: 0})
	}
	tests := []struct {
		name string
		list []segment
		want map[int]int64
	}{
		{"nothing", nil, map[int]int64{1: 0, 2: 0, 4: 0, 8: 0, 16: 0, 64: 0}},
		{
			"serial code takes as long on any number of CPUs",
			[]segment{{ran: 10, prev: none, edge: none}, {ran: 20, prev: 0, edge: none}},
			map[int]int64{1: 30, 2: 30, 4: 30, 8: 30, 16: 30, 64: 30},
		},
		{
			"sixteen in parallel after ten in a row", wide,
			map[int]int64{1: 1610, 2: 810, 4: 410, 8: 210, 16: 110, 64: 110},
		},
		{
			"a fork and a join",
			[]segment{{10, none, none}, {30, none, 0}, {50, none, 0}, {5, 0, none}, {7, 3, 1}, {9, 4, 2}},
			map[int]int64{1: 111, 2: 69, 4: 69, 8: 69, 16: 69, 64: 69},
		},
		{
			"critical sections of one lock stay one after the other",
			[]segment{{0, none, none}, {10, none, 0}, {1, none, 0}, {10, 2, 1}, {1, none, 0}, {10, 4, 3}},
			map[int]int64{1: 32, 2: 30, 4: 30, 8: 30, 16: 30, 64: 30},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, replay(tt.list)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// randomSegments makes a program of that many segments on some goroutines.
func randomSegments(r *rand.Rand, n int) []segment {
	list := []segment{{ran: r.Int64N(1000), prev: none, edge: none}}
	last := []int32{0} // segment of each goroutine
	for len(list) < n {
		s := segment{ran: r.Int64N(1000), prev: none, edge: int32(r.IntN(len(list)))}
		if r.IntN(8) == 0 {
			s.ran = 0
		}
		if g := r.IntN(len(last) + 1); g == len(last) {
			last = append(last, int32(len(list)))
		} else {
			s.prev = last[g]
			last[g] = int32(len(list))
			if r.IntN(3) == 0 {
				s.edge = none
			}
		}
		list = append(list, s)
	}
	return list
}

// longest is the longest chain of segments.
func longest(list []segment) (span int64) {
	ends := make([]int64, len(list))
	for i, s := range list {
		start := int64(0)
		each(list[i:i+1], func(_ int, before int32) { start = max(start, ends[before]) })
		ends[i] = start + s.ran
		span = max(span, ends[i])
	}
	return span
}

func TestReplayKeepsGrahamsBounds(t *testing.T) {
	for seed := range uint64(300) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2))
			list := randomSegments(r, 1+r.IntN(400))
			span, got := longest(list), replay(list)
			work := got[1]
			for p, ns := range got {
				cpus := int64(p)
				if ns < span || ns*cpus < work || ns*cpus > work+(cpus-1)*span {
					t.Errorf("%d CPUs: %d ns; work %d, span %d", p, ns, work, span)
				}
				if alone, _ := newGraph(list).schedule(p); alone != ns {
					t.Errorf("%d CPUs: %d ns, scheduled alone %d", p, ns, alone)
				}
			}
		})
	}
}

// TestTheSegmentsOfARunHoldItsWorkAndSpan: what is replayed is the run.
func TestTheSegmentsOfARunHoldItsWorkAndSpan(t *testing.T) {
	for seed := range uint64(100) {
		f := newFold("")
		for _, e := range randomRun(rand.New(rand.NewPCG(seed, 3)), 3) {
			if err := f.add(e); err != nil {
				t.Fatal(err)
			}
		}
		tr, err := f.result()
		if err != nil {
			t.Fatal(err)
		}
		if got := longest(f.segments.list); got != tr.Span {
			t.Errorf("seed %d: longest chain of segments %d, span %d", seed, got, tr.Span)
		}
		for i, s := range f.segments.list {
			if int(s.prev) >= i || int(s.edge) >= i {
				t.Errorf("seed %d: segment %d follows a later one: %+v", seed, i, s)
			}
		}
	}
}

func TestReplayOfARun(t *testing.T) {
	events := []event{enter(0)}
	for g := int64(2); g <= 9; g++ {
		events = append(events, spawn(0, 1, g))
	}
	events = append(events, blocks(0, 1, "join", 9))
	for g := int64(2); g <= 9; g++ { // eight pieces of 100 ns, one after the other on one CPU
		now := (g - 2) * 100
		events = append(events, starts(now, g))
		if g == 9 {
			events = append(events, wakes(now+100, g, 1))
		}
		events = append(events, ends(now+100, g))
	}
	got := fold1(t, append(events, starts(800, 1), leave(850))...)
	want := map[int]int64{1: 850, 2: 450, 4: 250, 8: 150, 16: 150, 64: 150}
	if diff := cmp.Diff(want, got.Replay); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWaitingForTimeTakesNoneInAReplay(t *testing.T) {
	got := fold1(t, enter(0), blocks(10, 1, "sleep", 3), wakes(1_000_010, nobody, 1), starts(1_000_010, 1), leave(1_000_020))
	if got.Replay[2] != 20 {
		t.Errorf("%v, want 20 ns of work", got.Replay)
	}
}

func TestARunWithTooManySegmentsIsNotReplayed(t *testing.T) {
	var s segments
	for range mostSegments {
		s.open(none, none)
	}
	if s.over {
		t.Fatal("cut too early")
	}
	s.run(mostSegments-1, 5)
	s.open(0, 1)
	s.run(7, 5)
	if a, b := s.cut(9); !s.over || a != 0 || b != 0 || cap(s.list) != 0 {
		t.Errorf("%v, %d, %d, %d segments kept", s.over, a, b, cap(s.list))
	}
	f := newFold("")
	for _, e := range []event{enter(0), leave(10)} {
		if err := f.add(e); err != nil {
			t.Fatal(err)
		}
		f.segments.over = true
	}
	if tr, err := f.result(); err != nil || tr.Replay != nil {
		t.Errorf("%v, %v", tr.Replay, err)
	}
}

func BenchmarkReplay(b *testing.B) {
	list := randomSegments(rand.New(rand.NewPCG(1, 1)), 50_000)
	b.ReportAllocs()
	for b.Loop() {
		replay(list)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(list)), "ns/segment")
}
