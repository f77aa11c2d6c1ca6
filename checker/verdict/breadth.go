package verdict

import (
	"fmt"
	"slices"

	"gokata/checker/evidence"
)

// Wide is the GOMAXPROCS of the traces that are taken above the number of CPUs.
const Wide = 16

// Bounds of the decision about parallelism (work/span). Goroutines share the
// CPUs by turns in a trace above their number, and a thread that is off its CPU
// counts as running; what lies on the critical path meanwhile grows, so that
// the figure is a lower bound. A high one is a certificate; a low one proves
// nothing by itself.
const (
	// narrowWide is how many wide traces must agree that there are too few
	// goroutines; wideEnough how many low readings deny together, each below
	// lowShare of the limit, while the control's median keeps the limit.
	narrowWide = 4
	wideEnough = 6
	lowShare   = 0.75
	// keptShare of the limit keeps it: k equal pieces read a little below k.
	keptShare = 0.85
)

// breadth says for how many CPUs the work is cut, as far as traces know.
type breadth struct {
	says  string
	you   float64 // best reading of the parallelism of all traces
	most  float64 // share of the work that the busiest goroutine did, the least of all traces
	width int     // most goroutines that ran or could have run at once in the wide traces
}

// breadthOf holds the traces against the least parallelism that the kata asks.
// Traces at P count as well: code that is cut finely shows it there, only code
// that cuts by GOMAXPROCS has to be asked at a higher one.
func breadthOf(e evidence.Evidence) breadth {
	b := breadth{says: Unavailable, most: 1}
	var wide, ref []float64
	var control []*evidence.Trace
	for i := range e.Traces {
		t := &e.Traces[i]
		if t.Truncated || t.Span <= 0 || t.Procs < e.Machine.P {
			continue
		}
		// Both are lower bounds: the order that was seen, and what was ready at once.
		read := max(ratio(t.Work, t.Span), offered(*t))
		switch {
		case t.Role == evidence.You:
			b.you = max(b.you, read)
			b.most = min(b.most, t.Longest)
			if t.Procs > e.Machine.P {
				wide = append(wide, read)
				b.width = max(b.width, t.Width)
			}
		case t.Procs > e.Machine.P:
			ref = append(ref, read)
			control = append(control, t)
		}
	}
	limit := e.Spec.Limits.Parallelism
	switch {
	case e.Spec.Limits.Started > 0 && len(wide) < dearAtLeast: // workers that meet: what does it cost where many do?
	case limit == 0, b.you >= keptShare*limit:
		b.says = Speaks
	case len(wide) >= narrowWide && b.width > 0 && float64(b.width) < limit,
		len(wide) >= wideEnough && slices.Max(wide) < lowShare*limit && len(ref) >= wideEnough &&
			median(ref) >= keptShare*limit && served(control, e.Machine.P):
		b.says = Denies
	}
	return b
}

// narrow explains code that is cut into too few pieces.
func narrow(e evidence.Evidence, v Verdict, b breadth) Verdict {
	limit := e.Spec.Limits.Parallelism
	at := fmt.Sprintf("Traced at GOMAXPROCS=%d", Wide)
	try := "Cut the work into many more pieces than there are CPUs. Whoever counts CPUs asks runtime.GOMAXPROCS(0), which was raised here, and not runtime.NumCPU()."
	if t := Widest(e); t != nil && t.LongestAt != nil {
		v.At = t.LongestAt
	}
	if b.most >= alone {
		return v.fail(Serial, fmt.Sprintf("%s, one goroutine did %.0f %% of the work, and work/span is %.1f (limit %.0f).", at, 100*b.most, b.you, limit),
			"Cut the input into pieces, and give each piece to a goroutine of its own.")
	}
	if float64(b.width) < limit {
		return v.fail(Underused, fmt.Sprintf("%s, never more than %d of your goroutines had work at once, and work/span is %.1f (limit %.0f): more Ps than here would not make this code any faster.", at, b.width, b.you, limit), try)
	}
	return v.fail(Underused, fmt.Sprintf("%s, work/span is %.1f at best (limit %.0f): one chain of work is too long, so that more CPUs than here would not help.", at, b.you, limit), try)
}

// Widest is the learner's trace with the highest work/span among those taken
// above the number of CPUs, or nil.
func Widest(e evidence.Evidence) *evidence.Trace {
	var best *evidence.Trace
	for i := range e.Traces {
		t := &e.Traces[i]
		if t.Role != evidence.You || t.Procs <= e.Machine.P || t.Truncated || t.Span <= 0 {
			continue
		}
		if best == nil || ratio(t.Work, t.Span) > ratio(best.Work, best.Span) {
			best = t
		}
	}
	return best
}
