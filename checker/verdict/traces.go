package verdict

import (
	"slices"

	"gokata/checker/evidence"
)

// zone is half the width of the band around the limit in which the trace says
// nothing.
const zone = 0.05

// traces are the traces of both programs at the GOMAXPROCS that is judged.
type traces struct {
	you, ref view
	n        int // of the learner's that could be read
	cut      int // of the learner's that had too many events
}

// view is how one program looks in several traces. A preemption at the wrong
// moment makes a trace look less parallel; a thread that the system has taken
// off its CPU still counts as running, which makes it look more parallel, but
// such a trace is not valid: it shows more running time than the CPU clock.
// So the best valid trace counts, or else the middle of all.
type view struct {
	*evidence.Trace         // the one to show; nil where there is none
	valid           float64 // Mean of the best valid trace, 0 if there is none
	middle          float64 // median of Mean over all
	all             []*evidence.Trace
}

// queued is the place where created goroutines waited longest for their turn,
// in any of the traces: in one of them a lock may have been free whenever it was
// wanted, and then nothing is to be seen of it. Nil if there is none.
func (v view) queued() *evidence.Block {
	var longest *evidence.Block
	for _, t := range v.all {
		if len(t.Queued) > 0 && (longest == nil || t.Queued[0].Total > longest.Total) {
			longest = &t.Queued[0]
		}
	}
	return longest
}

// longest is the share of the work that the busiest goroutine did, the least of
// all traces: while its thread is off its CPU it counts as running, and the one
// that runs longest is off most.
func (v view) longest() float64 {
	least := 1.0
	for _, t := range v.all {
		least = min(least, t.Longest)
	}
	return least
}

// width is how many goroutines had work at one instant, at most, in any trace.
func (v view) width() (most int) {
	for _, t := range v.all {
		most = max(most, t.Width)
	}
	return most
}

func (v view) mean() float64 { return max(v.valid, v.middle) }

func pick(e evidence.Evidence) traces {
	var t traces
	all := map[evidence.Role][]*evidence.Trace{}
	for i := range e.Traces {
		x := &e.Traces[i]
		switch {
		case x.Procs != e.Machine.P:
		case x.Truncated && x.Role == evidence.You:
			t.cut++
		case !x.Truncated:
			all[x.Role] = append(all[x.Role], x)
		}
	}
	t.n = len(all[evidence.You])
	t.you, t.ref = look(all[evidence.You]), look(all[evidence.Ref])
	return t
}

func look(list []*evidence.Trace) view {
	if len(list) == 0 {
		return view{}
	}
	slices.SortStableFunc(list, func(a, b *evidence.Trace) int {
		switch {
		case a.Mean < b.Mean:
			return -1
		case a.Mean > b.Mean:
			return 1
		}
		return 0
	})
	v := view{Trace: list[(len(list)-1)/2], middle: list[(len(list)-1)/2].Mean, all: list}
	for _, x := range list {
		if x.Valid && x.Mean > v.valid {
			v.Trace, v.valid = x, x.Mean
		}
	}
	return v
}

func traceWitness(e evidence.Evidence, t traces) Witness {
	w := Witness{Name: "trace", Says: Unavailable, Figures: map[string]float64{}}
	if t.you.Trace == nil || t.ref.Trace == nil {
		return w
	}
	w.Figures["overlap"], w.Figures["running"] = t.you.Overlap, t.you.mean()
	w.Figures["reference"] = t.ref.mean()
	if t.ref.mean() < 1+0.5*float64(e.Machine.P-1) {
		return w // not even the control overlapped
	}
	share := t.you.mean() / t.ref.mean()
	w.Figures["share"] = share
	switch limit := e.Spec.Limits.Speedup; {
	case share >= limit+zone:
		w.Says = Speaks
	case share <= limit-zone:
		w.Says = Denies
	}
	return w
}
