package report

import (
	"fmt"
	"strings"

	"gokata/checker/evidence"
)

// look is what a cell of the timeline shows.
type look int

const (
	running look = iota // all the time
	partly              // running for a part of it
	idle
	collecting
	preempted
	others
)

// meanings are the words of the legend, in its order.
var meanings = []struct {
	look  look
	means string
}{
	{running, "your goroutines"},
	{partly, "in part"},
	{idle, "idle"},
	{collecting, "GC"},
	{preempted, "preempted"},
	{others, "the harness, the runtime"},
}

// lookOf says how a cell of that length in ns looks, and in which share of it
// the solution ran. What ran at all is seen.
func lookOf(c cell, length int64, marks bool) (look, float64) {
	share := float64(c.yours) / float64(max(length, 1))
	switch {
	case c.preempted && marks:
		return preempted, share
	case c.yours > 0 && c.yours >= c.gc:
		if share < 15.0/16 {
			return partly, share
		}
		return running, 1
	case c.gc > 0 && c.gc >= c.other:
		return collecting, 0
	case c.other > 0:
		return others, 0
	}
	return idle, 0
}

// draw gives the sign of a look in its style.
func (p *page) draw(l look, share float64) span {
	switch l {
	case idle:
		return span{p.sign.idle, p.theme.faint}
	case collecting:
		return span{p.sign.gc, p.theme.unsure}
	case preempted:
		return span{p.sign.preempted, p.theme.bad}
	case others:
		return span{p.sign.other, p.theme.faint}
	}
	steps := len(p.sign.share)
	step := min(max(int(share*float64(steps)+0.5), 1), steps)
	return span{p.sign.share[step-1], p.theme.you}
}

// timeline draws a row for each P, the axis of time, and a legend of the signs
// that occur.
func (p *page) timeline(t evidence.Timeline) {
	if t.Wall <= 0 || len(t.Slices) == 0 {
		return
	}
	_, procs := lanesOf(t, 0, 0)
	shown := min(procs, mostLanes)
	lead := len(fmt.Sprintf(" P%d ", max(shown-1, 0)))
	cells := p.width - lead - 1
	lanes, _ := lanesOf(t, shown, cells)
	_, all := totals(t)
	// So many that they would cover the rows are counted, not drawn.
	marks := all.Preempted <= shown*cells/4
	seen := map[look]bool{}
	for i, l := range lanes {
		row := []span{{pad(fmt.Sprintf(" P%d", i), lead), p.theme.strong}}
		for _, c := range l {
			look, share := lookOf(c, t.Wall/int64(cells), marks)
			seen[look] = true
			s := p.draw(look, share)
			if last := &row[len(row)-1]; len(row) > 1 && last.style == s.style {
				last.text += s.text
			} else {
				row = append(row, s)
			}
		}
		p.line(row...)
	}
	p.timeAxis(t.Wall, lead, cells)
	var legend [][]span
	for _, m := range meanings {
		if m.look == partly && !seen[running] {
			m.means = "your goroutines, " + m.means
		}
		if seen[m.look] {
			legend = append(legend, []span{p.draw(m.look, map[look]float64{running: 1, partly: 0.5}[m.look]), {text: " " + m.means}})
		}
	}
	p.flow(legend...)
	if more := procs - shown; more > 0 {
		p.paragraph(fmt.Sprintf("And %s, not shown.", quantity(more, "more P")))
	}
	if !marks {
		p.paragraph(fmt.Sprintf("Goroutines were preempted %d times, too often to draw.", all.Preempted))
	}
}

// timeAxis writes round times under the cells where they are.
func (p *page) timeAxis(wall int64, lead, cells int) {
	const apart = 9 // columns between two labels, about
	ticks, unit := ticksOf(wall, max(cells/apart, 2))
	unit = " " + p.clean(unit)
	line := strings.Repeat(" ", lead)
	for _, t := range ticks {
		at := lead + int(float64(t.At)/float64(wall)*float64(cells))
		if at+len(t.Label)+columns(unit) > p.width || at < len(line) {
			break
		}
		line = pad(line, at) + t.Label
	}
	p.line(span{line + unit, p.theme.faint})
}
