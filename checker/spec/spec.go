// Package spec says what a kata asks of a solution, as plain values: which
// measure decides, against which limits, and what the solution may import.
// The checker reads it; the katas write it.
package spec

import "time"

// Kind names the measure that decides about a kata.
type Kind string

const (
	// Parallel asks for computation on several CPUs at once: overlap in the
	// execution trace, CPU time within Limits.Inflation of the reference's.
	Parallel Kind = "parallel"
	// Overlap asks for waits that overlap at GOMAXPROCS=1, at almost no CPU time.
	Overlap Kind = "overlap"
	// Meter asks for a solution that itself measures: what it reports is held
	// against what the checker's own clocks read around the same call.
	Meter Kind = "meter"
	// Counted asks for what the harness proves without a clock in each case:
	// calls that must meet, operations, threads, the depth of a computation.
	Counted Kind = "counted"
)

// Kinds lists all of them.
var Kinds = []Kind{Parallel, Overlap, Meter, Counted}

// Compare says when two outputs are the same answer.
type Compare string

const (
	// Equal: the output is the reference's, byte for byte.
	Equal Compare = "equal"
	// Near: the output is one floating-point number, within 1e-9 (relative) of
	// the reference's, and the same bits at every GOMAXPROCS and on every run.
	Near Compare = "near"
	// Reported: the output is a reading of clocks; see Meter.
	Reported Compare = "reported"
)

// Limits are what a solution must keep to. A zero field asks nothing.
type Limits struct {
	// Speedup is the least share of the speed-up that the reference solution
	// reaches on the same machine in the same rounds: 0.8 for most katas.
	Speedup float64 `yaml:"speedup" json:"speedup,omitempty"`
	// Inflation is the most CPU time, as a multiple of the reference's at the
	// same GOMAXPROCS in the same round.
	Inflation float64 `yaml:"inflation" json:"inflation,omitempty"`
	// Parallelism is the least work/span that an execution trace taken at a
	// GOMAXPROCS above the number of CPUs must show (Parallel): what is cut into
	// two pieces for ever stays below 4, here and on any machine.
	Parallelism float64 `yaml:"parallelism" json:"parallelism,omitempty"`
	// Goroutines is the most goroutines alive at once, the caller included, for
	// each P: 64 means 128 at GOMAXPROCS=2 (Parallel).
	Goroutines int `yaml:"goroutines" json:"goroutines,omitempty"`
	// Started is how many goroutines a run may start besides one for each P: 2
	// means 4 at GOMAXPROCS=2 (Parallel).
	Started int `yaml:"started" json:"started,omitempty"`
	// InFlight is how many calls must be under way at one instant (Overlap).
	InFlight int `yaml:"in_flight" json:"in_flight,omitempty"`
	// Waits is the most wall time, in lengths of one wait (Overlap).
	Waits float64 `yaml:"waits" json:"waits,omitempty"`
	// CPU is the most CPU time of a run (Overlap).
	CPU time.Duration `yaml:"cpu" json:"cpu_ns,omitempty"`
}

// Spec is all that the checker knows of a kata besides its files.
type Spec struct {
	Kata    string  // slug: "parallel-sum"
	Package string  // package of the solution: "parallelsum"
	Lesson  string  // slug of the lesson that it belongs to
	Kind    Kind    // which measure decides
	Compare Compare // when two outputs are the same answer
	Limits  Limits
	// Allow lists what a solution may use beyond the common allow-list: import
	// paths ("os") or single names of a package ("syscall.Getrusage").
	Allow []string
	// Godebug lists settings of GODEBUG, such as "asyncpreemptoff=1": the cases
	// run once more under each.
	Godebug []string
}
