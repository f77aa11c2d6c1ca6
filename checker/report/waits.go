package report

import (
	"fmt"
	"slices"
	"strings"

	"gokata/checker/evidence"
)

// mostWaits and mostSteps are how many places are shown; the rest is counted.
const (
	mostWaits = 3
	mostSteps = 12
)

// waited writes where the goroutines waited, and for how long.
func (p *page) waited(t Tracing) {
	if text := waitWords(t.Trace); text != "" {
		p.field("waited", text)
	}
	for _, b := range t.Trace.Blocked[:min(len(t.Trace.Blocked), mostWaits)] {
		p.placed(t.Report, p.duration(b.Total), blockWords(b), b.At)
	}
}

// waitWords sums up the waiting of all goroutines.
func waitWords(t evidence.Trace) string {
	list, sum := waitsByClass(t)
	if sum == 0 {
		return ""
	}
	var parts []string
	for _, w := range list {
		parts = append(parts, w.Class+" "+duration(w.Total))
	}
	return fmt.Sprintf("%s, all goroutines together: %s", duration(sum), strings.Join(parts, ", "))
}

// blockWords says why goroutines waited at a place: "sync, 63 times".
func blockWords(b evidence.Block) string {
	if b.Count > 0 {
		return b.Reason + ", " + quantity(b.Count, "time")
	}
	return b.Reason
}

// placed writes a figure, words about it, and the learner's line with its place.
func (p *page) placed(r Report, figure, words string, at evidence.Position) {
	place, source := p.sourceAt(r, at)
	p.hang(fmt.Sprintf("   %8s  ", p.clean(figure)), span{place, p.theme.strong}, span{text: source}, span{p.clean(words), p.theme.faint})
}

// hang writes parts behind a head, three columns apart: on one line, or else all
// but the first on the next, or else each on its own, of two lines at most.
func (p *page) hang(head string, parts ...span) {
	parts = slices.DeleteFunc(parts, func(s span) bool { return s.text == "" })
	if len(parts) == 0 {
		p.line(span{text: head})
		return
	}
	const gap = "   "
	join := func(parts []span) (line []span, width int) {
		for i, s := range parts {
			if i > 0 {
				line, width = append(line, span{text: gap}), width+len(gap)
			}
			line, width = append(line, s), width+columns(s.text)
		}
		return line, width
	}
	room, lead := p.width-columns(head), span{text: strings.Repeat(" ", columns(head))}
	if line, width := join(parts); width <= room {
		p.line(append([]span{{text: head}}, line...)...)
		return
	}
	p.foldedPart(span{text: head}, parts[0], room)
	if line, width := join(parts[1:]); width <= room {
		p.line(append([]span{lead}, line...)...)
		return
	}
	for _, s := range parts[1:] {
		p.foldedPart(lead, s, room)
	}
}

// foldedPart writes one part behind a head, broken once where it is long.
func (p *page) foldedPart(head, part span, room int) {
	lines := wrap(part.text, room)
	switch {
	case !strings.Contains(part.text, " "): // a name is not broken
		lines = []string{p.fit(part.text, room)}
	case len(lines) > 2:
		lines = []string{lines[0], p.fit(strings.Join(lines[1:], " "), room)}
	}
	for _, text := range lines {
		p.line(head, span{text, part.style})
		head.text = strings.Repeat(" ", columns(head.text))
	}
}

// sourceAt gives a place and its line of source, safe to show and empty where
// they are not known.
func (p *page) sourceAt(r Report, at evidence.Position) (place, source string) {
	place, source = sourceAt(r, at)
	return p.clean(place), p.source(source)
}

func sourceAt(r Report, at evidence.Position) (place, source string) {
	place = strings.TrimSuffix(where(at, false), ": ")
	if lines := strings.Split(r.Files[at.File], "\n"); at.Line >= 1 && at.Line <= len(lines) {
		source = strings.TrimSpace(lines[at.Line-1])
	}
	return place, source
}

// atOnce draws for how long none, one, two, … of the goroutines ran at once.
func (p *page) atOnce(t Tracing) {
	bins := histogram(t.Trace)
	all, largest := int64(0), int64(0)
	for _, b := range bins {
		all, largest = all+b.Total, max(largest, b.Total)
	}
	if all == 0 {
		return
	}
	label, lead := " ran at once", labelWidth
	if p.width < 60 {
		p.line(span{label, p.theme.strong})
		label, lead = "", 3
	}
	const valueWidth, shareWidth = 10, 8
	room := p.width - lead - 6 - valueWidth - shareWidth
	for _, b := range bins {
		drawn := p.sign.bar(b.Total, largest, room)
		p.line(
			span{pad(label, lead), p.theme.strong},
			span{text: pad(b.label(), 6)},
			span{drawn, p.theme.you},
			span{text: strings.Repeat(" ", room-columns(drawn)) + fmt.Sprintf("%*s%*s", valueWidth, p.duration(b.Total), shareWidth, share(float64(b.Total)/float64(all)))},
		)
		label = ""
	}
}

func (b bin) label() string {
	switch {
	case b.More:
		return fmt.Sprintf("%d+", b.From)
	case b.To > b.From:
		return fmt.Sprintf("%d-%d", b.From, b.To)
	}
	return fmt.Sprint(b.From)
}

// goroutines writes how many there were, and what the collector took.
func (p *page) goroutines(t Tracing) {
	for _, f := range goroutineFigures(t) {
		p.field(f.label, f.text)
	}
}

func goroutineFigures(t Tracing) []figure {
	x := t.Trace
	parts := []string{fmt.Sprintf("%d created", x.Goroutines)}
	if x.Goroutines == 0 {
		parts[0] = "none but the caller"
	}
	if x.Peak > 0 {
		parts = append(parts, fmt.Sprintf("%d alive at once", x.Peak))
	}
	if x.Width > 0 {
		parts = append(parts, fmt.Sprintf("%d running or ready at once", x.Width))
	}
	_, all := totals(t.Timeline)
	if all.Preempted > 0 {
		parts = append(parts, "preempted "+quantity(all.Preempted, "time"))
	}
	list := []figure{{"goroutines", strings.Join(parts, ", ")}}
	if all.GC > 0 {
		list = append(list, figure{"GC", fmt.Sprintf("%s of the time that the Ps were in use (%s)", share(quotient(all.GC, all.Yours+all.GC+all.Other)), duration(all.GC))})
	} else if x.GC > 0 {
		list = append(list, figure{"GC", fmt.Sprintf("%s of the goroutines' running time (%s)", share(quotient(x.GC, x.Work+x.GC)), duration(x.GC))})
	}
	return list
}
