// Package speedupreport is wrong: it believes a single run.
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

// Speedup runs everything once.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	typical := make(map[int]float64)
	for p, times := range measure(run, procs, 1) {
		typical[p] = slices.Min(times)
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

// report makes the report from the typical time of each run.
func report(typical map[int]float64, procs []int) Report {
	var r Report
	var xy, xx float64
	for _, p := range procs {
		r.Speedups = append(r.Speedups, typical[0]/typical[p])
		share := 1 / float64(p)
		x, y := 1-share, typical[p]/typical[1]-share
		xy, xx = xy+x*y, xx+x*x
	}
	r.Serial = xy / xx
	return r
}
