package evidence

import "time"

// Calibration is what a control reached on a machine at one moment: the
// reference solution of a kata, in both roles, at GOMAXPROCS 1 and P. Its
// figures tell of the machine, not of a solution; a figure is a median over the
// rounds, and nil where it could not be had.
type Calibration struct {
	Kata      string    `json:"kata"`
	P         int       `json:"p"`
	Rounds    int       `json:"rounds"`    // that count
	Throttled int       `json:"throttled"` // rounds in which a CPU quota stopped it: they do not count
	Speedup   *Estimate `json:"speedup"`   // attainable: wall T(1)/T(P)
	Busy      *float64  `json:"busy"`      // CPUs kept busy at P: C(P)/T(P)
	Inflation *float64  `json:"inflation"` // CPU time C(P)/C(1)
	Noise     *float64  `json:"noise"`     // interquartile range over median of wall times at P
	// Waiting is run-queue delay as a share of the time in which its threads
	// wanted a CPU at P: others in this system had it. Steal is the share of the
	// system's CPU time that the host of a virtual machine gave to others.
	Waiting *float64      `json:"waiting"`
	Steal   *float64      `json:"steal"`
	Elapsed time.Duration `json:"elapsed_ns"`
}

// Estimate is a median with the interval that holds the true one with 99 %
// confidence; Low and High are nil where there are too few values for it.
type Estimate struct {
	Median float64  `json:"median"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
}
