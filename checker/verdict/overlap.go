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

// supposed stands for the wait clock where there is none: what a program wants
// is taken to be that many times what it gets.
const supposed = 4

// polls is the demand from which on a program that only has to wait wanted the
// CPU for nearly all of the time.
const polls = 0.8

// waits is what is known of a kata whose waits must overlap at GOMAXPROCS=1.
type waits struct {
	n       int
	lengths []float64 // T(1) in lengths of one wait, which is the control's T(1)
	cpu     []float64 // C(1), ns
	wanted  []float64 // CPU time and waiting for a CPU, ns: beside neighbours who polls gets less than it wants
	demand  []float64 // wanted over wall time
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
		wanted := supposed * float64(y.CPU)
		if y.Wait != nil {
			wanted = float64(y.CPU + *y.Wait)
		}
		w.wanted = append(w.wanted, wanted)
		w.demand = append(w.demand, wanted/float64(max(y.Wall, 1)))
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

// halfWait is for all that is not a wait.
const halfWait = 0.5

// overlap judges a kata whose waits must overlap. That enough calls were under
// way at once is proved without a clock, by a rendezvous; the wall clock must
// not deny it, and the CPU clock must stand nearly still.
func overlap(e evidence.Evidence) Verdict {
	w := readWaits(e)
	lim := e.Spec.Limits
	v := Verdict{Witnesses: silent()}
	if w.n == 0 {
		return undecidedWaits(e, v, w)
	}
	// Lengths come in whole waits: the limit stands half a wait above its number.
	most := lim.Waits + halfWait
	best := slices.Min(w.lengths)
	short := count(w.lengths, func(x float64) bool { return x <= most })
	frugal := count(w.wanted, func(x float64) bool { return x <= float64(lim.CPU) })
	cpuLo := slices.Min(w.cpu)
	v.Figures.Utilisation = ptr(median(w.cpu) / (median(w.lengths) * w.refWall))

	wall := Witness{Name: "wall", Says: Unavailable, Figures: map[string]float64{"waits": median(w.lengths), "limit": most}}
	switch {
	case short >= enough:
		wall.Says = Speaks
	case best > most && (w.n >= enough || best > 2*most):
		wall.Says = Denies
	}
	cpu := Witness{Name: "cpu", Says: Unavailable, Figures: map[string]float64{"cpu_ns": median(w.cpu), "wanted_ns": median(w.wanted), "limit_ns": float64(lim.CPU)}}
	most1 := 1.2 * float64(lim.CPU)
	asks := len(e.Polls) > 0 && slices.Min(w.demand) > polls && slices.Min(w.wanted) > most1
	switch {
	case frugal >= enough:
		cpu.Says = Speaks
	case w.n >= enough && cpuLo > most1, w.n > enough && asks:
		cpu.Says = Denies
	}
	v.Witnesses = []Witness{wall, cpu, {Name: "trace", Says: Unavailable}}

	flight := fmt.Sprintf("%.0f calls were under way at once (limit: at least %d)", w.peak, lim.InFlight)
	took := fmt.Sprintf("the call took as long as %.1f waits one after the other (limit %.1f)", median(w.lengths), most)
	switch {
	case !w.met && wall.Says == Denies && w.peak <= 1:
		return v.fail(NotOverlapping, fmt.Sprintf("One call waits for the one before: never more than 1 was under way, and %s.", took),
			"Start all calls before you wait for the first.")
	case !w.met && wall.Says == Denies:
		return v.fail(Underused, fmt.Sprintf("Only %s; %s.", flight, took),
			"A goroutine that waits costs a few KB and no CPU: do not ration them here.")
	case cpu.Says == Denies:
		if len(e.Polls) > 0 {
			v.At = &e.Polls[0].Position
		}
		return v.fail(Spinning, fmt.Sprintf("The code wants %v of CPU time while it only has to wait (limit %v): something asks again and again whether it may go on.", ms(max(median(w.cpu), median(w.wanted))), lim.CPU),
			"Block instead: on a channel, or in WaitGroup.Wait.")
	case w.met && wall.Says == Speaks && cpu.Says == Speaks:
		v.Outcome, v.Reason = Pass, OK
		v.Explanation = fmt.Sprintf("At GOMAXPROCS=1 %s; %s, and %v of CPU time (limit %v). That is concurrency without any parallelism.", flight, took, ms(median(w.cpu)), lim.CPU)
		return v
	}
	return undecidedWaits(e, v, w)
}

func undecidedWaits(e evidence.Evidence, v Verdict, w waits) Verdict {
	v.Outcome, v.Reason = Inconclusive, NoisyMachine
	v.More = !e.Spent
	v.Try = "Close what runs beside, and check again. Your attempt is kept."
	v.Explanation = fmt.Sprintf("The answers are right, but the clocks do not settle it after %d rounds.", w.n)
	if w.n > 0 {
		v.Explanation = fmt.Sprintf("The answers are right, and %.0f calls were under way at once, but the clocks do not settle it after %d rounds: %.1f waits long (limit %.1f), %v of CPU time (limit %v).",
			w.peak, w.n, median(w.lengths), e.Spec.Limits.Waits+halfWait, ms(median(w.cpu)), e.Spec.Limits.CPU)
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
