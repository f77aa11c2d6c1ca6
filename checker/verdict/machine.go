package verdict

import (
	"math"

	"gokata/checker/evidence"
)

// Calibrated reduces rounds in which the control played both roles to the
// figures of the machine. The two runs of a round at one GOMAXPROCS count
// as one, because what disturbs a round disturbs both.
func Calibrated(p int, rounds []evidence.Round) evidence.Calibration {
	c := evidence.Calibration{P: p}
	var speedups, busy, inflation, walls, waiting []float64
	for _, r := range rounds {
		if r.Discarded != "" {
			c.Throttled++
			continue
		}
		one, ok1 := both(r, 1)
		all, ok2 := both(r, p)
		if !ok1 || !ok2 {
			continue
		}
		c.Rounds++
		speedups = append(speedups, ratio(one.Wall, all.Wall))
		busy = append(busy, ratio(all.CPU, all.Wall))
		inflation = append(inflation, ratio(all.CPU, one.CPU))
		walls = append(walls, float64(r.You[p].Wall), float64(r.Ref[p].Wall))
		if all.Wait != nil {
			waiting = append(waiting, ratio(*all.Wait, all.CPU+*all.Wait))
		}
	}
	if c.Rounds == 0 {
		return c
	}
	c.Speedup = estimate(speedups)
	c.Busy, c.Inflation, c.Waiting = middle(busy), middle(inflation), middle(waiting)
	noise := spread(walls)
	c.Noise = &noise
	return c
}

// both adds up the two runs of a round at one GOMAXPROCS.
func both(r evidence.Round, procs int) (sum evidence.Sample, ok bool) {
	a, ok1 := r.You[procs]
	b, ok2 := r.Ref[procs]
	sum = evidence.Sample{Wall: a.Wall + b.Wall, CPU: a.CPU + b.CPU}
	if a.Wait != nil && b.Wait != nil {
		delay := *a.Wait + *b.Wait
		sum.Wait = &delay
	}
	return sum, ok1 && ok2
}

// middle is the median, nil of an empty list and where it is not finite.
func middle(xs []float64) *float64 {
	if len(xs) == 0 {
		return nil
	}
	m := median(xs)
	if math.IsNaN(m) || math.IsInf(m, 0) {
		return nil
	}
	return &m
}

func estimate(xs []float64) *evidence.Estimate {
	e := &evidence.Estimate{Median: median(xs)}
	if lo, hi := interval(xs, alpha); !math.IsInf(lo, 0) {
		e.Low, e.High = &lo, &hi
	}
	return e
}

// Limit is what holds the control's speed-up back on a machine.
type Limit string

const (
	// Unknown: nothing was measured.
	Unknown Limit = "unknown"
	// Quiet: nothing to speak of.
	Quiet Limit = "quiet"
	// Slack: CPUs were idle or with others, in this system or on its host.
	Slack Limit = "slack"
	// SharedCore: the CPUs were busy, and slower side by side than alone: two
	// of them are threads of one core.
	SharedCore Limit = "shared core"
	// Quota: a CPU quota stopped the control in most rounds.
	Quota Limit = "quota"
	// OneCPU: nothing can run in parallel at all.
	OneCPU Limit = "one CPU"
)

// tolerated is the loss, as a factor of the speed-up, that is not spoken of:
// the control starts and joins its goroutines, and loses some 5 % by it.
const tolerated = 1.2

// LimitOf tells SMT apart from slack by the two factors of the loss. S = U(P) /
// (U(1) W), so that P/U(P), which a CPU that is away makes larger, and W, which
// a core that two CPUs share makes larger, account for all of it; a neighbour
// leaves W as it was, a shared core leaves U. The larger factor has the name.
// U(1) is left out: neighbours lower it too, and then S flatters the machine.
// A nil calibration is one that was not made.
func LimitOf(m evidence.Machine, c *evidence.Calibration) Limit {
	switch {
	case m.P < 2:
		return OneCPU
	case c == nil:
		return Unknown
	case c.Throttled > c.Rounds:
		return Quota
	case c.Busy == nil || c.Inflation == nil:
		return Unknown
	}
	away, inflated := float64(m.P)/max(*c.Busy, 0.01), *c.Inflation
	switch {
	case max(away, inflated) < tolerated:
		return Quiet
	case away >= inflated:
		return Slack
	}
	return SharedCore
}
