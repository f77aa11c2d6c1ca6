package pages

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"time"

	"gokata/cmd/internal/workshop"
)

// Measures of the pace, in the units of its view box.
const (
	paceWidth, paceHeight = 480, 190
	paceWide              = 800 // on a wall, with larger text
	paceTop, paceBottom   = 14, 160
	paceRows              = 12 // of its table, at most
)

// Pace draws how many passes the room has come to, over time until now, to the
// minute: it is the same picture until then, where nothing happens.
func Pace(people []*workshop.Person, now time.Time) template.HTML {
	return pace(people, now, paceWidth)
}

func pace(people []*workshop.Person, now time.Time, width int) template.HTML {
	now = now.Truncate(time.Minute)
	passes := workshop.Pace(people)
	if len(passes) == 0 {
		return nothing("Nobody has passed a kata yet.")
	}
	begun := passes[0]
	for _, p := range people {
		if p.Joined.Before(begun) {
			begun = p.Joined
		}
	}
	end := passes[len(passes)-1]
	if now.After(end) {
		end = now
	}
	// Times of results may lie days back; clocks of machines differ.
	length := max(end.Sub(begun), time.Minute)
	left, right := float64(46), float64(width-10)
	if width == paceWide {
		left = 72
	}
	x := func(t time.Time) float64 {
		return left + float64(t.Sub(begun))/float64(length)*(right-left)
	}
	top := roundUp(len(passes))
	y := func(n int) float64 { return paceBottom - float64(n)/float64(top)*(paceBottom-paceTop) }

	var d drawing
	d.open(width, paceHeight, "pace", "img", fmt.Sprintf("%s since %s; %d in the last 10 minutes",
		passed(len(passes)), timeOfDay(begun), len(passes)-upTo(passes, now.Add(-10*time.Minute))))
	for i := range 5 {
		if top*i%4 != 0 {
			continue
		}
		d.line("grid", left, y(top*i/4), right, y(top*i/4))
		d.text(left-6, y(top*i/4)+4, "quiet", "end", strconv.Itoa(top*i/4))
	}
	every := interval(length, 6)
	for t := begun.Truncate(every); !t.After(end); t = t.Add(every) {
		if !t.Before(begun) && x(t) < right-14 {
			d.line("axis", x(t), paceBottom, x(t), paceBottom+4)
			d.text(x(t), paceBottom+20, "quiet", "middle", timeOfDay(t))
		}
	}
	d.path("line", paceLine(passes, begun, end, x, y))
	last := len(passes)
	fmt.Fprintf(&d, `<circle class="end" cx="%s" cy="%s" r="4"/>`, number(x(end)), number(y(last)))
	return figure("Passes over time", d.close(), paceTable(passes, begun, end))
}

// paceLine has at most a point for each unit of the picture.
func paceLine(passes []time.Time, begun, end time.Time, x func(time.Time) float64, y func(int) float64) []point {
	line := []point{{x(begun), y(0)}}
	for i, t := range passes {
		if i+1 < len(passes) && x(passes[i+1]) < line[len(line)-1].x+1 {
			continue
		}
		before := line[len(line)-1].y
		line = append(line, point{x(t), before}, point{x(t), y(i + 1)})
	}
	return append(line, point{x(end), y(len(passes))})
}

func paceTable(passes []time.Time, begun, end time.Time) template.HTML {
	g := newGrid("Until", "Passes", "In this time")
	every := interval(max(end.Sub(begun), time.Minute), paceRows-1)
	before := 0
	for t := begun.Truncate(every).Add(every); ; t = t.Add(every) {
		if t.After(end) {
			t = end
		}
		n := upTo(passes, t)
		g.row(timeOfDay(t), strconv.Itoa(n), strconv.Itoa(n-before))
		before = n
		if !t.Before(end) {
			return g.close()
		}
	}
}

// interval is a round time of which at most so many are in a length.
func interval(length time.Duration, most int) time.Duration {
	for _, every := range []time.Duration{1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720} {
		if every *= time.Minute; length <= every*time.Duration(most) {
			return every
		}
	}
	days := length/(24*time.Hour*time.Duration(most)) + 1
	return days * 24 * time.Hour
}

// upTo is how many of the times, which are in order, are not after another.
func upTo(times []time.Time, t time.Time) int {
	n, _ := slices.BinarySearchFunc(times, t, func(a, b time.Time) int {
		if a.After(b) {
			return 1
		}
		return -1
	})
	return n
}

// roundUp is a number that divides well and is not smaller than n.
func roundUp(n int) int {
	for unit := 1; ; unit *= 10 {
		for _, k := range []int{4, 8, 12, 20, 40} {
			if unit*k >= n {
				return unit * k
			}
		}
	}
}

// timeOfDay is a time of day on the host's clock.
func timeOfDay(t time.Time) string { return t.Local().Format("15:04") }

func passed(n int) string {
	if n == 1 {
		return "1 pass"
	}
	return strconv.Itoa(n) + " passes"
}
