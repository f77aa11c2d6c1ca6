// Package speedupreport is wrong: it saves time by measuring everything at once,
// so each run is measured beside the others.
package speedupreport

import (
	"slices"
	"sync"
	"time"
)

// Report says what a program gains from more CPUs.
type Report struct {
	Speedups []float64
	Serial   float64
}

// Speedup takes the median of each, all at the same time.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	var (
		wg      sync.WaitGroup
		mu      sync.Mutex
		typical = make(map[int]float64)
	)
	for _, p := range append([]int{0, 1}, procs...) {
		wg.Go(func() {
			var times []float64
			for range 10 {
				times = append(times, run(p).Seconds())
			}
			mu.Lock()
			defer mu.Unlock()
			typical[p] = median(times)
		})
	}
	wg.Wait()
	return report(typical, procs)
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
		r.Speedups = append(r.Speedups, typical[0]/typical[p])
		share := 1 / float64(p)
		x, y := 1-share, typical[p]/typical[1]-share
		xy, xx = xy+x*y, xx+x*x
	}
	r.Serial = xy / xx
	return r
}
