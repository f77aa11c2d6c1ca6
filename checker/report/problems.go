package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// How much of a problem the screen shows; the rest is counted.
const (
	mostFindings = 3
	mostDetail   = 8 // lines of a panic or of stacks
	tab          = "    "
)

// findingsOf gives what was said of the source, if that decided.
func findingsOf(r Report) []evidence.Finding {
	switch r.Verdict.Reason {
	case verdict.Build:
		return r.Evidence.Compile
	case verdict.Forbidden:
		return r.Evidence.Refused
	case verdict.Vet:
		return r.Evidence.Vet
	}
	return nil
}

// findings writes what was said of the source, each with its line and a caret.
func (p *page) findings(found []evidence.Finding) {
	for _, f := range found[:min(len(found), mostFindings)] {
		text := p.clean(where(f.Position, true) + f.Message)
		for i, line := range wrap(text, p.width-2) {
			if i > 0 {
				line = "  " + line
			}
			p.line(span{text: line})
		}
		p.caret(f)
	}
	if more := len(found) - mostFindings; more > 0 {
		p.blank()
		p.line(span{text: fmt.Sprintf("and %d more", more), style: p.theme.faint})
	}
}

// where writes a position as compilers do, with a colon and a space behind.
func where(at evidence.Position, column bool) string {
	switch {
	case at.File == "":
		return ""
	case at.Line == 0:
		return at.File + ": "
	case column && at.Column > 0:
		return fmt.Sprintf("%s:%d:%d: ", at.File, at.Line, at.Column)
	}
	return fmt.Sprintf("%s:%d: ", at.File, at.Line)
}

// caret writes a line of source and, under it, a caret at the finding's column.
func (p *page) caret(f evidence.Finding) {
	source := strings.TrimLeft(f.Source, " \t")
	if strings.TrimSpace(source) == "" {
		return
	}
	// Columns count bytes, as in the compiler's own messages.
	column := min(max(f.Column-1-(len(f.Source)-len(source)), 0), len(source))
	before, after := p.source(source[:column]), p.source(source[column:])
	room := p.width - len(tab)
	// A long line is cut at the left, so that the caret stays on the screen.
	if lead := columns(before); lead > room/2 && lead+columns(after) > room {
		keep := before
		for columns(keep) > room/2 {
			keep = keep[len(prefix(keep, 1)):]
		}
		before = p.sign.cut + keep
	}
	p.line(span{text: tab + p.fit(before+after, room)})
	if f.Column > 0 {
		p.line(span{text: tab + strings.Repeat(" ", columns(before))}, span{text: "^", style: p.theme.bad})
	}
}

// source makes a piece of source safe to show; tabs become spaces.
func (p *page) source(s string) string {
	return p.clean(strings.ReplaceAll(strings.TrimRight(s, "\r\n"), "\t", tab))
}

// quote writes a line of the learner's source with its place.
func (p *page) quote(r Report, at evidence.Position) {
	place := strings.TrimSuffix(p.clean(where(at, false)), ": ")
	if place == "" {
		return
	}
	lines := strings.Split(r.Files[at.File], "\n")
	text := ""
	if at.Line >= 1 && at.Line <= len(lines) {
		text = p.source(strings.TrimSpace(lines[at.Line-1]))
	}
	one := "   " + place + "   " + text
	if columns(one) <= p.width || text == "" {
		p.line(span{text: "   " + place, style: p.theme.strong}, span{text: "   " + text})
		return
	}
	p.line(span{text: "   " + place, style: p.theme.strong})
	p.line(span{text: "     " + p.fit(text, p.width-5)})
}

// wrongRuns gives the correctness runs that went wrong, from the hidden cases
// or, failing those, from the measured rounds.
func wrongRuns(r Report) []evidence.CaseRun {
	if len(r.Evidence.Cases) > 0 {
		return r.Evidence.Cases
	}
	var runs []evidence.CaseRun
	for _, round := range r.Evidence.Rounds {
		if round.Wrong != nil {
			runs = append(runs, *round.Wrong)
		}
	}
	return runs
}

// wrongRun writes the first run that went wrong: what was run, and how it ended.
func (p *page) wrongRun(r Report, runs []evidence.CaseRun) {
	run := runs[0]
	name := run.Name
	if run.Procs > 0 {
		name = strings.TrimPrefix(fmt.Sprintf("%s, at GOMAXPROCS=%d", name, run.Procs), ", ")
	}
	p.field("case", name)
	if run.Godebug != "" {
		p.field("with", "GODEBUG="+run.Godebug)
	}
	if run.Input != "" {
		p.verbatim("input", p.clean(run.Input))
	}
	if run.Failed == evidence.WrongAnswer {
		line, got, want := firstDifference(run.Got, run.Want)
		if line > 0 {
			p.field("differs", fmt.Sprintf("from line %d of the answer on", line))
		}
		p.outputs(got, want)
	}
	if run.Bound != nil {
		p.blank()
		p.counts([]evidence.Bound{*run.Bound}, nil)
	}
	if !strings.Contains(r.Verdict.Explanation, run.Detail) {
		p.detail(run.Detail)
	}
	if run.At != nil {
		p.quote(r, *run.At)
	}
	if more := len(runs) - 1; more > 0 {
		p.blank()
		p.paragraph(fmt.Sprintf("And %s went wrong.", quantity(more, "more run")))
	}
}

// detail writes a message of several lines, such as a panic with its stack.
func (p *page) detail(text string) {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return
	}
	lines := strings.Split(text, "\n")
	for _, line := range lines[:min(len(lines), mostDetail)] {
		p.line(span{text: "   " + p.fit(p.source(line), p.width-3)})
	}
	if more := len(lines) - mostDetail; more > 0 {
		p.line(span{text: "   and " + quantity(more, "more line"), style: p.theme.faint})
	}
}

// firstDifference narrows two outputs of several lines down to the first line
// in which they differ, counted from 1; 0 means that they are one line each.
func firstDifference(got, want string) (line int, gotLine, wantLine string) {
	if !strings.Contains(got, "\n") && !strings.Contains(want, "\n") {
		return 0, got, want
	}
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return i + 1, "(nothing more)", b[i]
		case i >= len(b):
			return i + 1, a[i], "(nothing more)"
		case a[i] != b[i]:
			return i + 1, a[i], b[i]
		}
	}
	return 0, got, want
}

// outputs writes the output that came and the one that should have come.
func (p *page) outputs(got, want string) {
	show := func(s string) string { return p.clean(s) }
	if slices.Equal(strings.Fields(got), strings.Fields(want)) {
		// Only blanks differ: quotes make them visible.
		show = func(s string) string { return p.clean(strconv.Quote(s)) }
	}
	p.verbatim("got", show(around(got, want, p.width)))
	p.verbatim("want", show(around(want, got, p.width)))
}

// around gives the part of a long text around its first difference from other.
func around(text, other string, width int) string {
	const lines = 3
	if len(text) <= lines*width {
		return text
	}
	same := 0
	for same < min(len(text), len(other)) && text[same] == other[same] {
		same++
	}
	start := max(same-width, 0)
	// A cut inside of a character would show as garbage.
	for start > 0 && text[start]&0xC0 == 0x80 {
		start--
	}
	if start == 0 {
		return text
	}
	return "…" + text[start:]
}

// verbatim writes a label and clean text with its blanks as they are, broken
// where the line ends, three lines at most.
func (p *page) verbatim(label, text string) {
	const lines = 3
	if text == "" {
		text = "(nothing)"
	}
	head, room := pad(" "+label, labelWidth), p.width-labelWidth-1
	for i := range lines {
		part := prefix(text, room)
		// Break behind a blank, where there is one not far from the end.
		if end := strings.LastIndexByte(part, ' ') + 1; len(part) < len(text) && end > len(part)/2 {
			part = part[:end]
		}
		text = text[len(part):]
		if i == lines-1 && text != "" {
			part = p.fit(part+text, room)
		}
		p.line(span{text: head, style: p.theme.strong}, span{text: part})
		if text == "" {
			return
		}
		head = strings.Repeat(" ", labelWidth)
	}
}

// races writes both places of the first data race.
func (p *page) races(r Report) {
	if len(r.Evidence.Races) == 0 {
		return
	}
	race := r.Evidence.Races[0]
	p.paragraph("Nothing puts these two in order:")
	p.quote(r, race.At)
	p.quote(r, race.Other)
	if race.At == (evidence.Position{}) && race.Other == (evidence.Position{}) {
		p.detail(race.Detail)
	}
	if more := len(r.Evidence.Races) - 1; more > 0 {
		p.paragraph("And " + quantity(more, "more pair") + " of lines.")
	}
}
