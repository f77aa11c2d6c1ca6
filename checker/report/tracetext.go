package report

import (
	"cmp"
	"fmt"
	"io"
)

// mostLanes is how many Ps the terminal shows.
const mostLanes = 16

// TraceText writes for people how a solution ran, no line wider than o.Width:
// what ran on which P, work and span, the speed-up that they predict beside the
// one that was measured, where goroutines waited, and the critical path. Where
// there is no trace since the solution does not build or is wrong, it is Text.
func TraceText(w io.Writer, t Tracing, o Options) error {
	if t.stopped() {
		return Text(w, t.Report, o)
	}
	p := newPage(o)
	p.traceHeadline(t)
	p.blank()
	if !t.Traced() {
		p.paragraph(noTrace(t))
		return p.writeTo(w)
	}
	p.timeline(t.Timeline)
	p.blank()
	p.workAndSpan(t)
	p.blank()
	p.speedups(t)
	p.blank()
	p.plot(t)
	p.blank()
	p.waited(t)
	p.atOnce(t)
	p.goroutines(t)
	p.blank()
	p.criticalPath(t)
	return p.writeTo(w)
}

// noTrace says why there are no figures.
func noTrace(t Tracing) string {
	if t.Trace.Truncated {
		return "The run made more events than a trace holds: its goroutines wait and wake all the time. Give each of them more to do at a time, then trace again."
	}
	return "The trace saw none of the solution's goroutines run. Trace again."
}

func (p *page) traceHeadline(t Tracing) {
	left := p.clean(traceName(t)) + " " + p.sign.dot + " " + traceSubject(t)
	right := ""
	if t.Trace.Wall > 0 {
		right = p.duration(t.Trace.Wall)
	}
	p.edges(span{text: left, style: p.theme.strong}, span{text: right, style: p.theme.faint})
}

// traceName is the kata, where there is one.
func traceName(t Tracing) string { return cmp.Or(t.Evidence.Spec.Kata, "trace") }

// traceSubject says what was traced: "64 goroutines on 2 Ps".
func traceSubject(t Tracing) string {
	if !t.Traced() {
		return "no trace"
	}
	procs := t.Timeline.Procs
	if procs == 0 {
		procs = t.Trace.Procs
	}
	who := quantity(t.Trace.Goroutines, "goroutine")
	if t.Trace.Goroutines == 0 {
		who = "the caller alone"
	}
	return who + " on " + quantity(procs, "P")
}

// duration writes nanoseconds for the eye, in µs below one millisecond.
func (p *page) duration(ns int64) string { return p.clean(duration(ns)) }

func duration(ns int64) string {
	if ns == 0 {
		return "0"
	}
	if 0 < ns && ns < 999_500 {
		us := float64(ns) / 1e3
		if us < 9.95 {
			return fmt.Sprintf("%.1f µs", us)
		}
		return fmt.Sprintf("%.0f µs", us)
	}
	return millis(ns)
}

// times writes a speed-up or a parallelism: two digits and no more.
func times(f float64) string {
	if f < 9.95 {
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.0f", f)
}

// between writes two bounds: "2.0 to 13", and one number where they read alike.
func between(low, high float64) string {
	a, b := times(low), times(high)
	switch {
	case low <= 0, a == b:
		return b
	case high >= 9.95 && low >= 3:
		if a = fmt.Sprintf("%.0f", low); a == b {
			return b
		}
	}
	return a + " to " + b
}

// workAndSpan writes the figures of the trace, and what they mean.
func (p *page) workAndSpan(t Tracing) {
	low, high := t.parallelism()
	figure := func(name, value string) []span {
		return []span{{text: name + " ", style: p.theme.strong}, {text: value}}
	}
	items := [][]span{figure("work", p.duration(t.Trace.Work))}
	if t.Trace.Span > 0 {
		items = append(items, figure("span", p.duration(t.Trace.Span)))
	}
	if high > 0 {
		items = append(items, figure("parallelism", between(low, high)))
	}
	p.flow(items...)
	for _, sentence := range parallelismWords(t) {
		p.paragraph(sentence)
	}
}

// parallelismWords says what ran at once, and what could have.
func parallelismWords(t Tracing) (sentences []string) {
	low, high := t.parallelism()
	if high == 0 || !t.computes() {
		return nil
	}
	switch {
	case high < 1.05:
		sentences = append(sentences, "One ran at a time, and by this run no number of CPUs would change that.")
	case high < 1.1*low:
		sentences = append(sentences, fmt.Sprintf("On average %s ran at once, and by this run more CPUs would not make it more than %s.", times(low), times(high)))
	default:
		sentences = append(sentences, fmt.Sprintf("On average %s ran at once. By this run it would be %s with CPUs enough, as far as the trace knows: an order that leaves no event in it, such as a lock that was free, may make that less.", times(low), times(high)))
	}
	if wide := t.wideParallelism(); wide > 0 {
		sentences = append(sentences, fmt.Sprintf("Another run, at GOMAXPROCS=%d, shows a parallelism of %s.", t.Wide.Procs, times(wide)))
	}
	return sentences
}

// flow writes short items beside each other, three columns apart, on as many
// lines as they need.
func (p *page) flow(items ...[]span) {
	const gap = "   "
	line, used := []span{}, 0
	for _, item := range items {
		width := 0
		for _, s := range item {
			width += columns(s.text)
		}
		if used > 0 && used+len(gap)+width > p.width-1 {
			p.line(line...)
			line, used = nil, 0
		}
		before := gap
		if used == 0 {
			before = " "
		}
		line = append(append(line, span{text: before}), item...)
		used += len(before) + width
	}
	if used > 0 {
		p.line(line...)
	}
}
