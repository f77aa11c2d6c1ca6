package verdict

import (
	"cmp"
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

// offered is like mean for what the program offered to run, the median of all
// traces: on a machine that lets threads wait for a CPU, goroutines that could
// run beside each other are ready for long, and run one after the other.
func (v view) offered() float64 {
	var all []float64
	for _, t := range v.all {
		all = append(all, cmp.Or(offered(*t), t.Mean))
	}
	return max(v.mean(), median(all))
}

// offered is how many times faster than one CPU the run would have been, had all
// that was ready run at once, on at most as many CPUs as there are Ps: a lower
// bound of the parallelism, like work/span, where fewer CPUs than Ps were to be
// had. 0 in evidence that does not tell.
func offered(t evidence.Trace) float64 {
	var work, ideal float64
	for k, d := range t.Ready {
		if k > 0 {
			work += float64(d)
			ideal += float64(d) / float64(min(k, t.Procs))
		}
	}
	if ideal == 0 {
		return 0
	}
	return work / ideal
}

// gotShare is the share of the CPUs that the control must have got in its traces
// for a low reading of the learner's to deny by itself. Beside three busy loops
// on two CPUs it got a fifth to a third, alone all of them.
const gotShare = 0.8

// served says whether the control's traces got the CPUs of this machine. Where
// they did not, a goroutine that held up others may have had to wait for a CPU,
// and one that was ready got none.
func served(control []*evidence.Trace, cpus int) bool {
	if len(control) == 0 {
		return false
	}
	var got []float64
	for _, t := range control {
		got = append(got, ratio(t.CPU, t.Wall))
	}
	return median(got) >= gotShare*float64(cpus)
}

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
	// Either there were CPUs to run on, or there was not much more to run.
	case share <= limit-zone && (served(t.ref.all, e.Machine.P) || t.you.offered() <= limit*t.ref.offered()):
		w.Says = Denies
	}
	return w
}
