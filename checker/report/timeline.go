package report

import (
	"strconv"

	"gokata/checker/evidence"
)

// cell is what one P did in one stretch of time, in ns.
type cell struct {
	yours, gc, other int64
	preempted        bool // a goroutine of the solution was taken off in it
}

// lane is what one P did during the run, in cells of equal time.
type lane []cell

// lanesOf cuts what each of the first most Ps did into cells. A P that ran
// nothing has an idle lane. The number of Ps in all is given besides.
func lanesOf(t evidence.Timeline, most, cells int) (lanes []lane, procs int) {
	procs = t.Procs
	for _, s := range t.Slices {
		procs = max(procs, s.Proc+1)
	}
	lanes = make([]lane, min(procs, most))
	for i := range lanes {
		lanes[i] = make(lane, cells)
	}
	if t.Wall <= 0 {
		return lanes, procs
	}
	edge := func(i int) int64 { return int64(float64(t.Wall) * float64(i) / float64(cells)) }
	for _, s := range t.Slices {
		from, to := max(s.From, 0), min(s.To, t.Wall)
		if s.Proc < 0 || s.Proc >= len(lanes) || from >= to {
			continue
		}
		first := min(int(float64(from)/float64(t.Wall)*float64(cells)), cells-1)
		for i := first; i < cells && edge(i) < to; i++ {
			c := &lanes[s.Proc][i]
			ran := max(min(to, edge(i+1))-max(from, edge(i)), 0)
			switch s.What {
			case evidence.Yours:
				c.yours += ran
			case evidence.GC:
				c.gc += ran
			default:
				c.other += ran
			}
			if s.Preempted && s.What == evidence.Yours && to <= edge(i+1) {
				c.preempted = true
			}
		}
	}
	return lanes, procs
}

// spent is what one P did during the whole run, in ns.
type spent struct {
	Yours, GC, Other int64
	Preempted        int
}

// totals adds up what each P did, and all of them together.
func totals(t evidence.Timeline) (each map[int]spent, all spent) {
	each = map[int]spent{}
	for _, s := range t.Slices {
		sum := each[s.Proc]
		sum.add(s)
		each[s.Proc] = sum
		all.add(s)
	}
	return each, all
}

func (sum *spent) add(s evidence.Slice) {
	ran := max(s.To-s.From, 0)
	switch s.What {
	case evidence.Yours:
		sum.Yours += ran
		if s.Preempted {
			sum.Preempted++
		}
	case evidence.GC:
		sum.GC += ran
	default:
		sum.Other += ran
	}
}

// tick is a round time on the axis.
type tick struct {
	At    int64 // ns
	Label string
}

// ticksOf puts at most most round times, and at least 0, on an axis of that
// length in ns; unit is of the labels.
func ticksOf(length int64, most int) (ticks []tick, unit string) {
	length = min(max(length, 0), 1<<60)
	scale := 1e6
	switch {
	case length < 2_000_000:
		unit, scale = "µs", 1e3
	case length < 10_000_000_000:
		unit = "ms"
	default:
		unit, scale = "s", 1e9
	}
	for at, step := int64(0), roundStep(length, most); at <= length; at += step {
		ticks = append(ticks, tick{at, strconv.FormatFloat(float64(at)/scale, 'f', -1, 64)})
	}
	return ticks, unit
}

// roundStep is the least of 1, 2, 5, 10, 20, … that goes into length at most
// most times.
func roundStep(length int64, most int) int64 {
	for decade := int64(1); ; decade *= 10 {
		for _, digit := range []int64{1, 2, 5} {
			if step := decade * digit; length/step < int64(max(most, 1)) {
				return step
			}
		}
	}
}
