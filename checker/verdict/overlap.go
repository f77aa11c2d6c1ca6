package verdict

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gokata/checker/evidence"
)

// enough is how many rounds must keep a limit before it counts as kept: noise
// only makes a run longer, so that a few good runs prove the code.
const enough = 3

// waits is what is known of a kata whose waits must overlap at GOMAXPROCS=1.
type waits struct {
	n       int
	lengths []float64 // T(1) in lengths of one wait, which is the control's T(1)
	cpu     []float64 // C(1), ns
	met     bool      // enough calls met, whatever the clock says
	peak    float64   // most calls in flight at one instant
	refWall float64   // ns
}

func readWaits(e evidence.Evidence) waits {
	w := waits{met: true}
	asked := false
	for _, f := range e.Facts {
		if m, ok := f.You["met"]; ok {
			asked = true
			w.met = w.met && m > 0
		}
		w.peak = max(w.peak, f.You["in_flight"])
	}
	w.met = w.met && asked
	var refs []float64
	for _, r := range e.Rounds {
		y, ok1 := r.You[1]
		c, ok2 := r.Ref[1]
		if r.Discarded != "" || !ok1 || !ok2 {
			continue
		}
		w.n++
		refs = append(refs, float64(c.Wall))
		w.cpu = append(w.cpu, float64(y.CPU))
		w.lengths = append(w.lengths, float64(y.Wall))
		w.peak = max(w.peak, y.Facts["in_flight"])
	}
	if w.n == 0 {
		return w
	}
	w.refWall = median(refs)
	for i := range w.lengths {
		w.lengths[i] /= w.refWall
	}
	return w
}

// overlap judges a kata whose waits must overlap. That enough calls were under
// way at once is proved without a clock, by a rendezvous; the wall clock must
// not deny it, and the CPU clock must stand nearly still.
func overlap(e evidence.Evidence) Verdict {
	w := readWaits(e)
	lim := e.Spec.Limits
	v := Verdict{Lesson: lesson(OK), Witnesses: silent()}
	if w.n == 0 {
		return undecidedWaits(e, v, w)
	}
	// Lengths come in whole waits: the limit stands half a wait above its number.
	most := lim.Waits + 0.5
	best := slices.Min(w.lengths)
	short := count(w.lengths, func(x float64) bool { return x <= most })
	frugal := count(w.cpu, func(x float64) bool { return x <= float64(lim.CPU) })
	cpuLo := slices.Min(w.cpu)
	v.Figures.Utilisation = ptr(median(w.cpu) / (median(w.lengths) * w.refWall))

	wall := Witness{Name: "wall", Says: Unavailable, Figures: map[string]float64{"waits": median(w.lengths), "limit": lim.Waits}}
	switch {
	case short >= enough:
		wall.Says = Speaks
	case best > most && (w.n >= enough || best > 2*most):
		wall.Says = Denies
	}
	cpu := Witness{Name: "cpu", Says: Unavailable, Figures: map[string]float64{"cpu_ns": median(w.cpu), "limit_ns": float64(lim.CPU)}}
	switch {
	case frugal >= enough:
		cpu.Says = Speaks
	case w.n >= enough && cpuLo > 1.2*float64(lim.CPU):
		cpu.Says = Denies
	}
	v.Witnesses = []Witness{wall, cpu, {Name: "trace", Says: Unavailable}}

	flight := fmt.Sprintf("%.0f calls were under way at once (limit: at least %d)", w.peak, lim.InFlight)
	took := fmt.Sprintf("the call took as long as %.1f waits one after the other (limit %.0f)", median(w.lengths), lim.Waits)
	switch {
	case !w.met && wall.Says == Denies && w.peak <= 1:
		return v.fail(NotOverlapping, fmt.Sprintf("One call waits for the one before: never more than 1 was under way, and %s.", took),
			"Start all calls before you wait for the first.")
	case !w.met && wall.Says == Denies:
		return v.fail(Underused, fmt.Sprintf("Only %s; %s.", flight, took),
			"A goroutine that waits costs a few KB and no CPU: do not ration them here.")
	case cpu.Says == Denies:
		return v.fail(Spinning, fmt.Sprintf("The code spends %v of CPU time while it only has to wait (limit %v): something asks again and again whether it may go on.", ms(median(w.cpu)), lim.CPU),
			"Block instead: on a channel, or in WaitGroup.Wait.")
	case w.met && wall.Says == Speaks && cpu.Says == Speaks:
		v.Outcome, v.Reason = Pass, OK
		v.Explanation = fmt.Sprintf("At GOMAXPROCS=1 %s; %s, and %v of CPU time (limit %v). That is concurrency without any parallelism.", flight, took, ms(median(w.cpu)), lim.CPU)
		return v
	}
	return undecidedWaits(e, v, w)
}

func undecidedWaits(e evidence.Evidence, v Verdict, w waits) Verdict {
	v.Outcome, v.Reason, v.Lesson = Inconclusive, NoisyMachine, lesson(NoisyMachine)
	v.More = !e.Spent
	v.Try = "Close what runs beside, and check again. Your attempt is kept."
	v.Explanation = fmt.Sprintf("The answers are right, but the clocks do not settle it after %d rounds.", w.n)
	if w.n > 0 {
		v.Explanation = fmt.Sprintf("The answers are right, and %.0f calls were under way at once, but the clocks do not settle it after %d rounds: %.1f waits long (limit %.0f), %v of CPU time (limit %v).",
			w.peak, w.n, median(w.lengths), e.Spec.Limits.Waits, ms(median(w.cpu)), e.Spec.Limits.CPU)
	}
	return v
}

func count(xs []float64, ok func(float64) bool) (n int) {
	for _, x := range xs {
		if ok(x) {
			n++
		}
	}
	return n
}

func ms(ns float64) time.Duration {
	return time.Duration(math.Round(ns/1e5)) * 100 * time.Microsecond
}

func ptr(x float64) *float64 { return &x }
