//go:build !race

// Not with -race: the children are links to the test binary, and no limit on
// memory fits the race detector.

package meter

import (
	"slices"
	"testing"
	"time"
)

// The two clocks are read at other moments, each with a few system calls in
// between: a share of a run of some 20 ms.
func TestTheParentsCPUClockAgreesWithTheChilds(t *testing.T) {
	for _, name := range []string{"burn in 1", "burn in 3"} {
		c := begin(t, "burns", 2)
		var ratios []float64
		for range 25 {
			out, err := c.run(t, t.Context(), name, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			if out.Sample.CPU <= 0 || out.Sample.Wall <= 0 {
				t.Fatalf("%s: %+v", name, out.Sample)
			}
			ratios = append(ratios, float64(out.Sample.CPU)/out.Sample.Facts["cpu"])
			slices.Sort(ratios)
			if middle := ratios[len(ratios)/2]; len(ratios) >= 5 && 0.97 < middle && middle < 1.1 {
				break
			}
		}
		if middle := ratios[len(ratios)/2]; middle < 0.97 || middle > 1.1 {
			t.Errorf("%s: the parent reads %.3f times what the child reads (median of %d)", name, middle, len(ratios))
		}
		if least := ratios[0]; least < 0.95 {
			t.Errorf("%s: once the parent read %.3f times what the child read: it may read more, never less", name, least)
		}
	}
}

func TestWorkLeftRunningShowsAfterTheAnswer(t *testing.T) {
	c := begin(t, "late", 2)
	for tries := 0; ; tries++ {
		late, err := c.run(t, t.Context(), "late", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // it comes to an end
		punctual, err := c.run(t, t.Context(), "punctual", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if late.Sample.Late > 5*punctual.Sample.Late {
			return
		}
		if tries == 20 {
			t.Fatalf("after the answer: %+v with work left, %+v without", late, punctual)
		}
	}
}

func TestAClockOfNoProcessIsNoClock(t *testing.T) {
	const nobody = 1<<22 + 1 // above the largest process id
	if ns, ok := cpuTime(nobody); ok {
		t.Errorf("CPU time %d", ns)
	}
	if ns, ok := waitTime(nobody); ok {
		t.Errorf("run-queue delay %d", ns)
	}
	if yes, known := awake(nobody); yes || known {
		t.Errorf("awake %v, known %v", yes, known)
	}
}
