// Package probe is the harness inside the child process. It is copied, with a
// kata's hidden cases and one solution, into the module that the checker
// builds; so it imports the standard library only.
//
// A hidden case is a value: how to make an input from a seed, what to run on
// it, and how to write the result as text. The parent, in another process,
// decides when it runs, holds the clocks, and compares the text with what the
// reference solution wrote for the same seed in a process of its own. The
// child never knows the expected answer.
package probe

import "math/rand/v2"

// Suite is what a kata's hidden folder exports: func Suite() probe.Suite.
type Suite struct {
	// Cases are run for correctness, at several GOMAXPROCS, and under the race
	// detector: small inputs, corner cases first.
	Cases []Case
	// Workloads are the measured runs. A kata of kind parallel or overlap has
	// one; a meter kata has one per scenario.
	Workloads []Case
}

// Case makes tasks from seeds.
type Case struct {
	// Name is shown to the learner when the case fails: "empty input".
	Name string
	// New makes a task with a fresh input drawn from r. It is not measured.
	New func(r *rand.Rand) Task
	// Repeat runs the case this many times at each GOMAXPROCS (0 means once),
	// for answers that may depend on luck.
	Repeat int
}

// Task is one input, ready to run once.
type Task struct {
	// Input describes the input in one short line, for messages: `texts of 3, 0, 7 letters`.
	Input string
	// Run calls the solution. Only Run is measured.
	Run func()
	// Output gives the result as canonical text. It is called once, after Run,
	// and is not measured. Long texts are compared by digest.
	Output func() string
	// Facts gives named figures that the harness itself counted during Run,
	// such as "in_flight". It is called after Output; nil where there are none.
	Facts func() map[string]float64
	// Bounds gives what the harness counted during Run and what it must be, such
	// as threads, or calls under way at once. It is called after Output; nil
	// where there are none. A bound decides: it must hold for every right
	// solution on every machine, however busy, so it counts, and never reads the
	// wall clock. Under the race detector it is not asked for.
	Bounds func() []Bound
}

// Bound is a figure that the harness counted, and its limit.
type Bound struct {
	What   string  // what was counted, in the plural: "threads", "calls of pred"
	Got    float64 // how many
	Limit  float64
	Least  bool   // Got must be at least Limit; otherwise at most
	Reason string // of the verdict where it is broken, a word of the contract: "unbounded"
	Try    string // what to do then, in one sentence
}

// AtMost is a Bound from above.
func AtMost(what string, got, limit int, reason, try string) Bound {
	return Bound{What: what, Got: float64(got), Limit: float64(limit), Reason: reason, Try: try}
}

// AtLeast is a Bound from below.
func AtLeast(what string, got, limit int, reason, try string) Bound {
	return Bound{What: what, Got: float64(got), Limit: float64(limit), Least: true, Reason: reason, Try: try}
}
