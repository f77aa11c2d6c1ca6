package report

import (
	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// Tracing is all that the command trace shows of one solution.
type Tracing struct {
	Report                      // of a few rounds; its verdict may be open
	Trace     evidence.Trace    // the best of the traces at the GOMAXPROCS that is judged
	Wide      *evidence.Trace   // the best above the number of CPUs, or nil
	Timeline  evidence.Timeline // of Trace
	Predicted map[int]verdict.Bounds
}
