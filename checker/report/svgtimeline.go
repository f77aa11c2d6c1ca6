package report

import (
	"fmt"
	"slices"
	"strings"

	"gokata/checker/evidence"
)

// Measures of the timeline on a page. Lengths along the axis of time are
// percentages, so that the picture fits any screen; a pixel is a thousandth.
const (
	pixels       = 1000
	pageLanes    = 32
	laneHeight   = 52
	laneText     = 13
	laneTop      = 18
	laneBar      = 22
	pageTicks    = 6
	tickDistance = 16
)

// timelinePicture is a lane for each P.
type timelinePicture struct {
	Desc                  string
	Height, AxisY, LabelY int
	Ticks                 []tickPicture
	Lanes                 []lanePicture
	Key                   []keyItem
	More                  string
}

type tickPicture struct{ X, Anchor, Label string }

type lanePicture struct {
	Name, Busy             string
	TextY, Y               int
	Slices                 []slicePicture
	Preempted              []markPicture
	Yours, GC, Other, Idle string
	Times                  int // preempted
}

type slicePicture struct {
	Class, X, Width, Title string
	Y                      int
}

type markPicture struct {
	X      string
	Y1, Y2 int
}

type keyItem struct {
	Class, Means string
	Line         bool
}

func newTimelinePicture(t evidence.Timeline) *timelinePicture {
	if t.Wall <= 0 || len(t.Slices) == 0 {
		return nil
	}
	procs := t.Procs
	byProc := map[int][]evidence.Slice{}
	for _, s := range t.Slices {
		procs = max(procs, s.Proc+1)
		s.From, s.To = max(s.From, 0), min(s.To, t.Wall)
		if s.From < s.To {
			byProc[s.Proc] = append(byProc[s.Proc], s)
		}
	}
	sums, all := totals(t)
	shown := min(procs, pageLanes)
	p := &timelinePicture{AxisY: shown * laneHeight}
	p.LabelY, p.Height = p.AxisY+tickDistance, p.AxisY+tickDistance+6
	ticks, unit := ticksOf(t.Wall, pageTicks)
	for i, tick := range ticks {
		x := float64(tick.At) / float64(t.Wall)
		anchor := "middle"
		switch {
		case i == 0:
			anchor = "start"
		case x > 0.94:
			anchor = "end"
		}
		p.Ticks = append(p.Ticks, tickPicture{extent(x, 1), anchor, tick.Label + " " + unit})
	}
	var words []string
	for i := range shown {
		sum := sums[i]
		used := sum.Yours + sum.GC + sum.Other
		lane := lanePicture{
			Name: fmt.Sprintf("P%d", i), Busy: "yours " + share(quotient(sum.Yours, t.Wall)),
			TextY: i*laneHeight + laneText, Y: i*laneHeight + laneTop,
			Yours: duration(sum.Yours), GC: duration(sum.GC), Other: duration(sum.Other), Idle: duration(max(t.Wall-used, 0)), Times: sum.Preempted,
		}
		lane.Slices, lane.Preempted = slicesOf(byProc[i], t.Wall, lane.Y)
		p.Lanes = append(p.Lanes, lane)
		words = append(words, lane.Name+" "+share(quotient(sum.Yours, t.Wall)))
	}
	p.Desc = "The share of " + duration(t.Wall) + " in which each P ran the solution's goroutines: " + strings.Join(words, ", ")
	if more := procs - shown; more > 0 {
		p.More = "And " + quantity(more, "more P") + ", not shown."
	}
	for _, k := range []struct {
		keyItem
		there bool
	}{
		{keyItem{classes[evidence.Yours], "your goroutines", false}, all.Yours > 0},
		{keyItem{classes[evidence.GC], "GC", false}, all.GC > 0},
		{keyItem{classes[evidence.Other], "the harness, the runtime", false}, all.Other > 0},
		{keyItem{"preempted", "preempted", true}, all.Preempted > 0},
		{keyItem{"track", "idle", false}, true},
	} {
		if k.there {
			p.Key = append(p.Key, k.keyItem)
		}
	}
	return p
}

// classes are the styles of what runs; what is unknown is other.
var classes = map[evidence.What]string{evidence.Yours: "you", evidence.GC: "gc", evidence.Other: "other"}

func classOf(what evidence.What) string {
	if class, ok := classes[what]; ok {
		return class
	}
	return classes[evidence.Other]
}

// pixelRun is one slice, or several that are shorter than a pixel and share one.
type pixelRun struct {
	evidence.Slice
	count int
	took  map[string]int64 // by class
}

// slicesOf draws the slices of one P. Those shorter than a pixel are drawn as
// one with their neighbours in the same pixel.
func slicesOf(list []evidence.Slice, wall int64, y int) (drawn []slicePicture, marks []markPicture) {
	pixel := func(at int64) int { return int(float64(at) / float64(wall) * pixels) }
	slices.SortStableFunc(list, func(a, b evidence.Slice) int { return int(min(max(a.From-b.From, -1), 1)) })
	var runs []pixelRun
	marked := -1
	for _, s := range list {
		if s.Preempted && s.What == evidence.Yours && pixel(s.To) != marked {
			marked = pixel(s.To)
			marks = append(marks, markPicture{extent(float64(s.To), float64(wall)), y - 3, y + laneBar + 3})
		}
		class := classOf(s.What)
		short := pixel(s.From) == pixel(s.To)
		if last := len(runs) - 1; short && last >= 0 && pixel(runs[last].To) == pixel(s.From) && pixel(runs[last].From) == pixel(s.From) {
			runs[last].count++
			runs[last].To = max(runs[last].To, s.To)
			runs[last].took[class] += s.To - s.From
			continue
		}
		runs = append(runs, pixelRun{s, 1, map[string]int64{class: s.To - s.From}})
	}
	for _, r := range runs {
		class := classOf(r.What)
		for _, other := range []string{"you", "gc", "other"} {
			if r.took[other] > r.took[class] {
				class = other
			}
		}
		drawn = append(drawn, slicePicture{
			Class: class, X: extent(float64(r.From), float64(wall)),
			Width: extent(max(float64(r.To-r.From), float64(wall)/pixels), float64(wall)),
			Title: r.title(), Y: y,
		})
	}
	return drawn, marks
}

// title says what ran, and when.
func (r pixelRun) title() string {
	when := fmt.Sprintf("%.3f to %.3f ms", float64(r.From)/1e6, float64(r.To)/1e6)
	if r.count > 1 {
		return fmt.Sprintf("%d slices, %s", r.count, when)
	}
	name := show(r.Func)
	if name == "" {
		name = string(classOf(r.What))
	}
	if r.Goroutine > 0 {
		name += fmt.Sprintf(", goroutine %d", r.Goroutine)
	}
	title := name + ": " + when + " (" + duration(r.To-r.From) + ")"
	if r.Preempted {
		title += ", then preempted"
	}
	return title
}
