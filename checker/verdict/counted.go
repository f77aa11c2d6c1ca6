package verdict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gokata/checker/evidence"
)

// counted judges a kata that needs no clock: its cases have counted what
// matters, and whatever broke a bound is judged already. Noise has no part in
// it, so it is never inconclusive.
func counted(e evidence.Evidence) Verdict {
	v := Verdict{Outcome: Pass, Reason: OK, Witnesses: silent(), Bounds: tightest(e.Facts)}
	if e.Ran == 0 { // a pass rests on something that was seen
		return v.fail(Internal, "The check ran no case.", "Please report this.")
	}
	v.Explanation = fmt.Sprintf("All %d runs gave the right answer, and no clock has to decide here.", e.Ran)
	if len(v.Bounds) > 0 {
		var kept []string
		for _, b := range v.Bounds[:min(len(v.Bounds), mostBounds)] {
			kept = append(kept, limited(b))
		}
		v.Explanation = fmt.Sprintf("All %d runs gave the right answer, and what was counted keeps its limits, at worst: %s. No clock has a part in this verdict.", e.Ran, strings.Join(kept, "; "))
	}
	return v
}

// mostBounds is how many bounds a sentence names.
const mostBounds = 3

// tightest gives of each figure the bound that was kept with the least to
// spare, in the order in which the figures first occur.
func tightest(facts []evidence.CaseFacts) (all []evidence.Bound) {
	for _, f := range facts {
		for _, b := range f.Bounds {
			i := slices.IndexFunc(all, func(a evidence.Bound) bool { return a.What == b.What && a.Least == b.Least })
			switch {
			case i < 0:
				all = append(all, b)
			case spare(b) < spare(all[i]):
				all[i] = b
			}
		}
	}
	return all
}

// spare is how far a figure is from its limit, relative to the limit.
func spare(b evidence.Bound) float64 {
	d := b.Limit - b.Got
	if b.Least {
		d = -d
	}
	return d / max(1, b.Limit)
}

// limited writes a bound: "12 threads (limit: at most 18)".
func limited(b evidence.Bound) string {
	side := "at most"
	if b.Least {
		side = "at least"
	}
	return fmt.Sprintf("%s %s (limit: %s %s)", number(b.Got), b.What, side, number(b.Limit))
}

// number writes a count in full, and what is none with one decimal.
func number(x float64) string {
	if x == float64(int64(x)) {
		return strconv.FormatInt(int64(x), 10)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// broken explains a run that was right but over or under a bound.
func broken(c evidence.CaseRun, where string) (r Reason, text, try string) {
	b := c.Bound
	if b == nil || !slices.Contains(ofBounds, Reason(b.Reason)) {
		return Internal, fmt.Sprintf("The check counted something %s that it does not know.", where), "Please report this."
	}
	return Reason(b.Reason), fmt.Sprintf("The answer is right %s, but what was counted is not: %s.", where, limited(*b)), b.Try
}

// ofBounds are the reasons that a bound may give.
var ofBounds = []Reason{Serial, Serialised, Imbalanced, Contended, Overhead, Spinning, SlowBaseline, NotOverlapping, Unbounded, Underused, WrongAnswer, Leak}

// crowded says whether a run of the solution had more goroutines than the kata
// allows. Traces count them, so one trace is enough.
func crowded(e evidence.Evidence, v Verdict) (Verdict, bool) {
	lim := e.Spec.Limits
	for _, t := range e.Traces {
		if t.Role != evidence.You || t.Truncated {
			continue
		}
		if most := lim.Goroutines * t.Procs; lim.Goroutines > 0 && t.Peak > most {
			return v.fail(Unbounded, fmt.Sprintf("At GOMAXPROCS=%d, %d goroutines were alive at once (limit %d, which is %d for each P).", t.Procs, t.Peak, most, lim.Goroutines),
				"Below some size, call the function instead of starting a goroutine."), true
		}
		if most := t.Procs + lim.Started; lim.Started > 0 && t.Goroutines > most {
			return v.fail(Unbounded, fmt.Sprintf("At GOMAXPROCS=%d, one run started %d goroutines (limit %d, which is GOMAXPROCS and %d).", t.Procs, t.Goroutines, most, lim.Started),
				"Start the workers once, and let them meet after each step."), true
		}
	}
	return v, false
}
