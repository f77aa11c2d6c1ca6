package verdict

import (
	"fmt"
	"math"
	"slices"

	"gokata/checker/evidence"
)

// Bounds of the decision. Each stands between two classes of programs that
// were measured apart; see the tables that the tests replay.
const (
	// alpha is the error that one interval may have: two-sided, on a median.
	alpha = 0.01
	// chance is the p-value below which the CPU witness denies: it never
	// decides alone.
	chance = 1e-3
	// busyShare is the share of the control's best utilisation that a run
	// must reach to count as busy.
	busyShare = 0.8
	// busyRuns is how many such runs prove that the CPUs were kept busy:
	// noise only lowers utilisation.
	busyRuns = 3
	// sideBySide is the share of the further CPUs that a run must have kept
	// busy to show what running side by side costs; manyRounds is how many
	// rounds make up for the lack of such runs.
	sideBySide = 0.15
	manySide   = 6 // such runs, all too costly, prove it
	manyRounds = 40
	// manyTraces is how many traces deny parallelism even where the machine is
	// too busy for the CPU clock to join them.
	manyTraces = 6
	// plainRounds rounds in each of which the cost is over plainCost times its
	// limit need no interval: no noise doubles one program's CPU time and not
	// the control's, round after round.
	plainRounds = 4
	plainCost   = 2
	// costZone widens the cost limit before it fails anybody.
	costZone = 1.1
)

// shows is the least speed-up of the control, or utilisation, at which a clock
// can testify at all: 30 % of what p CPUs could add.
func shows(p int) float64 { return 1 + 0.3*float64(p-1) }

// quotients are the figures of the rounds, one entry a round.
type quotients struct {
	n                 int
	youS, refS        []float64 // T(1)/T(P)
	youU, refU        []float64 // C(P)/T(P)
	youU1, refU1      []float64 // C(1)/T(1)
	cost, base        []float64 // C(P), C(1) over the control's
	growth            []float64 // C(P)/C(1) over the control's: inflation by parallelising
	wall              []float64 // T(P) over the control's
	demand            []float64 // (C(P)+delay)/T(P), where there is a clock for delay
	late              []float64 // CPU time after the answer, over C(P)
	youTP, refTP, cpu []float64
}

func read(e evidence.Evidence) quotients {
	var q quotients
	p := e.Machine.P
	for _, r := range e.Rounds {
		y1, ok1 := r.You[1]
		yp, okp := r.You[p]
		c1, ok2 := r.Ref[1]
		cp, ok3 := r.Ref[p]
		if r.Discarded != "" || !ok1 || !okp || !ok2 || !ok3 {
			continue
		}
		div := func(a, b int64) float64 { return float64(a) / float64(max(b, 1)) }
		add := func(to *[]float64, v float64) { *to = append(*to, v) }
		add(&q.youS, div(y1.Wall, yp.Wall))
		add(&q.refS, div(c1.Wall, cp.Wall))
		add(&q.youU, div(yp.CPU, yp.Wall))
		add(&q.refU, div(cp.CPU, cp.Wall))
		add(&q.youU1, div(y1.CPU, y1.Wall))
		add(&q.refU1, div(c1.CPU, c1.Wall))
		add(&q.cost, div(yp.CPU, cp.CPU))
		add(&q.base, div(y1.CPU, c1.CPU))
		add(&q.growth, div(yp.CPU, y1.CPU)/div(cp.CPU, c1.CPU))
		add(&q.wall, div(yp.Wall, cp.Wall))
		add(&q.late, div(yp.Late, yp.CPU))
		add(&q.youTP, float64(yp.Wall))
		add(&q.refTP, float64(cp.Wall))
		if yp.Wait != nil {
			add(&q.demand, float64(yp.CPU+*yp.Wait)/float64(max(yp.Wall, 1)))
		}
		q.n++
	}
	return q
}

// parallel judges a kata that must keep several CPUs busy. A pass needs the
// trace and the CPU clock to agree, and the wall clock not to object where it
// can testify. A fail names the witness that proves it, while the control
// succeeded in the same rounds. Everything else is inconclusive.
func parallel(e evidence.Evidence) Verdict {
	if e.Machine.P < 2 {
		return tooFew(e)
	}
	q := read(e)
	t := pick(e)
	v := Verdict{Figures: figures(q, t), Lesson: lesson(OK)}
	if q.n == 0 || e.Machine.CPUClock == "" {
		v.Witnesses = silent()
		return undecided(e, v, q, t)
	}
	wall, cpu, trace := wallWitness(e, q), cpuWitness(e, q), traceWitness(e, t)
	v.Witnesses = []Witness{wall, cpu, trace}
	limit := e.Spec.Limits.Inflation
	costLo, _ := interval(q.cost, alpha)
	side := q.together(e.Machine.P)

	if why := sandbag(q); why != "" {
		return v.fail(Tampered, why, "Do the same work at every GOMAXPROCS; the checker compares both with the reference.")
	}
	switch {
	case costLo > limit*costZone, q.n >= plainRounds && slices.Min(q.cost) > plainCost*limit,
		len(side) >= manySide && slices.Min(side) > limit*costZone:
		return costly(e, v, q, t)
	case trace.Says == Denies && (cpu.Says == Denies || cpu.Says != Speaks && wall.Says != Speaks && t.n >= manyTraces):
		return idle(e, v, q, t)
	case trace.Says == Speaks && cpu.Says == Speaks && wall.Says != Denies:
		return passed(e, v, q, t)
	case wall.Says == Denies && trace.Says == Speaks:
		// It overlaps, yet loses by it: parallelising inflates the work.
		if lo, _ := interval(q.growth, alpha); lo > 1/e.Spec.Limits.Speedup && costLo > 1 {
			return costly(e, v, q, t)
		}
	}
	return undecided(e, v, q, t)
}

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

func wallWitness(e evidence.Evidence, q quotients) Witness {
	att := median(q.refS)
	w := Witness{Name: "wall", Says: Unavailable, Figures: map[string]float64{"speedup": median(q.youS), "attainable": att}}
	ratio := make([]float64, q.n)
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

// exposed says whether the rounds could have shown contention. Goroutines slow
// each other down only while two CPUs execute them, and beside neighbours the
// system often runs them by turns on one: then the CPU clock sees nothing, but
// for a round now and then. So either some rounds were run side by side, and
// cost no more than the limit, or very many rounds hold next to none that did.
func exposed(e evidence.Evidence, q quotients) bool {
	limit := e.Spec.Limits.Inflation
	if t := q.together(e.Machine.P); len(t) >= busyRuns {
		return median(t) <= limit
	}
	return q.n >= manyRounds && count(q.cost, func(c float64) bool { return c > limit }) <= 1
}

// together are the costs of the rounds in which the run kept more than one CPU busy.
func (q quotients) together(p int) (costs []float64) {
	for i, u := range q.youU {
		if u >= 1+sideBySide*float64(p-1) {
			costs = append(costs, q.cost[i])
		}
	}
	return costs
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

// sandbag says how a solution makes itself look better than it is: by burning
// or sleeping at GOMAXPROCS=1, by using more than one CPU there, or by working
// on after the answer.
func sandbag(q quotients) string {
	_, grown := interval(q.growth, alpha)
	baseLo, _ := interval(q.base, alpha)
	u1Lo, _ := interval(q.youU1, alpha)
	lateLo, _ := interval(q.late, alpha)
	switch {
	case grown < 0.75 && baseLo > 1.25:
		return fmt.Sprintf("At GOMAXPROCS=1 the code burns %.2f times the reference's CPU time, and at P only %.2f times (limit 1.25 apart): the speed-up is not real.", median(q.base), median(q.cost))
	case u1Lo > 1.15:
		return fmt.Sprintf("At GOMAXPROCS=1 the code kept %.2f CPUs busy (limit 1.15).", median(q.youU1))
	case lateLo > 0.1:
		return fmt.Sprintf("The code goes on working after it has answered: %.0f %% of its CPU time (limit 10 %%).", 100*median(q.late))
	case q.n >= 10 && slices.Max(q.youU1) < 0.85 && q.quietAt1() >= q.n/2:
		return fmt.Sprintf("At GOMAXPROCS=1 the code idles: it never used more than %.0f %% of the one CPU (limit 85 %%), while the reference used %.0f %%.", 100*slices.Max(q.youU1), 100*median(q.refU1))
	}
	return ""
}

// quietAt1 counts the rounds in which the control had its one CPU to itself.
func (q quotients) quietAt1() (n int) {
	for _, u := range q.refU1 {
		if u >= 0.95 {
			n++
		}
	}
	return n
}

func figures(q quotients, t traces) Figures {
	var f Figures
	med := func(xs []float64) *float64 {
		if len(xs) == 0 {
			return nil
		}
		m := median(xs)
		if math.IsNaN(m) || math.IsInf(m, 0) {
			return nil
		}
		return &m
	}
	f.Speedup, f.Attainable = med(q.youS), med(q.refS)
	f.Utilisation, f.RefBusy = med(q.youU), med(q.refU)
	f.Inflation, f.Demand = med(q.cost), med(q.demand)
	if q.n > 1 {
		s := spread(q.refTP)
		f.Noise = &s
	}
	if y := t.you.Trace; y != nil {
		f.Overlap, f.Work, f.Span = &y.Overlap, &y.Work, &y.Span
		if y.Span > 0 {
			p := float64(y.Work) / float64(y.Span)
			f.Parallelism = &p
		}
	}
	return f
}
