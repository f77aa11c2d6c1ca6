package report

import (
	"fmt"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Bounds of what the outlook says.
const (
	outlookProcs = 16
	// What is 10 % of the critical path or more is named.
	worthNaming = 0.1
	// Where the upper bound reaches 90 % of the CPUs, nothing holds the code.
	unheld = 0.9 * outlookProcs
)

// outlook writes after a pass what the code would give on a larger machine.
func (p *page) outlook(r Report) {
	text := outlook(r)
	if text == "" {
		return
	}
	lines := wrap(text, p.width-2)
	for _, line := range lines[:len(lines)-1] {
		p.line(span{text: " " + line})
	}
	p.edges(span{text: " " + lines[len(lines)-1]}, span{text: "See it:  gokata trace"})
}

// outlook is what a solution that passed would give on 16 CPUs, and what would
// hold it there, as far as the trace knows; empty if nothing is predicted.
func outlook(r Report) string {
	b, ok := r.Verdict.Figures.Predicted[outlookProcs]
	if r.Verdict.Outcome != verdict.Pass || r.Evidence.Spec.Kind != spec.Parallel || !ok || !sound(b) {
		return ""
	}
	text := fmt.Sprintf("On %d CPUs this code would give %s x", outlookProcs, between(b.Low, b.High))
	if b.High < unheld {
		if what, part := serialPart(bestPath(r)); part >= worthNaming {
			holds := "is what holds it"
			if part < 0.5 {
				holds = "is a part of what holds it"
			}
			text += fmt.Sprintf("; then what runs %s the goroutines (%s of the span) %s", what, percent(part), holds)
		}
	}
	return text + "."
}

// bestPath is the critical path of the learner's trace that shows most
// parallelism.
func bestPath(r Report) []evidence.Step {
	var path []evidence.Step
	most := 0.0
	for _, t := range r.Evidence.Traces {
		if t.Role != evidence.You || t.Truncated || !t.Valid || t.Procs != r.Evidence.Machine.P {
			continue
		}
		if parallelism := quotient(t.Work, t.Span); parallelism > most {
			path, most = t.Path, parallelism
		}
	}
	return path
}

// serialPart gives the larger of two shares of a critical path: what the caller
// runs before it hands over to the first goroutine of the path, and what it
// runs after the last has woken it. All between is the work that goroutines
// share. A path that never leaves the caller has no such part.
func serialPart(path []evidence.Step) (what string, part float64) {
	if len(path) < 2 {
		return "", 0
	}
	span := int64(0)
	for _, s := range path {
		span += s.Ran
	}
	first, last := path[0], path[len(path)-1]
	before, after := 0.0, 0.0
	if first.How == "start" {
		before = quotient(first.Ran, span)
	}
	if last.Func == first.Func && last.How == "wakes" {
		after = quotient(last.Ran, span)
	}
	if before > after {
		return "before", before
	}
	return "after", after
}
