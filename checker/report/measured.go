package report

import (
	"fmt"
	"slices"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// measured writes what the clocks and the trace saw.
func (p *page) measured(r Report) {
	p.bars(r)
	p.blank()
	switch r.Evidence.Spec.Kind {
	case spec.Meter:
		p.meterFigures(r)
	case spec.Counted:
		p.counts(r.Verdict.Bounds, r.Evidence.Facts)
		p.blank()
	}
	for _, f := range figuresOf(r) {
		if r.Evidence.Spec.Kind == spec.Counted && f.label != answered {
			continue // drawn above
		}
		p.field(f.label, f.text)
	}
}

// answered labels what is known of correctness.
const answered = "answers"

// figure is a measured figure in words, with its limit.
type figure struct{ label, text string }

// figuresOf lists the figures that decide about the kind of kata, and what is
// known of correctness.
func figuresOf(r Report) (list []figure) {
	switch r.Evidence.Spec.Kind {
	case spec.Parallel:
		list = parallelFigures(r)
	case spec.Overlap:
		list = overlapFigures(r)
	case spec.Counted:
		list = countedFigures(r)
	}
	return append(list, answers(r.Evidence)...)
}

// medianBar is the median of one clock, of one role at one GOMAXPROCS.
type medianBar struct {
	clock string
	procs int
	who   evidence.Role
	value int64
}

// mediansOf lists the medians of wall and CPU time, and the largest of them.
func mediansOf(r Report) (bars []medianBar, largest int64) {
	rounds := r.counted()
	for _, clock := range []struct {
		name string
		pick func(evidence.Sample) (int64, bool)
	}{{"wall", wall}, {"CPU", cpu}} {
		for _, procs := range procs(rounds) {
			for _, who := range []evidence.Role{evidence.You, evidence.Ref} {
				if value, ok := median(rounds, who, procs, clock.pick); ok {
					bars = append(bars, medianBar{clock.name, procs, who, value})
					largest = max(largest, value)
				}
			}
		}
	}
	return bars, largest
}

// bars draws the median wall and CPU time of each role at each GOMAXPROCS, all
// to one scale.
func (p *page) bars(r Report) {
	bars, largest := mediansOf(r)
	const roleWidth, valueWidth = 5, 10
	room := p.width - labelWidth - roleWidth - valueWidth
	var before medianBar
	for _, b := range bars {
		name, label := b.clock, ""
		if b.clock == before.clock {
			name = ""
		}
		if name != "" || b.procs != before.procs {
			label = pad(" "+name, 7) + fmt.Sprintf("P=%d", b.procs)
		}
		before = b
		style := p.theme.you
		if b.who == evidence.Ref {
			style = p.theme.ref
		}
		drawn := p.sign.bar(b.value, largest, room)
		p.line(
			span{text: pad(label, labelWidth)},
			span{text: pad(string(b.who), roleWidth)},
			span{text: drawn, style: style},
			span{text: strings.Repeat(" ", room-columns(drawn)) + fmt.Sprintf("%*s", valueWidth, millis(b.value))},
		)
	}
}

// parallelFigures are those of a kata that must keep several CPUs busy.
func parallelFigures(r Report) (list []figure) {
	add := func(label, text string) { list = append(list, figure{label, text}) }
	f, limits := r.Verdict.Figures, r.Evidence.Spec.Limits
	if f.Speedup != nil {
		text := factor(*f.Speedup)
		switch {
		case f.Attainable != nil && limits.Speedup > 0:
			text += fmt.Sprintf(" (%.2f possible here, asked %.2f)", *f.Attainable, limits.Speedup**f.Attainable)
		case f.Attainable != nil:
			text += fmt.Sprintf(" (%.2f possible here)", *f.Attainable)
		}
		add("speed-up", text)
	}
	if f.Utilisation != nil {
		text := fmt.Sprintf("%.2f of %d", *f.Utilisation, r.Evidence.Machine.P)
		if f.RefBusy != nil {
			text += fmt.Sprintf(" (ref %.2f)", *f.RefBusy)
		}
		add("CPUs busy", text)
	}
	if f.Inflation != nil {
		text := factor(*f.Inflation) + " the reference's"
		if limits.Inflation > 0 {
			text += fmt.Sprintf(" (limit %.2f)", limits.Inflation)
		}
		add("CPU time", text)
	}
	list = append(list, traceFigures(r)...)
	if r.Verdict.Outcome == verdict.Inconclusive && f.Noise != nil {
		add("noise", fmt.Sprintf("the reference's own times differ by %s", percent(*f.Noise)))
	}
	return list
}

// traceFigures say in a sentence what the execution trace saw.
func traceFigures(r Report) (list []figure) {
	add := func(label, text string) { list = append(list, figure{label, text}) }
	f := r.Verdict.Figures
	goroutines, traced, truncated := 0, false, false
	for _, t := range r.Evidence.Traces {
		if t.Role != evidence.You {
			continue
		}
		if t.Truncated {
			truncated = true
			continue
		}
		goroutines, traced = max(goroutines, t.Goroutines), true
	}
	if truncated && !traced {
		add("trace", "too many events to record: goroutines wait and wake all the time")
	}
	if f.Overlap != nil && traced {
		text := quantity(goroutines, "goroutine")
		switch share := *f.Overlap; {
		case goroutines == 0:
			text = "no goroutine but the first, so nothing can overlap"
		case share < 0.005:
			text += ", never two running at once"
		case share < 0.05:
			text += fmt.Sprintf(", hardly ever two running at once (overlap %s)", percent(share))
		default:
			text += fmt.Sprintf(", two or more running %s of the time", percent(share))
		}
		add("trace", text)
	}
	if f.Work != nil && f.Span != nil && f.Parallelism != nil {
		add("work, span", fmt.Sprintf("%s, %s: parallelism %.1f", millis(*f.Work), millis(*f.Span), *f.Parallelism))
	}
	return list
}

// overlapFigures say how many calls were under way at once, and the CPU time
// that it took.
func overlapFigures(r Report) (list []figure) {
	limits := r.Evidence.Spec.Limits
	rounds := r.counted()
	all := procs(rounds)
	if len(all) == 0 {
		return nil
	}
	least := all[0]
	if most, ok := median(rounds, evidence.You, least, fact("in_flight")); ok {
		text := fmt.Sprintf("%.0f at once", most)
		if limits.InFlight > 0 {
			text += fmt.Sprintf(" (asked %d)", limits.InFlight)
		}
		list = append(list, figure{"in flight", text})
	}
	if spent, ok := median(rounds, evidence.You, least, cpu); ok {
		text := millis(spent)
		if limits.CPU > 0 {
			text += fmt.Sprintf(" (limit %s)", millis(limits.CPU.Nanoseconds()))
		}
		list = append(list, figure{"CPU time", text})
	}
	return list
}

// answers says what is known of correctness before time was measured.
func answers(e evidence.Evidence) []figure {
	if e.Ran == 0 {
		return nil
	}
	text := quantity(e.Ran, "run") + ", all right; "
	if e.RaceOff != "" {
		text += "data races not looked for: " + e.RaceOff
	} else {
		text += "no data race"
	}
	return []figure{{answered, text}}
}

// witnesses writes what each witness says, and whether they agree.
func (p *page) witnesses(r Report) {
	var marks, heard, silent []string
	said := map[string]bool{}
	for _, w := range witnesses(r.Verdict) {
		name, sign := w.Name, p.sign.fail
		if name == "cpu" {
			name = "CPU"
		}
		switch w.Says {
		case unavailable:
			sign = p.sign.silent
			silent = append(silent, name)
		case parallel:
			sign = p.sign.pass
		}
		if w.Says != unavailable {
			heard = append(heard, name)
			said[w.Says] = true
		}
		marks = append(marks, name+" "+sign)
	}
	if len(heard) == 0 {
		return
	}
	if r.Evidence.Spec.Kind != spec.Parallel {
		silent = slices.DeleteFunc(silent, func(name string) bool { return name == "trace" }) // nobody asked it
	}
	left := " " + strings.Join(marks, "   ")
	comment := "(" + agreement(heard, silent, len(said) == 1) + ")"
	if columns(left)+3+columns(comment) <= p.width {
		p.line(span{text: left + "   "}, span{text: comment, style: p.theme.faint})
		return
	}
	p.line(span{text: left})
	for _, line := range wrap(comment, p.width-2) {
		p.line(span{text: " " + line, style: p.theme.faint})
	}
}

// agreement says whether the witnesses that were heard agree, and who could not
// testify.
func agreement(heard, silent []string, agree bool) string {
	verb := "agree"
	if !agree {
		verb = "disagree"
	}
	switch {
	case len(heard) == 1:
		return "only " + article(heard[0]) + " could testify"
	case len(heard) == 3:
		return "three witnesses " + verb
	case len(silent) == 0:
		return strings.Join(heard, " and ") + " " + verb
	}
	return article(silent[0]) + " could not testify; " + strings.Join(heard, " and ") + " " + verb
}

// article names a witness in a sentence.
func article(name string) string {
	if name == "trace" {
		return "the trace"
	}
	return "the " + name + " clock"
}
