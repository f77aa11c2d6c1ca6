package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Measures of the curve on a page, in the units of its view box.
const (
	curveLeft     = 34
	curveDoubling = 63 // along, for twice the CPUs
	curveTop      = 12
	curveRise     = 40 // up, for twice the speed-up
)

// curvePicture is the speed-up by number of CPUs, both axes logarithmic.
type curvePicture struct {
	Desc                          string
	Height, Bottom, LabelY, NameY int
	Rows                          []curveTick
	Columns                       []curveTick
	Ideal, Band, Amdahl           string // points
	Point                         *curvePoint
	Procs                         []int
	Table                         []curveRow
	Words                         []string
}

type curveTick struct {
	X, Y, TextY int
	Label       string
}

// curvePoint is the measured speed-up with the middle 80 % of the rounds.
type curvePoint struct{ X, Y, Top, Foot, Left, Right, Title string }

func newCurvePicture(t Tracing) *curvePicture {
	table := curveTable(t)
	if len(table) == 0 {
		return nil
	}
	c := newCurve(t)
	halvings, doublings := c.heights()
	p := &curvePicture{Procs: t.curvePoints(), Table: table, Words: curveWords(t)}
	p.Bottom = curveTop + (halvings+doublings)*curveRise
	p.LabelY, p.NameY, p.Height = p.Bottom+18, p.Bottom+38, p.Bottom+44
	x := func(procs float64) float64 { return curveLeft + math.Log2(procs)*curveDoubling }
	y := func(speedup float64) float64 {
		up := (math.Log2(speedup) + float64(halvings)) * curveRise
		return min(max(float64(p.Bottom)-up, curveTop), float64(p.Bottom))
	}
	for i := -halvings; i <= doublings; i++ {
		at := int(y(math.Exp2(float64(i))))
		p.Rows = append(p.Rows, curveTick{Y: at, TextY: at + 4, Label: fmt.Sprint(math.Exp2(float64(i)))})
	}
	for i := range plotDoublings + 1 {
		p.Columns = append(p.Columns, curveTick{X: curveLeft + i*curveDoubling, Label: fmt.Sprint(1 << i)})
	}
	top := math.Exp2(float64(doublings))
	p.Ideal = polyline([2]float64{x(1), y(1)}, [2]float64{x(top), y(top)})
	p.Band = c.polygon(x, y)
	if f := t.serialShare(); f > 0 {
		var points [][2]float64
		for i := range 4*plotDoublings + 1 {
			procs := math.Exp2(float64(i) / 4)
			points = append(points, [2]float64{x(procs), y(amdahl(f, procs))})
		}
		p.Amdahl = polyline(points...)
	}
	p.Desc = curveDescription(table, p.Procs)
	if m, ok := t.measuredPoint(); ok && m.P <= 1<<plotDoublings {
		at, coordinate := x(float64(m.P)), func(f float64) string { return fmt.Sprintf("%.1f", f) }
		p.Point = &curvePoint{
			X: coordinate(at), Y: coordinate(y(m.Value)), Top: coordinate(y(m.High)), Foot: coordinate(y(m.Low)),
			Left: coordinate(at - 5), Right: coordinate(at + 5), Title: measuredWords(m),
		}
		p.Words = append([]string{measuredWords(m)}, p.Words...)
	}
	return p
}

// measuredWords says what was measured, and how far the rounds are apart.
func measuredWords(m speedupPoint) string {
	text := fmt.Sprintf("Measured: %s on %s", factor(m.Value), quantity(m.P, "CPU"))
	if m.Rounds >= 3 {
		text += fmt.Sprintf("; of %d rounds the middle 80 %% lie between %.2f and %.2f", m.Rounds, m.Low, m.High)
	}
	if m.Attainable > 0 {
		text += fmt.Sprintf(". The reference solution reached %.2f", m.Attainable)
	}
	return text + "."
}

// polygon gives the points of the band: along the upper bounds, and back along
// the lower ones. It is empty where nothing is predicted.
func (c curve) polygon(x, y func(float64) float64) string {
	if len(c.points) < 2 {
		return ""
	}
	var points [][2]float64
	for _, b := range c.points {
		points = append(points, [2]float64{x(b.procs), y(b.High)})
	}
	for _, b := range slices.Backward(c.points) {
		points = append(points, [2]float64{x(b.procs), y(b.Low)})
	}
	return polyline(points...)
}

func polyline(points ...[2]float64) string {
	var parts []string
	for _, p := range points {
		parts = append(parts, fmt.Sprintf("%.1f,%.1f", p[0], p[1]))
	}
	return strings.Join(parts, " ")
}

// curveDescription says the table of the curve in words.
func curveDescription(table []curveRow, procs []int) string {
	var rows []string
	for _, row := range table {
		var cells []string
		for i, cell := range row.Cells {
			if cell != "" {
				cells = append(cells, fmt.Sprintf("%s on %d", cell, procs[i]))
			}
		}
		rows = append(rows, row.Name+": "+strings.Join(cells, ", "))
	}
	return strings.Join(rows, "; ")
}
