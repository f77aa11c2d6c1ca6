package report

import (
	"cmp"
	"slices"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Tracing is all that the command trace shows of one solution.
type Tracing struct {
	Report                      // of a few rounds; its verdict may be open
	Trace     evidence.Trace    // the best of the traces at the GOMAXPROCS that is judged
	Wide      *evidence.Trace   // the best above the number of CPUs, or nil
	Timeline  evidence.Timeline // of Trace
	Predicted map[int]verdict.Bounds
}

// Traced says whether there is a trace to show figures of. Where there is not,
// the report may say why.
func (t Tracing) Traced() bool { return !t.Trace.Truncated && t.Trace.Work > 0 }

// stopped says whether the solution was never traced since something was wrong
// with it, which the report tells.
func (t Tracing) stopped() bool {
	bad := t.Verdict.Outcome == verdict.Fail || t.Verdict.Outcome == verdict.Error
	return bad && !t.Traced() && !t.Trace.Truncated
}

// computes says whether the kata is about computing at once, so that a speed-up
// on more CPUs means something. Waits need none.
func (t Tracing) computes() bool {
	kind := t.Evidence.Spec.Kind
	return kind == spec.Parallel || kind == ""
}

// parallelism gives bounds of work over span. The span of the trace misses
// orders that leave no event, so Work/Span is the upper one. No chain of
// running time is longer than the time in which anything ran, so Work/Busy is
// the lower one: what did run at once, on average. A bound that is not known
// is 0.
func (t Tracing) parallelism() (low, high float64) {
	if !t.Traced() {
		return 0, 0
	}
	return quotient(t.Trace.Work, t.Trace.Busy), quotient(t.Trace.Work, t.Trace.Span)
}

// wideParallelism is work over span of the trace taken above the number of
// CPUs; 0 where there is none.
func (t Tracing) wideParallelism() float64 {
	if t.Wide == nil || t.Wide.Truncated {
		return 0
	}
	return quotient(t.Wide.Work, t.Wide.Span)
}

func quotient(a, b int64) float64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// serialShare is the serial fraction f of Amdahl's law that belongs to the
// trace; 0 if it is not known.
//
// Amdahl's S(P) = 1 / (f + (1-f)/P) tends to 1/f, and work/span is what no
// number of CPUs exceeds, so f = span/work. With it T(P) = span + (work -
// span)/P, which is also Brent's bound: a scheduler that leaves no CPU idle
// while there is something to run does no worse. Of the two traces the one that
// shows more parallelism counts: code that cuts its work into GOMAXPROCS pieces
// has a longer span at a small GOMAXPROCS.
func (t Tracing) serialShare() float64 {
	if !t.computes() {
		return 0
	}
	_, high := t.parallelism()
	high = max(high, t.wideParallelism())
	if high == 0 {
		return 0
	}
	return min(1/high, 1)
}

// amdahl is Amdahl's speed-up on p CPUs of work of which the share f is serial.
func amdahl(f, p float64) float64 { return 1 / (f + (1-f)/p) }

// speedupPoint is a measured speed-up on P CPUs. The middle 80 % of the rounds
// lie between Low and High.
type speedupPoint struct {
	P          int
	Value      float64
	Low, High  float64
	Rounds     int
	Attainable float64 // of the reference in the same rounds, or 0
}

// measuredPoint is the speed-up that the clocks read; ok is false if they did
// not.
func (t Tracing) measuredPoint() (point speedupPoint, ok bool) {
	f := t.Verdict.Figures
	if !t.computes() {
		return point, false
	}
	if finite(f.Speedup) == nil || *f.Speedup <= 0 || t.Evidence.Machine.P < 2 {
		return point, false
	}
	point = speedupPoint{P: t.Evidence.Machine.P, Value: *f.Speedup, Low: *f.Speedup, High: *f.Speedup}
	if finite(f.Attainable) != nil {
		point.Attainable = *f.Attainable
	}
	var each []float64
	for _, round := range t.counted() {
		one, alone := round.You[1]
		many, beside := round.You[point.P]
		if alone && beside && many.Wall > 0 {
			each = append(each, float64(one.Wall)/float64(many.Wall))
		}
	}
	point.Rounds = len(each)
	if len(each) >= 3 {
		slices.Sort(each)
		point.Low = min(each[len(each)/10], point.Value)
		point.High = max(each[len(each)-1-len(each)/10], point.Value)
	}
	return point, true
}

// curvePoints are the numbers of CPUs in the table of speed-ups: those that are
// predicted for, and the one that was measured.
func (t Tracing) curvePoints() []int {
	points := slices.Clone(verdict.Predicted)
	if measured, ok := t.measuredPoint(); ok && !slices.Contains(points, measured.P) {
		points = append(points, measured.P)
		slices.Sort(points)
	}
	return points
}

// bounds gives the predicted bounds on p CPUs.
func (t Tracing) bounds(p int) (verdict.Bounds, bool) {
	b, ok := t.Predicted[p]
	return b, ok && sound(b) && t.computes()
}

// sound says whether bounds can be shown: two numbers above 0, in order.
func sound(b verdict.Bounds) bool {
	return finite(&b.Low) != nil && finite(&b.High) != nil && 0 < b.Low && b.Low <= b.High
}

// classWait is the blocked time of one class of reasons.
type classWait struct {
	Class string
	Total int64
}

// waitsByClass lists the blocked time of all goroutines by class, longest
// first, and its sum.
func waitsByClass(t evidence.Trace) (list []classWait, sum int64) {
	for class, total := range t.Waits {
		if total > 0 {
			list = append(list, classWait{class, total})
			sum += total
		}
	}
	slices.SortFunc(list, func(a, b classWait) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Class, b.Class))
	})
	return list, sum
}

// mostBins is how many rows the histogram has at most, the one of 0 aside.
const mostBins = 16

// bin is the time in which From to To of the goroutines ran at once.
type bin struct {
	From, To int
	More     bool // or more than To
	Total    int64
}

// histogram cuts the time by how many goroutines ran: a bin each for none, one,
// two, as far as P or what was seen, and wider bins where those are too many.
func histogram(t evidence.Trace) []bin {
	last := t.Procs
	for k, total := range t.Histogram {
		if total > 0 {
			last = max(last, k)
		}
	}
	if len(t.Histogram) == 0 {
		return nil
	}
	last = min(last, len(t.Histogram)-1)
	width := (last + mostBins - 1) / mostBins
	bins := []bin{{Total: t.Histogram[0]}}
	for from := 1; from <= last; from += width {
		b := bin{From: from, To: min(from+width-1, last)}
		for k := b.From; k <= b.To; k++ {
			b.Total += t.Histogram[k]
		}
		b.More = b.To == mostAtOnce
		bins = append(bins, b)
	}
	return bins
}

// mostAtOnce is the last entry of a full histogram: that many or more.
const mostAtOnce = 64
