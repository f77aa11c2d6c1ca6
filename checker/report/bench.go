package report

import (
	"time"

	"gokata/checker/evidence"
)

// Measurement is all that a measurement of somebody's own benchmarks has to say.
type Measurement struct {
	Package string            // import path
	Labels  map[string]string // goos, goarch, pkg and cpu, as package testing says them
	// Machine.P is the number of CPUs that can run at once.
	Machine evidence.Machine
	Benches []evidence.Bench // in the order of the package; those that failed come last
	Skipped []string         // names of benchmarks that skip themselves
	Elapsed time.Duration
}

// Failed says whether a benchmark failed.
func (m Measurement) Failed() bool {
	for _, b := range m.Benches {
		if b.Failed != nil {
			return true
		}
	}
	return false
}

// Empty says whether not one sample could be measured, though nothing failed.
func (m Measurement) Empty() bool {
	for _, b := range m.Benches {
		for _, r := range b.Rounds {
			if r.Discarded == "" && len(r.You) > 0 {
				return false
			}
		}
	}
	return len(m.Benches) > 0
}
