package verdict

import (
	"fmt"
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
	// manySpread is how many of the many rounds must have had their threads held
	// apart: beside three and six busy loops on two CPUs, 33 to 67 % of a contended
	// program's rounds then cost more than the limit (without it 4 to 40 %), and
	// none of 1,160 of honest ones.
	manySpread = 24
	seldom     = 0.1 // share of all rounds, held apart or not, that may cost more
	// manyTraces is how many traces deny parallelism even where the machine is
	// too busy for the CPU clock to join them.
	manyTraces = 6
	// plainRounds rounds in each of which the cost is over plainCost times its
	// limit need no interval: no noise doubles one program's CPU time and not
	// the control's, round after round.
	plainRounds = 4
	plainCost   = 2
	// lessAtP and moreAt1 tell who burns CPU time at GOMAXPROCS=1: growth below
	// the one, base above the other.
	lessAtP = 0.75
	moreAt1 = 1.25
	// leanRounds are enough runs at GOMAXPROCS=1 to find who cheats there.
	leanRounds = 12
	// costZone widens the cost limit before it fails anybody.
	costZone = 1.1
)

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
	v := Verdict{Figures: figures(q, t)}
	if q.full == 0 || e.Machine.CPUClock == "" {
		v.Witnesses = silent()
		return undecided(e, v, q, t)
	}
	v.Figures.Predicted = Predict(e)
	wall, cpu, trace := wallWitness(e, q), cpuWitness(e, q), traceWitness(e, t)
	cut := breadthOf(e)
	trace.Figures["parallelism"] = cut.you
	v.Witnesses = []Witness{wall, cpu, trace}
	limit := e.Spec.Limits.Inflation
	costLo, costHi := interval(q.cost, alpha)
	side := q.together(e.Machine.P)

	if why := sandbag(q); why != "" {
		return v.fail(Tampered, why, "Do the same work at every GOMAXPROCS; the checker compares both with the reference.")
	}
	if v, over := crowded(e, v); over {
		return v
	}
	switch {
	case costLo > limit*costZone, q.n >= plainRounds && slices.Min(q.cost) > plainCost*limit,
		len(side) >= manySide && slices.Min(side) > limit*costZone:
		return costly(e, v, q, t)
	case dear(e) > limit*plainCost:
		return tooDear(e, v, dear(e))
	case trace.Says == Denies && (cpu.Says == Denies || t.n >= manyTraces && cpu.Says != Speaks && wall.Says != Speaks ||
		t.n >= 2*manyTraces && !busy(e, q, cpu, wall)):
		return idle(e, v, q, t)
	case trace.Says != Denies && cut.says == Denies && (cpu.Says == Speaks || q.n >= leanRounds && costHi <= limit):
		v.Witnesses[2].Says = Denies
		return narrow(e, v, cut)
	case trace.Says == Speaks && cpu.Says == Speaks && wall.Says != Denies && cut.says == Speaks:
		return passed(e, v, q, t)
	case wall.Says == Denies && trace.Says == Speaks:
		// It overlaps, yet loses by it: parallelising inflates the work.
		if lo, _ := interval(q.growth, alpha); lo > 1/e.Spec.Limits.Speedup && costLo > 1 {
			return costly(e, v, q, t)
		}
	}
	v.Wide = cut.says == Unavailable && (trace.Says == Speaks && cpu.Says == Speaks || trace.Says != Denies && q.n >= leanRounds && costHi <= limit)
	return undecided(e, v, q, t)
}

// Lean says whether further rounds need runs at P alone: enough have shown what
// the code does at GOMAXPROCS=1, and the machine is too busy for a speed-up to
// speak for anybody, or to run the code's goroutines side by side.
func Lean(e evidence.Evidence) bool {
	q := read(e)
	return q.full >= leanRounds &&
		(e.Spec.Limits.Speedup*median(q.refS) < shows(e.Machine.P) || len(q.together(e.Machine.P)) < busyRuns)
}

// sandbag says how a solution makes itself look better than it is: by burning
// or sleeping at GOMAXPROCS=1, by using more than one CPU there, or by working
// while no clock of a run is on.
func sandbag(q quotients) string {
	_, grown := interval(q.growth, alpha)
	baseLo, _ := interval(q.base, alpha)
	u1Lo, _ := interval(q.youU1, alpha)
	aside, _ := interval(q.aside, alpha)
	aside1, _ := interval(q.aside1, alpha)
	switch {
	case grown < lessAtP && baseLo > moreAt1:
		return q.burns()
	case u1Lo > 1.15:
		return fmt.Sprintf("At GOMAXPROCS=1 the code kept %.2f CPUs busy (limit 1.15).", median(q.youU1))
	case max(aside, aside1) > 0.1:
		return fmt.Sprintf("The code works before it is called, or goes on after it has answered: %.0f %% of its CPU time (limit 10 %%).", 100*max(median(q.aside), median(q.aside1)))
	case q.full >= 10 && slices.Max(q.youU1) < idles && q.quietAt1() >= q.full/2:
		return fmt.Sprintf("At GOMAXPROCS=1 the code idles: it never used more than %.0f %% of the one CPU (limit 85 %%), while the reference used %.0f %%.", 100*slices.Max(q.youU1), 100*median(q.refU1))
	}
	return ""
}

// burns explains CPU time that is spent at GOMAXPROCS=1 alone.
func (q quotients) burns() string {
	return fmt.Sprintf("At GOMAXPROCS=1 the code burns %.2f times the reference's CPU time, and at P only %.2f times (limit %.2f apart): the speed-up is not real.", median(q.base), median(q.cost), moreAt1)
}
