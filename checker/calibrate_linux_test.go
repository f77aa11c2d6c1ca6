package checker

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"gokata/checker/meter"
	"gokata/checker/verdict"
)

func TestACalibrationMeasuresTheReferenceAlone(t *testing.T) {
	slow(t)
	r := tiny("this solution is not Go, and is not looked at")
	stages := map[string]int{}
	r.Progress = func(p Progress) { stages[p.Stage]++ }
	c, err := Calibrate(t.Context(), r)
	nothingLeft(t)
	if err != nil {
		t.Fatal(err)
	}
	m := meter.Look()
	if c.Kata != "tiny" || c.P != m.P {
		t.Errorf("%+v on %+v", c, m)
	}
	if m.P < 2 {
		if c.Rounds != 0 || verdict.LimitOf(m, &c) != verdict.OneCPU {
			t.Errorf("on one CPU: %+v", c)
		}
		return
	}
	if stages[Building] != 1 || stages[Calibrating] != c.Rounds+c.Throttled || c.Rounds > calibrationRounds || c.Rounds+c.Throttled > tries*calibrationRounds {
		t.Errorf("stages %v, %+v", stages, c)
	}
	if c.Rounds < calibrationRounds {
		if c.Throttled == 0 {
			t.Errorf("rounds are missing: %+v", c)
		}
		t.Skipf("a quota stopped %d rounds", c.Throttled)
	}
	// What must hold whatever else the machine does; U is biased down.
	switch {
	case c.Speedup == nil || c.Speedup.Low == nil || *c.Speedup.Low > c.Speedup.Median || c.Speedup.Median > *c.Speedup.High:
		t.Errorf("speed-up %+v", c.Speedup)
	case c.Busy == nil || *c.Busy <= 0 || *c.Busy > 1.1*float64(c.P):
		t.Errorf("CPUs busy %v", c.Busy)
	case c.Inflation == nil || *c.Inflation <= 0 || c.Noise == nil || *c.Noise < 0 || c.Elapsed <= 0:
		t.Errorf("%+v", c)
	case c.Waiting == nil || *c.Waiting < 0 || *c.Waiting > 1 || c.Steal != nil && (*c.Steal < 0 || *c.Steal > 1):
		t.Errorf("waiting %v, steal %v", c.Waiting, c.Steal)
	}
	if _, err := json.Marshal(c); err != nil {
		t.Error(err)
	}
}

func TestACalibrationThatIsCancelledLeavesNothing(t *testing.T) {
	slow(t)
	for _, stage := range []string{Building, Calibrating} {
		ctx, cancel := context.WithCancel(t.Context())
		r := tiny(parallelMix)
		r.Reference = tiny(parallelMix + "\n// not in the cache when cancelled while " + stage + "\n").Solution
		reached := false
		r.Progress = func(p Progress) {
			if p.Stage == stage && !reached {
				reached = true
				time.AfterFunc(10*time.Millisecond, cancel)
			}
		}
		c, err := Calibrate(ctx, r)
		cancel()
		nothingLeft(t)
		switch {
		case meter.Look().P < 2:
			t.Skip("nothing is measured on one CPU")
		case !reached || !errors.Is(err, context.Canceled):
			t.Errorf("%s: reached %v, %v, %+v", stage, reached, err, c)
		}
	}
}

func TestAReferenceThatFailsIsNoCalibration(t *testing.T) {
	slow(t)
	if meter.Look().P < 2 {
		t.Skip("nothing is measured on one CPU")
	}
	for _, name := range []string{"syntax", "undefined", "panics"} {
		r := tiny("")
		r.Reference = tiny(solutions()[name]).Solution
		if c, err := Calibrate(t.Context(), r); err == nil {
			t.Errorf("%s: %+v", name, c)
		}
		nothingLeft(t)
	}
}
