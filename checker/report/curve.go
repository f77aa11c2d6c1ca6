package report

import (
	"fmt"
	"math"
	"slices"

	"gokata/checker/verdict"
)

// curve is the band between the predicted bounds, as a function of the number
// of CPUs.
type curve struct {
	points []bandPoint // by P; the first is P = 1
	least  float64     // the speed-ups that a picture has to show
	most   float64
}

type bandPoint struct {
	procs float64
	verdict.Bounds
}

func newCurve(t Tracing) curve {
	c := curve{points: []bandPoint{{1, verdict.Bounds{Low: 1, High: 1}}}, least: 1, most: 2}
	for procs := range t.Predicted {
		if b, ok := t.bounds(procs); ok && 1 < procs && procs <= 1<<plotDoublings {
			c.points = append(c.points, bandPoint{float64(procs), b})
			c.least, c.most = min(c.least, b.Low), max(c.most, b.High)
		}
	}
	slices.SortFunc(c.points, func(a, b bandPoint) int { return int(a.procs - b.procs) })
	if f := t.serialShare(); f > 0 {
		c.most = max(c.most, amdahl(f, 1<<plotDoublings))
	}
	if m, ok := t.measuredPoint(); ok {
		c.least, c.most = min(c.least, m.Low), max(c.most, m.High)
	}
	return c
}

// heights are how many times 1 is halved to reach the foot of the picture, and
// doubled to reach its top.
func (c curve) heights() (halvings, doublings int) {
	up := func(times float64, least, most int) int {
		return min(max(int(math.Ceil(math.Log2(times)-0.05)), least), most)
	}
	return up(1/c.least, 0, 2), up(c.most, 2, plotDoublings)
}

// band gives the bounds on procs CPUs: straight lines between the points where
// both axes are logarithmic. ok is false beyond the last point.
func (c curve) band(procs float64) (low, high float64, ok bool) {
	for i, b := range c.points[1:] {
		if a := c.points[i]; procs <= b.procs {
			at := math.Log(procs/a.procs) / math.Log(b.procs/a.procs)
			mix := func(from, to float64) float64 { return math.Exp(math.Log(from)*(1-at) + math.Log(to)*at) }
			return mix(a.Low, b.Low), mix(a.High, b.High), true
		}
	}
	return 0, 0, false
}

// curveRow is a row of the table of speed-ups, a cell for each of curvePoints;
// what is not known is empty.
type curveRow struct {
	Name  string
	Cells []string
}

// curveTable lists the predicted bounds, what was measured and Amdahl's line by
// number of CPUs, without the rows that are not known.
func curveTable(t Tracing) (rows []curveRow) {
	add := func(name string, cell func(procs int) (float64, bool), format func(float64) string) {
		row, known := curveRow{Name: name}, false
		for _, procs := range t.curvePoints() {
			text := ""
			if speedup, ok := cell(procs); ok {
				text, known = format(speedup), true
			}
			row.Cells = append(row.Cells, text)
		}
		if known {
			rows = append(rows, row)
		}
	}
	add("lower bound", func(procs int) (float64, bool) { b, ok := t.bounds(procs); return b.Low, ok }, tenths)
	add("upper bound", func(procs int) (float64, bool) { b, ok := t.bounds(procs); return b.High, ok }, tenths)
	measured, ok := t.measuredPoint()
	add("measured", func(procs int) (float64, bool) { return measured.Value, ok && procs == measured.P },
		func(speedup float64) string { return fmt.Sprintf("%.2f", speedup) })
	f := t.serialShare()
	add("Amdahl", func(procs int) (float64, bool) { return amdahl(f, float64(procs)), f > 0 }, tenths)
	return rows
}

// tenths writes a speed-up in a table.
func tenths(f float64) string {
	switch {
	case f < 0.05:
		return "<0.1"
	case f < 99.95:
		return fmt.Sprintf("%.1f", f)
	}
	return fmt.Sprintf("%.0f", f)
}

// curveWords says what the lines of the curve rest on.
func curveWords(t Tracing) (sentences []string) {
	if len(t.Predicted) == 0 {
		sentences = append(sentences, "There are no bounds: this trace could not be replayed on other numbers of CPUs.")
	}
	if f := t.serialShare(); f > 0 {
		sentences = append(sentences, fmt.Sprintf("Amdahl's line takes the span, %s of the work, as the part that CPUs cannot share.", share(f)))
	}
	return sentences
}

// share writes a part of a whole, with a digit more below 10 %.
func share(f float64) string {
	switch {
	case f >= 0.0995:
		return percent(f)
	case f > 0 && f < 0.0005:
		return "<0.1 %"
	}
	return fmt.Sprintf("%.1f %%", 100*f)
}
