package meter

import "testing"

func TestStealIsTheEighthFigureOfProcStat(t *testing.T) {
	for _, w := range []struct {
		stat string
		want Steal
		ok   bool
	}{
		{"cpu  100 1 20 300 4 0 6 50 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n", Steal{50, 481}, true},
		{"cpu  100 1 20 300 4 0 6 50 70 1\n", Steal{50, 481}, true}, // guest time is user time already
		{"cpu  1 2 3 4 5 6 7 8\n", Steal{8, 36}, true},
		{"cpu  1 2 3 4 5 6 7\n", Steal{}, false}, // before Linux 2.6.11
		{"cpu0 1 2 3 4 5 6 7 8\n", Steal{}, false},
		{"cpu  1 2 3 4 5 6 7 x\n", Steal{}, false},
		{"", Steal{}, false},
	} {
		if got, ok := stealOf(w.stat); got != w.want || ok != w.ok {
			t.Errorf("%q: %+v, %v; want %+v, %v", w.stat, got, ok, w.want, w.ok)
		}
	}
	if s, ok := Stolen(); !ok || s.Total <= 0 || s.Stolen > s.Total {
		t.Errorf("here: %+v, %v", s, ok)
	}
}

func TestAShareOfStealNeedsTimeToPass(t *testing.T) {
	then := Steal{Stolen: 10, Total: 1000}
	for _, w := range []struct {
		now  Steal
		want float64 // -1: not known
	}{
		{Steal{10, 1000}, -1},
		{Steal{11, 1010}, -1},
		{Steal{10, 1100}, 0},
		{Steal{35, 1100}, 0.25},
		{Steal{9, 1100}, 0}, // the kernel has been seen to correct it downwards
	} {
		got := w.now.Share(then)
		if (got == nil) != (w.want < 0) || got != nil && *got != w.want {
			t.Errorf("%+v: %v, want %v", w.now, show(got), w.want)
		}
	}
}

func BenchmarkStolen(b *testing.B) {
	for b.Loop() {
		if _, ok := Stolen(); !ok {
			b.Fatal("no steal")
		}
	}
}
