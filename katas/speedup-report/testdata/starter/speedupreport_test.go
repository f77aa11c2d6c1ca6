package speedupreport

import (
	"math"
	"testing"
	"time"
)

// On this machine nothing disturbs: the sequential program takes 80 ms, and the
// parallel one 100 ms on one CPU, of which 20 ms can not be shared.
func quiet(procs int) time.Duration {
	if procs == 0 {
		return 80 * time.Millisecond
	}
	return 20*time.Millisecond + 80*time.Millisecond/time.Duration(procs)
}

func TestAQuietMachine(t *testing.T) {
	got := Speedup(quiet, []int{1, 2, 4, 8})
	want := []float64{80.0 / 100, 80.0 / 60, 80.0 / 40, 80.0 / 30}
	if len(got.Speedups) != len(want) {
		t.Fatalf("%d speed-ups for %d numbers of CPUs", len(got.Speedups), len(want))
	}
	for i := range want {
		if math.Abs(got.Speedups[i]-want[i]) > 0.01 {
			t.Errorf("Speedups[%d] = %.2f, want %.2f", i, got.Speedups[i], want[i])
		}
	}
	if math.Abs(got.Serial-0.2) > 0.01 {
		t.Errorf("Serial = %.3f, want 0.2: 20 of the 100 ms", got.Serial)
	}
}
