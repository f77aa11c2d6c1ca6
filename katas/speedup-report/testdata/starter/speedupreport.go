// Package speedupreport measures how well a program scales.
package speedupreport

import "time"

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

// Speedup measures with run, and reports. run(0) runs the best sequential
// program once and returns the time that it took, and run(p) the parallel
// program on p CPUs; run(1) is the parallel program on one CPU, and not the
// sequential one. procs are distinct numbers from 1 to 64, and at least one is
// above 1.
//
// The machine is not quiet. It grows slower while it is used; some runs take
// many times as long as they should; of some the clock shows far too little.
// Two runs at once disturb each other: run is for one goroutine at a time.
func Speedup(run func(procs int) time.Duration, procs []int) Report {
	var r Report
	alone := run(1)
	for _, p := range procs {
		r.Speedups = append(r.Speedups, alone.Seconds()/run(p).Seconds())
	}
	return r
}
