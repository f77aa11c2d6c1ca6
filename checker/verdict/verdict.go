// Package verdict turns evidence into a verdict. Judge is a pure function: the
// same evidence gives the same verdict, today or from a file of last year.
package verdict

import "gokata/checker/evidence"

// Outcome is the verdict in one word.
type Outcome string

const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Inconclusive Outcome = "inconclusive"
	Error        Outcome = "error"
)

// Reason says why, in one word of the contract.
type Reason string

const (
	OK             Reason = "ok"
	Build          Reason = "build"
	Vet            Reason = "vet"
	Forbidden      Reason = "forbidden"
	WrongAnswer    Reason = "wrong-answer"
	Panic          Reason = "panic"
	Deadlock       Reason = "deadlock"
	Timeout        Reason = "timeout"
	Race           Reason = "race"
	Leak           Reason = "leak"
	Serial         Reason = "serial"
	Serialised     Reason = "serialised"
	Imbalanced     Reason = "imbalanced"
	Contended      Reason = "contended"
	Overhead       Reason = "overhead"
	Spinning       Reason = "spinning"
	SlowBaseline   Reason = "slow-baseline"
	NotOverlapping Reason = "not-overlapping"
	Unbounded      Reason = "unbounded"
	Underused      Reason = "underused"
	Tampered       Reason = "tampered"
	NoisyMachine   Reason = "noisy-machine"
	TooFewCores    Reason = "too-few-cores"
	Internal       Reason = "internal"
)

// What a witness says. Parallel speaks for a pass, Serial against it.
const (
	Speaks      = "parallel"
	Denies      = "serial"
	Unavailable = "unavailable"
)

// Witness is one way of seeing parallelism, and what it says.
type Witness struct {
	Name    string             `json:"name"` // wall, cpu, trace
	Says    string             `json:"says"` // parallel, serial, unavailable
	Figures map[string]float64 `json:"figures"`
}

// Verdict is the decision with its grounds. A figure that is not known is nil.
type Verdict struct {
	Outcome     Outcome
	Reason      Reason
	Explanation string             // names the figure and the limit
	Try         string             // the next thing to try
	Lesson      string             // slug of the lesson to read
	At          *evidence.Position // the learner's own line, where one is to blame
	Witnesses   []Witness
	Figures     Figures
	Bounds      []evidence.Bound // what was counted in the cases, and kept its limit: of each the tightest
	// More asks for further rounds: nothing is decided, and they would help.
	More bool
	// Wide asks for traces above the number of CPUs: all else speaks for a pass.
	Wide bool
}

// WantsProfile says whether a CPU profile would find the line to blame: the
// code burns CPU time, and nothing yet says where.
func (v Verdict) WantsProfile() bool {
	switch v.Reason {
	case Spinning, Contended, SlowBaseline, Overhead:
		return v.Outcome == Fail && v.At == nil
	}
	return false
}

// Figures are the quotients that the decision was made on: medians over the
// rounds for the clocks, the best of the traces for the trace.
type Figures struct {
	Speedup     *float64 `json:"speedup"`     // wall T(1)/T(P) of the solution
	Attainable  *float64 `json:"attainable"`  // the same of the reference solution
	Utilisation *float64 `json:"utilisation"` // CPUs busy at P: C(P)/T(P)
	RefBusy     *float64 `json:"ref_busy"`    // the same of the reference solution
	Demand      *float64 `json:"demand"`      // CPUs wanted at P: (CPU + run-queue delay)/wall; a hint
	Inflation   *float64 `json:"inflation"`   // C(P) over the reference's C(P)
	Overlap     *float64 `json:"overlap"`
	Work        *int64   `json:"work_ns"`
	Span        *int64   `json:"span_ns"`
	Parallelism *float64 `json:"parallelism"`
	Noise       *float64 `json:"noise"` // relative spread of the reference's wall times at P
	// Predicted are bounds of the speed-up by number of CPUs; nil if unknown.
	Predicted map[int]Bounds `json:"predicted"`
}
