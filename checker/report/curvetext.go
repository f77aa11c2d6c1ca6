package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fatih/color"
)

// speedups writes the table of speed-ups by number of CPUs.
func (p *page) speedups(t Tracing) {
	rows := curveTable(t)
	if len(rows) == 0 {
		return
	}
	label, cell, head, bound := labelWidth, 7, "speed-up, P", " bound"
	if p.width < 60 {
		label, cell, head, bound = 10, 6, "P", ""
	}
	points := t.curvePoints()
	cell = min(cell, (p.width-label)/len(points))
	line := func(name string, cells []string) string {
		text := pad(" "+name, label)
		for _, c := range cells {
			if c == "" {
				c = p.sign.silent
			}
			text += strings.Repeat(" ", max(cell-columns(c), 1)) + c
		}
		return text
	}
	var procs []string
	for _, n := range points {
		procs = append(procs, strconv.Itoa(n))
	}
	p.line(span{line(head, procs), p.theme.strong})
	for _, row := range rows {
		var style *color.Color
		if row.Name == "measured" {
			style = p.theme.you
		}
		p.line(span{line(strings.ReplaceAll(row.Name, " bound", bound), row.Cells), style})
	}
	for _, sentence := range curveWords(t) {
		p.paragraph(sentence)
	}
}

// Size of the plot of the curve.
const (
	plotNarrowest = 60 // columns of the page
	plotDoublings = 6  // 1 to 64 CPUs
	plotLead      = 6  // columns left of the plot
)

// plot draws the curve with both axes logarithmic, so that a perfect speed-up
// is a straight line.
func (p *page) plot(t Tracing) {
	f := t.serialShare()
	if p.width < plotNarrowest || f == 0 && len(t.Predicted) == 0 {
		return
	}
	c := newCurve(t)
	apart := min((p.width-plotLead-4)/plotDoublings, 14) // columns of one doubling
	each := 2                                            // rows of one doubling
	halvings, doublings := c.heights()
	grid := newGrid(apart*plotDoublings+1, (halvings+doublings)*each+1)
	row := func(speedup float64) int {
		return int(math.Round((math.Log2(speedup) + float64(halvings)) * float64(each)))
	}
	for x := range grid.width {
		procs := math.Exp2(float64(x) / float64(apart))
		grid.put(x, row(procs), p.sign.ideal, p.theme.faint)
		if low, high, ok := c.band(procs); ok {
			for y := row(low); y <= row(high); y++ {
				grid.put(x, y, p.sign.band, p.theme.ref)
			}
		}
		if f > 0 {
			grid.put(x, row(amdahl(f, procs)), p.sign.amdahl, p.theme.unsure)
		}
	}
	if measured, known := t.measuredPoint(); known {
		grid.put(int(math.Round(math.Log2(float64(measured.P))*float64(apart))), row(measured.Value), p.sign.point, p.theme.you)
	}
	p.paragraph("speed-up")
	for y := grid.height - 1; y >= 0; y-- {
		label := ""
		if y%each == 0 {
			label = fmt.Sprint(math.Exp2(float64(y/each - halvings)))
		}
		p.line(append([]span{{text: fmt.Sprintf("%*s %s", plotLead-2, label, p.sign.up)}}, grid.row(y)...)...)
	}
	p.line(span{text: strings.Repeat(" ", plotLead-1) + p.sign.corner + strings.Repeat(p.sign.across, grid.width)})
	axis := ""
	for i := range plotDoublings + 1 {
		axis = pad(axis, plotLead+i*apart) + strconv.Itoa(1<<i)
	}
	p.line(span{text: axis + "  P"})
	var legend [][]span
	for _, m := range []struct{ sign, means string }{
		{p.sign.ideal, "as many times as CPUs"}, {p.sign.band, "between the bounds"}, {p.sign.amdahl, "Amdahl"}, {p.sign.point, "measured"},
	} {
		if style, drawn := grid.find(m.sign); drawn {
			legend = append(legend, []span{{m.sign, style}, {text: " " + m.means}})
		}
	}
	p.flow(legend...)
}

// grid is a picture of signs; row 0 is at the bottom.
type grid struct {
	width, height int
	cells         []span
}

func newGrid(width, height int) grid {
	g := grid{width, height, make([]span, width*height)}
	for i := range g.cells {
		g.cells[i].text = " "
	}
	return g
}

// put sets one cell; what lies outside is left out.
func (g grid) put(x, y int, text string, style *color.Color) {
	if 0 <= x && x < g.width && 0 <= y && y < g.height {
		g.cells[y*g.width+x] = span{text, style}
	}
}

// find says in which style a sign was put, if it was.
func (g grid) find(text string) (style *color.Color, put bool) {
	for _, s := range g.cells {
		if s.text == text {
			return s.style, true
		}
	}
	return nil, false
}

// row gives row y as spans of one style each.
func (g grid) row(y int) (row []span) {
	for _, s := range g.cells[y*g.width : (y+1)*g.width] {
		if last := len(row) - 1; last >= 0 && row[last].style == s.style {
			row[last].text += s.text
		} else {
			row = append(row, s)
		}
	}
	return row
}
