package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/fatih/color"

	"gokata/checker/evidence"
)

// counts draws figures that were counted beside their limits, each pair to a
// scale of its own, and where facts tell it, in which run.
func (p *page) counts(bounds []evidence.Bound, facts []evidence.CaseFacts) {
	const roleWidth, valueWidth = 12, 12
	room := p.width - roleWidth - valueWidth - 1
	for _, b := range bounds {
		what := p.fit(p.clean(b.What), p.width-1)
		place := p.clean(countedIn(b, facts))
		if columns(what)+columns(place) > p.width-1 {
			place = ""
		}
		p.line(span{text: " " + what, style: p.theme.strong}, span{text: place, style: p.theme.faint})
		style := p.theme.you
		if !b.Holds() {
			style = p.theme.bad
		}
		// Bars are of whole numbers: thousandths of the larger one.
		scale := 1000 / math.Max(math.Max(b.Got, b.Limit), 1)
		bar := func(name string, value float64, style *color.Color) {
			drawn := p.sign.bar(int64(value*scale), 1000, room)
			p.line(
				span{text: pad("   "+name, roleWidth)},
				span{text: drawn, style: style},
				span{text: strings.Repeat(" ", room-columns(drawn)) + fmt.Sprintf("%*s", valueWidth, amount(value))},
			)
		}
		bar("you", b.Got, style)
		bar(side(b), b.Limit, p.theme.ref)
	}
}

// countedIn says in which run a bound was counted that several runs kept.
func countedIn(b evidence.Bound, facts []evidence.CaseFacts) string {
	for _, f := range facts {
		if slices.Contains(f.Bounds, b) {
			return fmt.Sprintf("   %q, GOMAXPROCS=%d", f.Case, f.Procs)
		}
	}
	return ""
}

// side says which side of its limit a bound asks for.
func side(b evidence.Bound) string {
	if b.Least {
		return "at least"
	}
	return "at most"
}

// amount writes what was counted, whole numbers without a point.
func amount(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.FormatInt(int64(x), 10)
	}
	return strconv.FormatFloat(x, 'f', 1, 64)
}

// countedFigures are those of a kata that is proved without a clock.
func countedFigures(r Report) (list []figure) {
	for _, b := range r.Verdict.Bounds {
		list = append(list, figure{b.What, fmt.Sprintf("%s (limit: %s %s)", amount(b.Got), side(b), amount(b.Limit))})
	}
	return list
}
