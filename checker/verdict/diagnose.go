package verdict

import (
	"fmt"
	"slices"

	"gokata/checker/evidence"
)

// fail completes a verdict.
func (v Verdict) fail(r Reason, why, try string) Verdict {
	v.Outcome, v.Reason, v.Explanation, v.Try = Fail, r, why, try
	return v
}

// passed completes a pass, with a remark where the wall clock did not gain.
func passed(e evidence.Evidence, v Verdict, q quotients, t traces) Verdict {
	v.Outcome, v.Reason = Pass, OK
	s, att, cost := median(q.youS), median(q.refS), median(q.cost)
	overlap := 100 * t.you.Overlap
	switch {
	case att < shows(e.Machine.P):
		v.Explanation = fmt.Sprintf("Your goroutines overlapped %.0f %% of the time at %.2f times the reference's CPU time (limit %.2f). This machine is too busy for the wall clock to confirm it (the reference reached only %.2f x), and it is not needed.", overlap, cost, e.Spec.Limits.Inflation, att)
	case s/att < e.Spec.Limits.Speedup:
		v.Explanation = fmt.Sprintf("Your goroutines overlapped %.0f %% of the time, at %.2f times the reference's CPU time (limit %.2f), and you are as fast as the reference. Your own speed-up is %.2f x: what limits it is memory or allocation, not the order of the work.", overlap, cost, e.Spec.Limits.Inflation, s)
	default:
		v.Explanation = fmt.Sprintf("%.2f times as fast on %d CPUs, where the reference solution reaches %.2f here and now; %.2f times its CPU time (limit %.2f); your goroutines overlapped %.0f %% of the time.", s, e.Machine.P, att, cost, e.Spec.Limits.Inflation, overlap)
	}
	return v
}

// Bounds of the diagnosis. They choose the reason of a fail, never whether
// it is one.
const (
	fine     = 20_000 // ns of work for each goroutine or switch, below which the switching counts
	alone    = 0.9    // share of the work by which one goroutine did it all
	heavy    = 0.6    // share by which one goroutine held up the others
	noGain   = 1.15   // a speed-up that is none
	together = 0.05   // overlap below which goroutines took turns
	idles    = 0.85   // utilisation at GOMAXPROCS=1 that no run of a program which waits there reaches
	// clearShare is the share of a profile's samples that makes a line the one
	// to show.
	clearShare = 0.25
)

// idle explains code that leaves CPUs idle: the trace has seen it.
func idle(e evidence.Evidence, v Verdict, q quotients, t traces) Verdict {
	y := t.you.Trace
	longest := t.you.longest()
	over := fmt.Sprintf("Two or more of your goroutines ran at once for %s of the time (the reference's did for %.0f %%)", little(y.Overlap), 100*t.ref.Overlap)
	_, slept := interval(q.base, alpha)
	if s := median(q.youS); s > shows(e.Machine.P) && slept < 1.25 && slices.Max(q.youU1) < idles && median(q.youU1) < 0.7*median(q.refU1) {
		return v.fail(Tampered, fmt.Sprintf("%s, yet the code takes %.2f times as long at GOMAXPROCS=1: it waits there (limit 1.00).", over, s),
			"Do the same work at every GOMAXPROCS; the checker compares both with the reference.")
	}
	switch {
	case median(q.growth) < lessAtP && median(q.base) > moreAt1:
		v = v.fail(Tampered, q.burns(), "Do the same work at every GOMAXPROCS; the checker compares both with the reference.")
	case y.Goroutines == 0 || longest >= alone:
		v = v.fail(Serial, over+fmt.Sprintf(": one goroutine did %.0f %% of the work.", 100*longest),
			"Cut the input into pieces, and give each piece to a goroutine of its own.")
	case longest >= heavy && y.Overlap > together:
		v = v.fail(Imbalanced, over+fmt.Sprintf(": the longest of your %d goroutines did %.0f %% of the work (an even share of %d CPUs is %.0f %%), and the others had long finished.", y.Goroutines, 100*longest, e.Machine.P, 100/float64(e.Machine.P)),
			"Cut the largest pieces into smaller ones, so that no goroutine is left alone at the end.")
		v.At = y.LongestAt
	case t.you.queued() != nil:
		b := *t.you.queued()
		v = v.fail(Serialised, over+fmt.Sprintf(", although there were %d of them: they wait for each other (%s).", y.Goroutines, waiting(b)),
			"Compute into data of the goroutine's own, and hold the lock (or the token) only to merge.")
		if b.At.File != "" {
			v.At = &b.At
		}
	case y.Overlap > together && float64(t.you.width()) < e.Spec.Limits.Parallelism:
		v = v.fail(Underused, over+fmt.Sprintf(": never more than %d of them had work at once (limit: at least %.0f), so that one which is late holds up all.", t.you.width(), e.Spec.Limits.Parallelism),
			"Cut the work into many more pieces than there are CPUs.")
		v.At = y.LongestAt
	default:
		v = v.fail(Serial, over+fmt.Sprintf(", although there were %d of them: each was started after the one before had ended.", y.Goroutines),
			"Start all goroutines first, and wait for them after that.")
	}
	return v
}

func little(share float64) string {
	if share < 0.005 {
		return "none"
	}
	return fmt.Sprintf("only %.0f %%", 100*share)
}

func waiting(b evidence.Block) string {
	ms := float64(b.Total) / 1e6
	if b.At.File == "" {
		return fmt.Sprintf("%.0f ms blocked in %s", ms, b.Reason)
	}
	return fmt.Sprintf("%.0f ms blocked in %s at %s:%d", ms, b.Reason, b.At.File, b.At.Line)
}

// costly explains code that spends too much CPU time: the CPU clock has seen it.
func costly(e evidence.Evidence, v Verdict, q quotients, t traces) Verdict {
	cost, base, growth := median(q.cost), median(q.base), median(q.growth)
	limit := e.Spec.Limits.Inflation
	// Beside neighbours what contention costs may show in those rounds alone in
	// which CPUs ran side by side.
	if side := q.together(e.Machine.P); len(side) > 0 {
		growth = max(growth, median(side)/base)
		if cost < limit {
			cost = median(side)
		}
	}
	much := fmt.Sprintf("The code spends %.2f times the reference's CPU time (limit %.2f)", cost, limit)
	y := t.you.Trace
	v.At = hottest(e)
	where := ""
	if v.At != nil {
		where = fmt.Sprintf(", most of it (%.0f %%) in line %d", 100*e.Hot[0].Share, v.At.Line)
	}
	switch {
	case len(e.Polls) > 0:
		v.At = &e.Polls[0].Position
		return v.fail(Spinning, much+": a goroutine burns its CPU while it waits, asking again and again.",
			"Let a goroutine that has nothing to do block, on a channel, a lock or a WaitGroup.")
	case t.cut > 0 && y == nil:
		return v.fail(Overhead, much+": it switches between goroutines so often that the trace of one run was too large to keep.",
			"Hand over whole chunks, not single items.")
	case y != nil && y.Work < int64(y.Goroutines+y.Switches)*fine:
		if at := busiest(y); at != nil {
			v.At = at
		}
		return v.fail(Overhead, much+fmt.Sprintf(": it starts %d goroutines and switches between them %d times, once for every %s of work (20 µs at least would do).",
			y.Goroutines, y.Switches, per(y.Work, y.Goroutines+y.Switches)),
			"Start a few goroutines for each CPU, and hand over whole chunks, not single items.")
	case growth >= 1.3 && spins(e, q, t):
		return v.fail(Spinning, much+where+fmt.Sprintf("; on %d CPUs it is no faster than on one (%.2f x): a goroutine burns its CPU while it waits.", e.Machine.P, median(q.youS)),
			"Let a goroutine that has nothing to do block, on a channel, a lock or a WaitGroup.")
	// Code that costs too much on one CPU as well is named for what costs it more.
	case growth >= 1.3 && (base <= limit*costZone || growth > base):
		return v.fail(Contended, much+where+fmt.Sprintf("; but only %.2f times at GOMAXPROCS=1: side by side your goroutines slow each other down, at memory that they share.", base),
			"Give each goroutine a variable of its own, and combine them once at the end.")
	}
	return v.fail(SlowBaseline, much+where+fmt.Sprintf("; %.2f times already at GOMAXPROCS=1: however it scales, what it scales is slow.", base),
		"Make the sequential code good first: do no work twice, and choose the data structure for it.")
}

// hottest is the learner's line where most of the CPU time goes, if a profile
// says so clearly.
func hottest(e evidence.Evidence) *evidence.Position {
	if len(e.Hot) == 0 || e.Hot[0].Share < clearShare {
		return nil
	}
	return &e.Hot[0].At
}

// busiest is the line where goroutines waited most often, or else where the
// busiest was started: too fine a grain shows at either.
func busiest(t *evidence.Trace) *evidence.Position {
	var most *evidence.Block
	for i := range t.Blocked {
		if b := &t.Blocked[i]; b.At.File != "" && (most == nil || b.Count > most.Count) {
			most = b
		}
	}
	switch {
	case most != nil && most.Count > t.Goroutines/2:
		return &most.At
	case t.LongestAt != nil:
		return t.LongestAt
	case most != nil:
		return &most.At
	}
	return nil
}

// spins tells burning a CPU from fighting for memory: both inflate CPU time
// and gain nothing. A goroutine that burns leaves the speed of the other one as
// it was, up to what each CPU loses here when both are busy, which the control
// shows; goroutines that fight slow each other down.
func spins(e evidence.Evidence, q quotients, t traces) bool {
	s := median(q.youS)
	undisturbed := median(q.refS) / float64(e.Machine.P)
	return s < noGain && s > 0.8*undisturbed && t.you.Trace != nil && t.you.Goroutines <= e.Machine.P && t.you.Longest < heavy
}

func per(work int64, n int) string {
	ns := float64(work) / float64(max(n, 1))
	if ns < 1000 {
		return fmt.Sprintf("%.0f ns", ns)
	}
	return fmt.Sprintf("%.1f µs", ns/1000)
}

// undecided asks for more rounds, or, with the budget spent, says what would
// have to change.
func undecided(e evidence.Evidence, v Verdict, q quotients, t traces) Verdict {
	v.Outcome, v.Reason = Inconclusive, NoisyMachine
	v.More = !e.Spent
	v.Try = "Close what runs beside, plug in the power supply, and check again. Your attempt is kept."
	switch {
	case e.Machine.CPUClock == "":
		v.Explanation = "The answers are right, but on this system the CPU time of a running program cannot be read, and without it there is no proof."
		v.Try = "Check on Linux or Windows, or in a Linux container."
		v.More = false
	case q.n == 0:
		v.Explanation = "No round could be measured: in each of them this process was stopped by its CPU quota."
		v.Try = "Raise the quota, or check outside of the container."
	case v.Wide && v.Witnesses[1].Says == Speaks:
		v.Explanation = fmt.Sprintf("The answers are right and the code is parallel on %d CPUs, but the traces at GOMAXPROCS=%d do not settle whether it would keep %.0f busy: work/span up to %.1f.", e.Machine.P, Wide, e.Spec.Limits.Parallelism, v.Witnesses[2].Figures["parallelism"])
	case median(q.refS) < shows(e.Machine.P):
		v.Explanation = fmt.Sprintf("The reference solution reached only %.2f x on %d CPUs (%.2f are needed to compare): something else is using this machine.", median(q.refS), e.Machine.P, shows(e.Machine.P))
	default:
		v.Explanation = fmt.Sprintf("After %d rounds the figures still lie between the classes: speed-up %.2f of %.2f possible here, CPU time %.2f times the reference's (limit %.2f).", q.n, median(q.youS), median(q.refS), median(q.cost), e.Spec.Limits.Inflation)
	}
	return v
}
