package trace

import (
	"testing"

	"gokata/checker/evidence"
)

// TestTheTrueSpanLiesBetweenSpanAndBusy: programs whose order is known, but
// leaves events only in part.
func TestTheTrueSpanLiesBetweenSpanAndBusy(t *testing.T) {
	tests := []struct {
		name   string
		events []event
		truth  int64 // the span with every order that the program imposes
	}{
		{
			name: "a send into a buffer with room, then a receive that finds it: nobody blocked",
			events: []event{
				enter(0), spawn(0, 1, 2), blocks(100, 1, "join", 9), // 1 sends at 90
				starts(100, 2), wakes(190, 2, 1), ends(190, 2), starts(190, 1), leave(200), // 2 receives at 110
			},
			truth: 90 + 80 + 10, // up to the send, and after the receive
		},
		{
			name: "a lock that was free each time",
			events: []event{
				enter(0), spawn(0, 1, 2), blocks(0, 1, "join", 9), starts(0, 2), // 2 has it from 0 to 100
				spawn(10, 2, 3), starts(100, 3), // 3 from 100 to 200, without waiting
				ends(110, 2), wakes(200, 3, 1), ends(200, 3), starts(200, 1), leave(200),
			},
			truth: 200,
		},
		{
			name: "turns taken by an atomic, spinning in between",
			events: []event{
				enter(0), spawn(0, 1, 2), starts(0, 2), ends(100, 2), leave(100), // each waits for the other
			},
			truth: 100,
		},
		{
			name: "a WaitGroup that is done when it is waited for",
			events: []event{
				enter(0), spawn(10, 1, 2), starts(10, 2), yields(40, 1), ends(60, 2),
				starts(80, 1), leave(100), // 1 waits at 80
			},
			truth: 10 + 50 + 20,
		},
		{
			name: "one that blocks leaves its edge: the span is the truth",
			events: []event{
				enter(0), spawn(10, 1, 2), blocks(20, 1, "join", 9), starts(30, 2), wakes(80, 2, 1), ends(80, 2),
				starts(80, 1), leave(100),
			},
			truth: 10 + 50 + 20,
		},
		{
			name: "independent work: none is hidden",
			events: []event{
				enter(0), spawn(0, 1, 2), spawn(0, 1, 3), starts(0, 2), starts(0, 3), ends(50, 2), ends(70, 3), leave(100),
			},
			truth: 100,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := fold1(t, tt.events...)
			if got.Span > tt.truth || tt.truth > got.Busy {
				t.Errorf("span %d, truth %d, busy %d", got.Span, tt.truth, got.Busy)
			}
			checkLaws(t, got, 3)
		})
	}
}

// TestAnEdgeOnlyAdds: to wake somebody never makes the span of a run shorter.
func TestAnEdgeOnlyAdds(t *testing.T) {
	program := func(by int64) evidence.Trace {
		return fold1(t, enter(0), spawn(10, 1, 2), spawn(20, 1, 3), blocks(30, 1, "join", 9), starts(30, 2), starts(40, 3),
			blocks(50, 3, "chan receive", 5), wakes(90, by, 3), ends(100, 2), starts(100, 3),
			wakes(140, 3, 1), ends(140, 3), starts(140, 1), leave(150))
	}
	without, with := program(nobody), program(2)
	if without.Span >= with.Span || with.Span > with.Busy || without.Work != with.Work {
		t.Errorf("span %d without the edge, %d with it", without.Span, with.Span)
	}
}
