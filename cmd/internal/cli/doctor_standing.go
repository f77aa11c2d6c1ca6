package cli

import (
	"fmt"
	"math"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
	"gokata/cmd/internal/theme"
	lessonterm "gokata/lessons/term"
)

// standing says what was measured, what can be judged, and what to change.
func (a *app) standing(f findings) string {
	t := &table{a: a}
	if f.Calibration != nil {
		t.b.WriteByte('\n')
		t.calibrated(f)
	}
	fmt.Fprintf(&t.b, "\n%s\n", indent(a.out.Bold(conclusion(f)), a.out.Width))
	if f.Calibration == nil && f.Standing.Why != "" {
		fmt.Fprintf(&t.b, "%s\n", indent(f.Standing.Why, a.out.Width))
	}
	for _, c := range f.Standing.Cures {
		fmt.Fprintf(&t.b, "\n%s\n", indent(c.Do, a.out.Width))
		if c.Command != "" {
			fmt.Fprintf(&t.b, "   %s\n", a.out.Command(c.Command))
		}
	}
	return t.b.String()
}

// calibrated writes the figures of a calibration, the attainable speed-up and
// the CPUs busy as bars whose whole length is P.
func (t *table) calibrated(f findings) {
	c, p := f.Calibration, float64(f.Calibration.P)
	how := fmt.Sprintf("%s, %s, %.1f s", c.Kata, counted(c.Rounds, "round"), c.Elapsed.Seconds())
	fmt.Fprintf(&t.b, "%s\n", spread(" "+t.a.out.Bold("Here and now"), how, t.a.out.Width))
	if s := c.Speedup; s != nil {
		t.bar("attainable", s.Median/p, fmt.Sprintf("%.2f x of %d", s.Median, c.P))
		if s.Low != nil && s.High != nil {
			t.figure("", fmt.Sprintf("99 %% sure: %.2f to %.2f", *s.Low, *s.High))
		}
	}
	if c.Busy != nil {
		t.bar("CPUs busy", *c.Busy/p, fmt.Sprintf("%.2f of %d", *c.Busy, c.P))
	}
	if c.Inflation != nil {
		t.figure("CPU time", fmt.Sprintf("%.2f x that of one CPU", *c.Inflation))
	}
	t.share("noise", c.Noise, "between runs")
	t.share("others ran", c.Waiting, "of the time a CPU was wanted")
	t.share("stolen", c.Steal, "by the host")
	if c.Throttled > 0 {
		t.figure("throttled", counted(c.Throttled, "more round")+", not counted")
	}
	m := fine
	if f.Standing.Parallelism != verdict.Sure {
		m = remark
	}
	t.row(m, "held back by", heldBackBy(f.Standing.Limit, c), f.Standing.Why)
}

// figure writes a row of what has no grade of its own.
func (t *table) figure(name, value string) {
	for i, line := range lessonterm.Wrap(value, t.a.out.Width-column) {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(&t.b, "   %s %s\n", theme.Pad(name, column-4), line)
	}
}

func (t *table) share(name string, share *float64, of string) {
	if share != nil {
		t.figure(name, fmt.Sprintf("%.0f %% %s", 100**share, of))
	}
}

// bar writes a share as a bar and its figure, below the bar where both do not
// fit on a line.
func (t *table) bar(name string, share float64, figure string) {
	const apart, least, most = 2, 20, 50
	room := t.a.out.Width - column
	cells := room - apart - lessonterm.Width("0.00 x of 0")
	if cells < least {
		t.figure(name, gauge(share, room-apart))
		t.figure("", figure)
		return
	}
	t.figure(name, gauge(share, min(cells, most))+strings.Repeat(" ", apart)+figure)
}

// gauge draws a share of a whole.
func gauge(share float64, cells int) string {
	filled := max(0, min(cells, int(math.Round(share*float64(cells)))))
	return strings.Repeat("▓", filled) + strings.Repeat("░", cells-filled)
}

func heldBackBy(l verdict.Limit, c *evidence.Calibration) string {
	switch {
	case l == verdict.Unknown:
		return "not known"
	case l == verdict.Slack:
		return "slack: CPUs were idle, or with others"
	case l == verdict.SharedCore:
		return "a shared core (SMT)"
	case l != verdict.Quiet:
		return string(l)
	case c.Noise != nil && *c.Noise > verdict.NoiseShows:
		return "noise"
	}
	return "nothing"
}

// conclusion says in a sentence what can be judged.
func conclusion(f findings) string {
	s := f.Standing
	if f.NoGo != "" {
		return "Nothing can be checked until there is a go command. Lessons and questions work."
	}
	can := []string{"Answers"}
	var not []string
	parallelism := "parallelism"
	switch s.Limit {
	case verdict.OneCPU:
		parallelism += " (which takes two CPUs)"
	case verdict.Quota:
		parallelism += " (the CPU quota is too tight)"
	}
	for _, what := range []struct {
		name  string
		trust verdict.Trust
	}{{"data races", s.Races}, {parallelism, s.Parallelism}} {
		if what.trust == verdict.No {
			not = append(not, what.name)
		} else {
			can = append(can, what.name)
		}
	}
	text := list(can) + " can be judged"
	if len(not) > 0 {
		text += "; " + list(not) + " cannot"
	}
	if s.Parallelism == verdict.Hard {
		text += ", but parallelism not well now: a check takes longer, and may end inconclusive"
	}
	return text + "."
}

// list is "a", "a and b", "a, b and c".
func list(items []string) string {
	last := len(items) - 1
	if last == 0 {
		return items[0]
	}
	return strings.Join(items[:last], ", ") + " and " + items[last]
}
