// Package speedupreport measures how well a program scales.
package speedupreport

import (
	"slices"
	"time"
)

// Report says what a program gains from more CPUs.
type Report struct {
	// Speedups[i] is how many times as fast as the sequential program the
	// parallel one is on procs[i] CPUs: the time of run(0) over that of
	// run(procs[i]).
	Speedups []float64
	// Serial is Amdahl's serial fraction of the parallel program, from 0 to 1:
	// the f for which the time of run(p), for all p of procs, is closest to the
	// time of run(1) times f + (1-f)/p.
	Serial float64
}

// rounds is how many times each is run.
const rounds = 21

// Speedup runs everything once in each round, and compares only what ran in the
// same round: what the machine was like cancels out. A median of such quotients
// does not care how far off the bad ones are.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	order := slices.Sorted(slices.Values(append([]int{0, 1}, procs...)))
	order = slices.Compact(order) // procs may have a 1 of its own
	times := make(map[int][]float64)
	for range rounds {
		for _, p := range order {
			times[p] = append(times[p], run(p).Seconds())
		}
		slices.Reverse(order) // nobody is always the first, on the coolest machine
	}
	var r Report
	var xy, xx float64
	for _, p := range procs {
		r.Speedups = append(r.Speedups, ratio(times[0], times[p]))
		// Amdahl's law as a line through the origin: T(p)/T(1) - 1/p = f (1 - 1/p).
		share := 1 / float64(p)
		x, y := 1-share, ratio(times[p], times[1])-share
		xy, xx = xy+x*y, xx+x*x
	}
	r.Serial = min(max(xy/xx, 0), 1)
	return r
}

// ratio is the median, over all rounds, of a over b.
func ratio(a, b []float64) float64 {
	q := make([]float64, rounds)
	for i := range q {
		q[i] = a[i] / b[i]
	}
	slices.Sort(q)
	return q[len(q)/2]
}
