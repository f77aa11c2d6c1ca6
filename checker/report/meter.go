package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gokata/checker/evidence"
)

// meterFigures writes what a solution that measures said, beside what our own
// clocks read: of each scenario the run that is furthest off.
func (p *page) meterFigures(r Report) {
	reports := furthestOff(r.Evidence.Reports)
	if len(reports) == 0 {
		return
	}
	const wideEnough = 66
	p.paragraph("You said (our clocks read):")
	name := 0
	for _, m := range reports {
		name = max(name, columns(p.scenario(m)))
	}
	for _, m := range reports {
		said := fmt.Sprintf("wall %s (%s)", millis(m.SaidWall), millis(m.Wall))
		cpu := fmt.Sprintf("CPU %s (%s)", millis(m.SaidCPU), millis(m.CPU))
		if p.width >= wideEnough {
			p.line(span{text: " " + pad(p.scenario(m), name+3) + pad(said, 26) + cpu})
			continue
		}
		p.line(span{text: " " + p.scenario(m)})
		p.line(span{text: "   " + said})
		p.line(span{text: "   " + cpu})
	}
}

func (p *page) scenario(m evidence.MeterReport) string {
	return p.fit(fmt.Sprintf("%s, P=%d", p.clean(m.Workload), m.Procs), p.width/2-4)
}

// furthestOff picks one run of each scenario and GOMAXPROCS, in the order of
// their first appearance.
func furthestOff(reports []evidence.MeterReport) []evidence.MeterReport {
	var picked []evidence.MeterReport
	for _, m := range reports {
		i := slices.IndexFunc(picked, func(q evidence.MeterReport) bool {
			return q.Workload == m.Workload && q.Procs == m.Procs
		})
		switch {
		case i < 0:
			picked = append(picked, m)
		case cmp.Compare(off(m), off(picked[i])) > 0:
			picked[i] = m
		}
	}
	return picked
}

// off is how far what was said is from what was read, as a share of the wall
// time.
func off(m evidence.MeterReport) float64 {
	scale := math.Max(float64(m.Wall), 1)
	return math.Max(math.Abs(float64(m.SaidWall-m.Wall)), math.Abs(float64(m.SaidCPU-m.CPU))) / scale
}
