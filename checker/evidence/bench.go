package evidence

// Bench is what was measured of one Go benchmark.
type Bench struct {
	Name  string `json:"name"`  // as testing names it, without GOMAXPROCS: "BenchmarkSum/size=1e3"
	N     int    `json:"n"`     // iterations that one sample covers
	Procs []int  `json:"procs"` // values of GOMAXPROCS, ascending; 1 need not be there
	// Rounds hold under You the benchmark: the wall and CPU time of N
	// iterations, by the benchmark's own timer and by the process's CPU clock.
	// Under Ref stands the control: a loop of pure computation, cut into as many
	// parts as GOMAXPROCS allows, which shows what the machine could give in
	// that round. Its wall and CPU times compare with each other only.
	Rounds []Round `json:"rounds"`
	// Odd counts the samples that were left out because their CPU time was
	// none, or more than all CPUs have.
	Odd     int          `json:"odd"`
	Traces  []BenchTrace `json:"traces"`
	NoTrace string       `json:"no_trace,omitempty"`  // why there are no traces
	Burden  int64        `json:"burden_ns,omitempty"` // cost of handing work to an idle P; 0: not known
	Failed  *BenchFail   `json:"failed,omitempty"`
}

// Facts of a sample of a benchmark.
const (
	// Outside is the wall time of N iterations in ns as seen from outside of
	// the process: more than the wall time where the benchmark stops its timer.
	Outside = "outside_ns"
	// Setup is CPU time in ns that comes before the first iteration: what the
	// benchmark prepares, and a collection of garbage.
	Setup  = "setup_ns"
	Bytes  = "bytes_per_op"
	Allocs = "allocs_per_op"
)

// BenchTrace is a trace of a run of a benchmark.
type BenchTrace struct {
	N int `json:"n"` // iterations that it covers
	Trace
}

// BenchFail says how a benchmark failed.
type BenchFail struct {
	Procs  int    `json:"procs"`  // GOMAXPROCS of the run
	Output string `json:"output"` // what it printed
}
