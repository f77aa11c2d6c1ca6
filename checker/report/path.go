package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gokata/checker/evidence"
)

// pathStep is a step of the critical path as it is shown.
type pathStep struct {
	Share  float64 // of the span
	Before float64 // share of the steps before it, also of those not shown
	Ran    int64   // ns
	Func   string
	How    string
	At     evidence.Position
}

// pathOf lists the critical path in its order, at most most steps of it: the
// longest. What the others took in all is left.
func pathOf(t Tracing, most int) (steps []pathStep, others int, left int64) {
	span := int64(0)
	for _, s := range t.Trace.Path {
		span += max(s.Ran, 0)
	}
	longest := slices.SortedFunc(slices.Values(t.Trace.Path), func(a, b evidence.Step) int { return cmp.Compare(b.Ran, a.Ran) })
	least := int64(-1)
	if len(longest) > most {
		least = longest[most-1].Ran
	}
	before := int64(0)
	for _, s := range t.Trace.Path {
		start := before
		before += max(s.Ran, 0)
		if s.Ran < least || len(steps) == most {
			others, left = others+1, left+max(s.Ran, 0)
			continue
		}
		steps = append(steps, pathStep{
			Share: quotient(s.Ran, span), Before: quotient(start, span), Ran: s.Ran,
			Func: shortFunc(s.Func, t.Evidence.Spec.Package), How: hows[s.How], At: s.At,
		})
	}
	return steps, others, left
}

// hows say how the path came to a step.
var hows = map[string]string{"start": "", "go": "started at", "wakes": "woken at"}

// shortFunc drops the package of the solution from the name of a function: the
// kata's, or solution, as the checker calls the folder that it builds in.
func shortFunc(name, pkg string) string {
	name = name[strings.LastIndexByte(name, '/')+1:]
	if in, rest, found := strings.Cut(name, "."); found && (in == pkg || in == "solution") {
		return rest
	}
	return name
}

// pathWords names the goroutines on the path, one after the other.
func pathWords(steps []pathStep, arrow string) string {
	var names []string
	for _, s := range steps {
		if len(names) == 0 || names[len(names)-1] != s.Func {
			names = append(names, s.Func)
		}
	}
	return strings.Join(names, " "+arrow+" ")
}

// criticalPath writes the chain of running time that makes the span.
func (p *page) criticalPath(t Tracing) {
	steps, others, left := pathOf(t, mostSteps)
	if len(steps) == 0 {
		return
	}
	text := p.duration(t.Trace.Span) + ", " + quantity(t.Trace.Handovers, "hand-over")
	if names := text + ": " + p.clean(pathWords(steps, p.sign.arrow)); columns(names)+labelWidth < p.width {
		text = names
	}
	p.field("critical path", text)
	for _, s := range steps {
		p.step(t.Report, s)
	}
	if others > 0 {
		p.line(span{fmt.Sprintf("   and %s, %s in all", quantity(others, "shorter step"), p.duration(left)), p.theme.faint})
	}
}

// step writes one step: its share of the span, the goroutine, and how the path
// came to it.
func (p *page) step(r Report, s pathStep) {
	place, source := p.sourceAt(r, s.At)
	how := strings.TrimSpace(s.How + " " + place)
	if place == "" {
		how, source = "", ""
	}
	p.hang(fmt.Sprintf(" %6s %8s  ", share(s.Share), p.duration(s.Ran)), span{p.clean(s.Func), p.theme.strong}, span{text: how}, span{text: source})
}
