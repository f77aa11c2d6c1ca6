package verdict

import (
	"math"

	"gokata/checker/evidence"
)

// Range is the median of one figure over the rounds, and the interval that
// holds the true median with 99 % confidence; its ends are nil where there are
// too few rounds for one.
type Range struct {
	Mid  float64  `json:"median"`
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

// atLeast says whether the true median is x or more, beyond doubt.
func (r *Range) atLeast(x float64) bool { return r != nil && r.Low != nil && *r.Low >= x }

// below says whether the true median is less than x, beyond doubt.
func (r *Range) below(x float64) bool { return r != nil && r.High != nil && *r.High < x }

func rangeOf(xs []float64) *Range {
	if len(xs) == 0 {
		return nil
	}
	r := Range{Mid: median(xs)}
	if lo, hi := interval(xs, alpha); !math.IsInf(lo, 0) && !math.IsInf(hi, 0) {
		r.Low, r.High = &lo, &hi
	}
	return &r
}

// Level is what the rounds say of a benchmark at one GOMAXPROCS. A figure that
// is not known, or compares 1 with itself, is nil.
type Level struct {
	Procs      int      `json:"procs"`
	Samples    int      `json:"samples"`
	Wall       *Range   `json:"wall_ns_per_op"`
	CPU        *Range   `json:"cpu_ns_per_op"`
	Speedup    *Range   `json:"speedup"`    // wall time at 1 over wall time here
	Attainable *Range   `json:"attainable"` // the same of the control
	Efficiency *Range   `json:"efficiency"` // Speedup over Procs
	Busy       *Range   `json:"cpus_busy"`  // CPU time over wall time
	Inflation  *Range   `json:"inflation"`  // CPU time here over CPU time at 1
	Bytes      *float64 `json:"bytes_per_op"`
	Allocs     *float64 `json:"allocs_per_op"`
	// growth is Inflation over the control's: what the code adds to what the
	// machine does to every program.
	growth *Range
}

// Levels works out the figures of a benchmark, one entry for each GOMAXPROCS.
func Levels(b evidence.Bench) []Level {
	paused := Paused(b)
	var all []Level
	for _, p := range b.Procs {
		all = append(all, level(b, p, paused))
	}
	return all
}

func level(b evidence.Bench, p int, paused bool) Level {
	l := Level{Procs: p}
	var wall, cpu, s, att, eff, busy, infl, growth, bytes, allocs []float64
	n := float64(max(b.N, 1))
	for _, r := range b.Rounds {
		y, ok := r.You[p]
		if r.Discarded != "" || !ok || y.Wall <= 0 {
			continue
		}
		l.Samples++
		wall, cpu = append(wall, float64(y.Wall)/n), append(cpu, float64(y.CPU)/n)
		if by := float64(y.Wall); paused {
			if by = y.Facts[evidence.Outside]; by > 0 {
				busy = append(busy, float64(y.CPU)/by)
			}
		} else {
			busy = append(busy, float64(y.CPU)/by)
		}
		if v, ok := y.Facts[evidence.Bytes]; ok {
			bytes = append(bytes, v)
		}
		if v, ok := y.Facts[evidence.Allocs]; ok {
			allocs = append(allocs, v)
		}
		c1, ok1 := r.Ref[1]
		cp, ok2 := r.Ref[p]
		control := ok1 && ok2 && c1.Wall > 0 && cp.Wall > 0
		if control && p > 1 {
			att = append(att, ratio(c1.Wall, cp.Wall))
		}
		y1, ok := r.You[1]
		if !ok || p == 1 {
			continue
		}
		s, eff = append(s, ratio(y1.Wall, y.Wall)), append(eff, ratio(y1.Wall, y.Wall)/float64(p))
		if y1.CPU > 0 {
			infl = append(infl, ratio(y.CPU, y1.CPU))
			if control && c1.CPU > 0 && cp.CPU > 0 {
				growth = append(growth, ratio(y.CPU, y1.CPU)/ratio(cp.CPU, c1.CPU))
			}
		}
	}
	l.Wall, l.CPU, l.Speedup, l.Attainable, l.Efficiency = rangeOf(wall), rangeOf(cpu), rangeOf(s), rangeOf(att), rangeOf(eff)
	l.Busy, l.Inflation, l.growth = rangeOf(busy), rangeOf(infl), rangeOf(growth)
	if len(bytes) > 0 {
		l.Bytes = ptr(median(bytes))
	}
	if len(allocs) > 0 {
		l.Allocs = ptr(median(allocs))
	}
	return l
}

// Paused says whether a benchmark stops its timer while it works on. Its CPU
// time then covers more than its wall time does, and the CPUs that it keeps
// busy have to be counted over the whole of an iteration.
func Paused(b evidence.Bench) bool {
	const more = 1.15 // times as much as the timer says
	var outside, cpu []float64
	for _, r := range b.Rounds {
		if y, ok := r.You[1]; ok && r.Discarded == "" && y.Wall > 0 {
			outside = append(outside, y.Facts[evidence.Outside]/float64(y.Wall))
			cpu = append(cpu, ratio(y.CPU, y.Wall))
		}
	}
	long := rangeOf(outside)
	return long.atLeast(more) || long != nil && long.Mid >= more && rangeOf(cpu).atLeast(more)
}
