// Package speedupreport is wrong: one run that took thirty times as long moves a
// mean, and the mean of short runs most of all.
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

// Speedup takes the mean of each.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	typical := make(map[int]float64)
	for p, times := range measure(run, procs, 21) {
		typical[p] = mean(times)
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

func mean(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
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
