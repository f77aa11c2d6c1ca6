package verdict

import (
	"slices"

	"gokata/checker/evidence"
)

// Bounds hold a predicted speed-up T(1)/T(p).
type Bounds struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Predicted are the numbers of CPUs that are predicted for.
var Predicted = []int{2, 4, 8, 16, 64}

// spanFactor is Cilkscale's: on p CPUs a work-stealing scheduler needs at most
// about T1/p + 1.7 (1-1/p) span, the span burdened with what handing over costs.
const spanFactor = 1.7

// leastInflation is how much less CPU time a run may seem to take at P than at
// 1 by noise alone: what more CPUs cannot truly save.
const leastInflation = 0.95

// Predict gives bounds of the speed-up on as many CPUs as Predicted lists, were
// they all free; nil where no trace could be read or nothing was measured.
//
// The order of the work comes from the traces, what it costs from the CPU clock.
// The upper bound replays the pieces of work that a trace saw, at no cost but
// their own, and divides by the inflation that was measured at P. The lower one
// is Cilkscale's, burdened, divided by the inflation as it would be if it went on
// growing with each further CPU. Where p is above the CPUs of this machine, the
// lower bound comes from the less and the upper one from the more parallel of
// two readings: the traces at P, and those at a GOMAXPROCS above it, in which
// code that cuts its work by GOMAXPROCS shows what it would do, though time
// slices blur the figures: what they say of it bounds it from below only.
func Predict(e evidence.Evidence) map[int]Bounds {
	q := read(e)
	here, wide := bestAt(e, false), bestAt(e, true)
	if q.full == 0 || here == nil {
		return nil
	}
	all := map[int]Bounds{}
	for _, p := range Predicted {
		b := orderBounds(here, p, e.Burden)
		if wide != nil && p > e.Machine.P {
			w := orderBounds(wide, p, e.Burden)
			if wide.Goroutines-here.Goroutines >= (wide.Procs-here.Procs)/2 {
				w.High = float64(p) // the time slices may have left some of its workers without work
			}
			b = Bounds{Low: min(b.Low, w.Low), High: max(b.High, w.High)}
		}
		lo, hi := inflation(q, e.Machine.P, p)
		b = Bounds{Low: b.Low / hi, High: b.High / lo}
		if p > e.Machine.P {
			b.High = min(b.High, float64(p))
		}
		all[p] = b
	}
	return all
}

// bestAt is the learner's trace to predict from: at P the best valid one, as
// everywhere; above P the one with the highest work/span.
func bestAt(e evidence.Evidence, wide bool) *evidence.Trace {
	if wide {
		return Widest(e)
	}
	t := pick(e).you.Trace
	if t == nil || t.Span <= 0 || t.Work <= 0 {
		return nil
	}
	return t
}

// orderBounds are bounds of T(1)/T(p) by the order of the work alone.
func orderBounds(t *evidence.Trace, p int, burden int64) Bounds {
	work, span, n := float64(t.Work), float64(t.Span), float64(p)
	makespan := max(work/n, span)
	if replay, ok := t.Replay[p]; ok {
		makespan = max(makespan, float64(replay))
	}
	burdened := span + float64(burden)*float64(t.Handovers)
	return Bounds{
		Low:  work / (work/n + spanFactor*(1-1/n)*burdened),
		High: work / makespan,
	}
}

// inflation gives bounds of C(p)/C(1). At the P of this machine it was measured.
// Beyond, what this machine does to every program (the control's inflation)
// stays as it is; what the program is proven to do to itself may stay, or grow
// in proportion to the further CPUs.
func inflation(q quotients, measured, p int) (lo, hi float64) {
	lo, hi = bounded(q.own)
	if hi >= 1 { // no proof that more CPUs make the work itself less
		lo = max(lo, min(leastInflation, median(q.own)))
	}
	if p <= measured {
		return lo, hi
	}
	proven, _ := bounded(q.growth)
	return lo, hi * max(1, 1+(proven-1)*float64(p-1)/float64(measured-1)) / max(1, proven)
}

// bounded is the interval of a median, or, with too few values for one, their
// range.
func bounded(xs []float64) (lo, hi float64) {
	if len(xs) < Quorum {
		return slices.Min(xs), slices.Max(xs)
	}
	return interval(xs, alpha)
}

// Prediction is what was predicted for the P of this machine, beside what was
// measured there.
type Prediction struct {
	Bounds
	Measured float64 `json:"measured"` // speed-up, the median of the rounds
}

// Held says whether the measured speed-up lies within the bounds.
func (p Prediction) Held() bool { return p.Low <= p.Measured && p.Measured <= p.High }

// Foretold gives the prediction for the P of the machine of e; nil where
// nothing was predicted for it, or nothing measured.
func Foretold(e evidence.Evidence) *Prediction {
	q := read(e)
	b, ok := Predict(e)[e.Machine.P]
	if !ok || q.full == 0 {
		return nil
	}
	return &Prediction{Bounds: b, Measured: median(q.youS)}
}
