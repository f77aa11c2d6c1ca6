package verdict

import (
	"slices"

	"gokata/checker/evidence"
)

// shows is the least speed-up of the control, or utilisation, at which a clock
// can testify at all: 30 % of what p CPUs could add.
func shows(p int) float64 { return 1 + 0.3*float64(p-1) }

// testifies says whether the machine let the control keep its CPUs busy often
// enough for utilisation to mean anything.
func testifies(e evidence.Evidence, q quotients) bool {
	busy := 0
	for _, u := range q.refU {
		if u >= shows(e.Machine.P) {
			busy++
		}
	}
	return busy >= busyRuns
}

// busy says whether a clock shows that the solution itself kept several CPUs
// busy. A clock may speak for a solution merely because it is cheap: then it
// says nothing against a trace that denies.
func busy(e evidence.Evidence, q quotients, cpu, wall Witness) bool {
	limit := e.Spec.Limits.Speedup
	own := wall.Says == Speaks && wall.Figures["share"] >= limit && limit*median(q.refS) >= shows(e.Machine.P)
	return own || cpu.Says == Speaks && testifies(e, q)
}

func wallWitness(e evidence.Evidence, q quotients) Witness {
	att := median(q.refS)
	w := Witness{Name: "wall", Says: Unavailable, Figures: map[string]float64{"speedup": median(q.youS), "attainable": att}}
	ratio := make([]float64, q.full)
	for i := range ratio {
		ratio[i] = q.youS[i] / q.refS[i]
	}
	w.Figures["share"] = median(ratio)
	if att < shows(e.Machine.P) {
		return w
	}
	_, hi := interval(ratio, alpha)
	_, slower := interval(q.wall, alpha)
	limit := e.Spec.Limits.Speedup
	switch {
	// As fast as the control at P, by less work: no speed-up of one's own is owed.
	case slower <= 1.05,
		median(ratio) >= limit && limit*att >= shows(e.Machine.P): // else serial code gets by too
		w.Says = Speaks
	case hi < limit && median(q.wall) > 1: // who is faster than the control owes no speed-up
		w.Says = Denies
	}
	return w
}

func cpuWitness(e evidence.Evidence, q quotients) Witness {
	w := Witness{Name: "cpu", Says: Unavailable, Figures: map[string]float64{
		"utilisation": median(q.youU), "reference": median(q.refU), "inflation": median(q.cost),
	}}
	// Of the control's best, but not of a single lucky run.
	best := slices.Sorted(slices.Values(q.refU))
	theta := busyShare * best[max(0, q.n-busyRuns)]
	l, h := 0, 0
	for i := range q.n {
		if q.youU[i] >= theta {
			l++
		}
		if q.refU[i] >= theta {
			h++
		}
	}
	w.Figures["busy_runs"], w.Figures["busy_runs_reference"] = float64(l), float64(h)
	lo, hi := interval(q.cost, alpha)
	limit := e.Spec.Limits.Inflation
	switch {
	case lo > limit*costZone:
		w.Says = Denies
	case testifies(e, q) && fisher(l, h, q.n) < chance:
		w.Says = Denies
	case hi <= limit && l >= busyRuns && exposed(e, q):
		w.Says = Speaks
	}
	return w
}

// exposed says whether the rounds could have shown contention. Goroutines slow
// each other down only while two CPUs execute them, and beside neighbours the
// system often runs them by turns on one: then the CPU clock sees nothing, but
// for a round now and then. So either some rounds were run side by side, and
// cost no more than the limit, or not one of many did in which the threads were
// held on CPUs of their own, and few of all.
func exposed(e evidence.Evidence, q quotients) bool {
	limit := e.Spec.Limits.Inflation
	if t := q.together(e.Machine.P); len(t) >= busyRuns {
		return median(t) <= limit
	}
	over := func(c float64) bool { return c > limit }
	return q.n >= manyRounds && len(q.spread) >= manySpread && count(q.spread, over) == 0 && float64(count(q.cost, over)) <= seldom*float64(q.n)
}
