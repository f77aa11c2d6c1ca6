package pages

import (
	"cmp"
	"fmt"
	"html"
	"html/template"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"gokata/cmd/internal/workshop"
)

// Naming is what a learner is called on a page. Where it is nil, nobody is named
// or numbered.
type Naming func(workshop.Learner) string

// curve is the speed-up of one learner by CPUs.
type curve struct {
	id       int64 // of the learner, 0 where nobody is named
	name     string
	passed   bool
	measured step
	possible float64 // the reference's on the same machine; 0: not measured
	points   []step  // by CPUs: from one CPU over what was measured to what is predicted
	known    int     // so many of the points are not predictions
}

type step struct {
	cpus    int
	speedup float64
}

// most is the number of CPUs at which the axis ends.
const most = 64

// curvesOf are those of everybody with figures for a kata, the fastest first.
func curvesOf(people []*workshop.Person, kata string, name Naming) []curve {
	var all []curve
	for _, p := range people {
		cell := p.Cells[kata]
		if cell == nil || !(cell.Speedup > 0) {
			continue
		}
		c := curve{passed: cell.State == workshop.Passed, measured: step{cell.CPUs, cell.Speedup}, possible: cell.Attainable}
		if name != nil {
			c.id, c.name = p.ID, name(p.Learner)
		}
		c.points = []step{{1, 1}}
		if cell.CPUs > 1 && cell.CPUs <= most {
			c.points = append(c.points, c.measured)
		}
		c.known = len(c.points)
		for _, s := range predicted(cell.Curve) {
			if s.cpus > max(cell.CPUs, 1) {
				c.points = append(c.points, s)
			}
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b curve) int { return cmp.Compare(b.measured.speedup, a.measured.speedup) })
	return all
}

// predicted are the points of a curve as it was reported, by CPUs. What is no
// number of CPUs that the axis has is left out.
func predicted(reported map[string]float64) []step {
	var all []step
	for _, key := range slices.Sorted(maps.Keys(reported)) {
		cpus, err := strconv.Atoi(key)
		if s := reported[key]; err == nil && cpus >= 1 && cpus <= most && s > 0 {
			all = append(all, step{cpus, s})
		}
	}
	slices.SortFunc(all, func(a, b step) int { return cmp.Compare(a.cpus, b.cpus) })
	return all
}

// Measures of the wall, in the units of its view box.
const (
	wallWidth, wallHeight   = 480, 300
	wallLeft, wallRight     = 34, 470
	wallTop, wallBottom     = 10, 262
	slowest, fastest        = 0.5, most // of the axis, both powers of two
	namedLines, listedLines = 40, 60    // that the keyboard reaches; that the table shows
)

func wallX(cpus float64) float64 {
	return wallLeft + math.Log2(min(max(cpus, 1), most))/math.Log2(most)*(wallRight-wallLeft)
}

func wallY(speedup float64) float64 {
	up := math.Log2(min(max(speedup, slowest), fastest)/slowest) / math.Log2(fastest/slowest)
	return wallBottom - up*(wallBottom-wallTop)
}

// Wall draws the speed-up curves of a room for one kata: a thin line for each
// learner, solid as far as it was measured and faint where it is predicted, the
// reference's speed-up on the learners' machines as a thick one, and the ideal.
func Wall(people []*workshop.Person, kata, title string, name Naming) template.HTML {
	curves := curvesOf(people, kata, name)
	if len(curves) == 0 {
		return nothing("Nobody has measured a speed-up of " + title + " yet.")
	}
	var d drawing
	class := "wall"
	if len(curves) > namedLines {
		class = "wall many"
	}
	d.open(wallWidth, wallHeight, class, "group", wallWords(curves, title))
	wallAxes(&d)
	d.path("ideal", []point{{wallX(1), wallY(1)}, {wallX(most), wallY(most)}})
	// The fastest are drawn last, on top.
	for _, c := range slices.Backward(curves) {
		c.draw(&d, len(curves) <= namedLines)
	}
	if reference := possible(curves); len(reference) > 1 {
		points := make([]point, len(reference))
		for i, s := range reference {
			points[i] = point{wallX(float64(s.cpus)), wallY(s.speedup)}
		}
		d.path("reference", points)
	}
	key := template.HTML(`<ul class="key"><li class="learners">a learner, measured</li><li class="predicted">predicted</li><li class="unpassed">not passed</li><li class="reference">reference</li><li class="ideal">ideal</li></ul>`)
	return figure("Speed-up by CPUs: "+title, d.close()+key, wallTable(curves))
}

func wallAxes(d *drawing) {
	for cpus := 1; cpus <= most; cpus *= 2 {
		x := wallX(float64(cpus))
		d.line("grid", x, wallTop, x, wallBottom)
		d.text(x, wallBottom+15, "quiet", "middle", strconv.Itoa(cpus))
	}
	for s := float64(slowest); s <= fastest; s *= 2 {
		y := wallY(s)
		d.line("grid", wallLeft, y, wallRight, y)
		d.text(wallLeft-6, y+4, "quiet", "end", strconv.FormatFloat(s, 'f', -1, 64))
	}
	d.text((wallLeft+wallRight)/2, wallBottom+32, "quiet", "middle", "CPUs")
}

func (c *curve) draw(d *drawing, reachable bool) {
	class := "learner"
	if !c.passed {
		class = "learner unpassed"
	}
	d.WriteString(`<g class="` + class + `"`)
	if c.name != "" && reachable {
		d.WriteString(` tabindex="0" role="img" data-key="curve-` + strconv.FormatInt(c.id, 10) + `" aria-label="` + html.EscapeString(c.words()) + `"`)
	}
	d.WriteByte('>')
	if c.name != "" {
		d.title(c.words())
	}
	points := make([]point, len(c.points))
	for i, s := range c.points {
		points[i] = point{wallX(float64(s.cpus)), wallY(s.speedup)}
	}
	if c.known > 1 {
		d.path("measured", points[:c.known])
	}
	if c.known < len(points) {
		d.path("predicted", points[c.known-1:])
	}
	d.WriteString("</g>")
}

func (c *curve) words() string {
	s := fmt.Sprintf("%s: %s on %s", c.name, factor(c.measured.speedup), quantity(c.measured.cpus, "CPU"))
	if c.possible > 0 {
		s += ", " + factor(c.possible) + " possible"
	}
	if !c.passed {
		s += ", not passed"
	}
	return s
}

// possible is what references gave: the median by CPUs, from one CPU on.
func possible(curves []curve) []step {
	by := map[int][]float64{}
	for _, c := range curves {
		if c.possible > 0 && c.measured.cpus > 1 && c.measured.cpus <= most {
			by[c.measured.cpus] = append(by[c.measured.cpus], c.possible)
		}
	}
	line := []step{{1, 1}}
	for _, cpus := range slices.Sorted(maps.Keys(by)) {
		s := by[cpus]
		slices.Sort(s)
		line = append(line, step{cpus, (s[(len(s)-1)/2] + s[len(s)/2]) / 2})
	}
	return line
}

func wallWords(curves []curve, title string) string {
	var parts []string
	for _, s := range possible(curves)[1:] {
		parts = append(parts, fmt.Sprintf("the reference gives %s on %s", factor(s.speedup), quantity(s.cpus, "CPU")))
	}
	text := fmt.Sprintf("%s measured %s: the best speed-up is %s on %s, the middle one %s",
		quantity(len(curves), "learner"), title, factor(curves[0].measured.speedup), quantity(curves[0].measured.cpus, "CPU"),
		factor(curves[len(curves)/2].measured.speedup))
	return strings.Join(append([]string{text}, parts...), "; ")
}

// wallTable is the wall in numbers. Where nobody is named, learners are counted
// by how fast they are, as a list of them would tell who is who by its order.
func wallTable(curves []curve) template.HTML {
	at := func(c curve, cpus int) string {
		for _, s := range c.points[c.known:] {
			if s.cpus == cpus {
				return factor(s.speedup)
			}
		}
		return ""
	}
	if curves[0].name == "" {
		return countedTable(curves)
	}
	g := newGrid("Learner", "CPUs", "Speed-up", "Possible", "Passed", "On 4", "On 16", "On 64")
	for i, c := range curves {
		if i == listedLines {
			g.row(fmt.Sprintf("and %d more, in the CSV", len(curves)-i))
			break
		}
		passed := "no"
		if c.passed {
			passed = "yes"
		}
		g.row(c.name, strconv.Itoa(c.measured.cpus), factor(c.measured.speedup), factor(c.possible), passed, at(c, 4), at(c, 16), at(c, 64))
	}
	return g.close()
}

func countedTable(curves []curve) template.HTML {
	by := map[int][]curve{}
	for _, c := range curves {
		by[c.measured.cpus] = append(by[c.measured.cpus], c)
	}
	g := newGrid("CPUs", "Learners", "Passed", "Slowest", "Median", "Fastest", "Possible")
	for _, cpus := range slices.Sorted(maps.Keys(by)) {
		all := by[cpus]
		reference := possible(all)
		last, passed := "", 0
		for _, c := range all {
			if c.passed {
				passed++
			}
		}
		if len(reference) > 1 {
			last = factor(reference[1].speedup)
		}
		g.row(strconv.Itoa(cpus), strconv.Itoa(len(all)), strconv.Itoa(passed), factor(all[len(all)-1].measured.speedup),
			factor(all[len(all)/2].measured.speedup), factor(all[0].measured.speedup), last)
	}
	return g.close()
}
