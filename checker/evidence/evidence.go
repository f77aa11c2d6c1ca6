// Package evidence holds what a check measured, as plain values that can be
// printed, stored as JSON, and judged again. Durations are in nanoseconds of
// the clock that the field names; a figure that could not be had is nil or an
// empty list, never zero.
package evidence

import (
	"time"

	"gokata/checker/spec"
)

// Evidence is everything that a verdict rests on.
type Evidence struct {
	Spec    spec.Spec     `json:"spec"`
	Machine Machine       `json:"machine"`
	Refused []Finding     `json:"refused,omitempty"` // forbidden imports, pragmas, calls
	Compile []Finding     `json:"compile,omitempty"` // what the compiler said
	Polls   []Finding     `json:"polls,omitempty"`   // loops that only ask: a hint, no fault
	Vet     []Finding     `json:"vet,omitempty"`     // what go vet said
	Cases   []CaseRun     `json:"cases,omitempty"`   // correctness runs that went wrong
	Ran     int           `json:"ran"`               // correctness runs made
	Facts   []CaseFacts   `json:"facts,omitempty"`   // what the harness counted in them
	Races   []Race        `json:"races,omitempty"`
	RaceOff string        `json:"race_off,omitempty"` // why the race detector did not run
	Rounds  []Round       `json:"rounds,omitempty"`
	Traces  []Trace       `json:"traces,omitempty"`
	Reports []MeterReport `json:"reports,omitempty"`   // kind meter
	Hot     []Hot         `json:"hot,omitempty"`       // where the CPU time goes, by a profile
	Burden  int64         `json:"burden_ns,omitempty"` // cost of handing work to an idle P; 0: not known
	Spent   bool          `json:"spent"`               // the budget of rounds is used up
	Elapsed time.Duration `json:"elapsed_ns"`
}

// Machine is what is known of the computer under the check.
type Machine struct {
	OS           string   `json:"os"`
	Arch         string   `json:"arch"`
	Go           string   `json:"go"`
	CPUs         int      `json:"cpus"`            // that this process may use (affinity)
	Quota        *float64 `json:"quota,omitempty"` // CPUs by cgroup limit
	P            int      `json:"p"`               // GOMAXPROCS at which parallelism is judged
	Load         *float64 `json:"load,omitempty"`  // load average, 1 minute
	CPUClock     string   `json:"cpu_clock"`       // where CPU time comes from
	WaitClock    bool     `json:"wait_clock"`      // run-queue delay can be read (schedstat)
	RaceDetector bool     `json:"race_detector"`   // a C compiler is there
	// What doctor looks at besides; nothing is judged by it.
	Online   int    `json:"online,omitempty"`   // CPUs of the system, allowed or not
	Cores    int    `json:"cores,omitempty"`    // physical cores behind CPUs; 0: not known
	Governor string `json:"governor,omitempty"` // of the CPU frequency: "powersave"
}

// Position is a place in the learner's source. Line and Column count from 1;
// 0 means unknown.
type Position struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column,omitempty"`
}

// Finding is something said of the source before it ran.
type Finding struct {
	Position
	Message string `json:"message"`
	Source  string `json:"source,omitempty"` // the line of source
}

// CaseRun is one correctness run that did not give the reference's answer.
type CaseRun struct {
	Name   string    `json:"name"`
	Procs  int       `json:"procs"`
	Input  string    `json:"input"`
	Got    string    `json:"got,omitempty"`
	Want   string    `json:"want,omitempty"`
	Failed Failure   `json:"failed"`
	Detail string    `json:"detail,omitempty"` // panic message, stacks of what is left
	At     *Position `json:"at,omitempty"`
	// Bound is what was broken, where Failed is Broken.
	Bound *Bound `json:"bound,omitempty"`
	// Godebug is the setting under which it ran, besides the usual ones.
	Godebug string `json:"godebug,omitempty"`
}

// Bound is a figure that the harness counted during a run, and its limit. No
// clock has a part in it.
type Bound struct {
	What   string  `json:"what"` // in the plural: "threads"
	Got    float64 `json:"got"`
	Limit  float64 `json:"limit"`
	Least  bool    `json:"least"`  // Got must be at least Limit; otherwise at most
	Reason string  `json:"reason"` // of the verdict where it is broken
	Try    string  `json:"try"`    // what to do then
}

// Holds says whether the figure keeps its limit.
func (b Bound) Holds() bool {
	if b.Least {
		return b.Got >= b.Limit
	}
	return b.Got <= b.Limit
}

// CaseFacts is what the harness itself counted during one correctness run.
type CaseFacts struct {
	Case  string             `json:"case"`
	Procs int                `json:"procs"`
	You   map[string]float64 `json:"you"`
	Ref   map[string]float64 `json:"ref"`
	// Bounds are those that the run kept.
	Bounds []Bound `json:"bounds,omitempty"`
}

// Failure says how a run went wrong.
type Failure string

const (
	WrongAnswer Failure = "wrong-answer"
	Panic       Failure = "panic"
	Deadlock    Failure = "deadlock"
	Timeout     Failure = "timeout"
	Leak        Failure = "leak"
	Memory      Failure = "memory"
	Exit        Failure = "exit"    // the process ended by itself
	Broken      Failure = "bound"   // right, but over or under a Bound
	Starved     Failure = "starved" // the machine gave it no CPU time: it says nothing
)

// Race is a data race in the learner's code.
type Race struct {
	At     Position `json:"at"`
	Other  Position `json:"other"`
	Detail string   `json:"detail"`
}

// Role says whose code ran.
type Role string

const (
	You Role = "you" // the learner's solution
	Ref Role = "ref" // the control: the reference solution
)

// Sample is one measured run.
type Sample struct {
	Wall   int64              `json:"wall_ns"`
	CPU    int64              `json:"cpu_ns"`
	Wait   *int64             `json:"wait_ns,omitempty"`  // run-queue delay of all threads
	Early  int64              `json:"early_ns,omitempty"` // CPU time spent before go, with nothing to do: since the run before, and after ready
	Late   int64              `json:"late_ns,omitempty"`  // CPU time spent after the answer
	Facts  map[string]float64 `json:"facts,omitempty"`
	Output string             `json:"-"`
}

// Round is one interleaved set of runs on the same input: role, then GOMAXPROCS.
type Round struct {
	You map[int]Sample `json:"you"`
	Ref map[int]Sample `json:"ref"`
	// Wrong is set when the outputs of the round were not the same answer.
	Wrong *CaseRun `json:"wrong,omitempty"`
	// Spread says that the threads of both programs were held on CPUs of their
	// own: beside neighbours the system may run them by turns on one.
	Spread bool `json:"spread,omitempty"`
	// Discarded says why the round does not count: "throttled".
	Discarded string `json:"discarded,omitempty"`
}

// Trace is what one execution trace of an untimed run says.
type Trace struct {
	Role       Role    `json:"role"`
	Procs      int     `json:"procs"`
	Work       int64   `json:"work_ns"`             // running time of the solution's goroutines
	Span       int64   `json:"span_ns"`             // longest chain of running time
	Busy       int64   `json:"busy_ns"`             // time in which at least one of them ran
	Overlap    float64 `json:"overlap"`             // share of Busy in which at least two ran
	Switches   int     `json:"switches"`            // how often one of them stopped running: blocked, was preempted, ended
	Goroutines int     `json:"goroutines"`          // created by the solution
	CPU        int64   `json:"cpu_ns"`              // of the traced run, by the CPU clock
	Blocked    []Block `json:"blocked"`             // where time was spent blocked, longest first
	Longest    float64 `json:"longest"`             // share of Work done by the busiest goroutine
	Truncated  bool    `json:"truncated,omitempty"` // too many events to record: the other figures are unknown
	Valid      bool    `json:"valid"`               // running time does not exceed CPU time
	Wall       int64   `json:"wall_ns"`             // length of the run
	Mean       float64 `json:"mean"`                // Work/Busy: how many ran at once, on average
	GC         int64   `json:"gc_ns"`               // running time that went to the garbage collector
	Lived      int64   `json:"lived_ns"`            // lifetimes of the created goroutines, added up
	WaitShare  float64 `json:"wait_share"`          // blocked time over the lifetime of all goroutines
	Queued     []Block `json:"queued"`              // of Blocked: created goroutines waiting for their turn, not for others to finish
	Peak       int     `json:"peak"`                // goroutines of the solution alive at once, at most; the caller counts
	Width      int     `json:"width"`               // of these, running or ready to run at one instant, at most
	// Histogram is the time in which exactly k of the solution's goroutines ran;
	// the last of its entries, at most 65, stands for that many or more.
	Histogram []int64 `json:"histogram_ns"`
	// Ready is the running time, which adds up to Work, while exactly k of them
	// ran or were ready to: with k CPUs free, all of these would have run. Nil in
	// evidence of before it was kept.
	Ready []int64 `json:"ready_ns,omitempty"`
	// Waits is the blocked time of all goroutines by class: lock, channel,
	// select, sleep, network, syscall, other.
	Waits map[string]int64 `json:"waits_ns"`
	// LongestAt is where the busiest goroutine was started: the line of go.
	LongestAt *Position `json:"longest_at,omitempty"`
	// Path is the critical path, from the start of the run to its end, pieces
	// of the same goroutine function and line joined; Handovers is how many
	// times it passes from one goroutine to another.
	Path      []Step `json:"path"`
	Handovers int    `json:"handovers"`
	// Replay is how long the seen pieces of work would take on that many CPUs,
	// in ns, with no cost but their own: greedy scheduling that keeps every
	// order seen. Nil where the run has too many pieces to replay.
	Replay map[int]int64 `json:"replay_ns,omitempty"`
	// Hot is where the CPU time of a profiled run went, hottest first; empty
	// unless the run was profiled.
	Hot []Hot `json:"hot,omitempty"`
}

// Step is a piece of the critical path.
type Step struct {
	Func string `json:"func"` // of the goroutine: "letterfrequency.count", "main" for the caller
	// How the path came here: "start", "go" (started by the step before),
	// "wakes" (woken by it).
	How string   `json:"how"`
	At  Position `json:"at"` // the learner's line that handed over: of go, Unlock, a send
	Ran int64    `json:"ran_ns"`
}

// Hot is a line of the learner's and its share of the samples of a CPU profile.
type Hot struct {
	At    Position `json:"at"`
	Share float64  `json:"share"`
}

// Timeline is what ran on which P (the runtime's processor) during one run,
// for drawing. Times count from the start of the run, in ns.
type Timeline struct {
	Procs  int     `json:"procs"`
	Wall   int64   `json:"wall_ns"`
	Slices []Slice `json:"slices"` // in order of From; those of one P do not overlap
}

// Slice is one stretch on one P.
type Slice struct {
	Proc      int    `json:"proc"` // counts from 0, in order of first use
	From      int64  `json:"from_ns"`
	To        int64  `json:"to_ns"`
	What      What   `json:"what"`
	Goroutine int64  `json:"goroutine"`
	Func      string `json:"func,omitempty"` // of the goroutine
	Preempted bool   `json:"preempted,omitempty"`
}

// What says what ran.
type What string

const (
	Yours What = "yours" // a goroutine of the solution
	GC    What = "gc"    // the collector, or a goroutine that assists it
	Other What = "other" // the harness, the runtime
)

// Block is time that the solution's goroutines spent waiting at one place.
type Block struct {
	Reason string   `json:"reason"` // the runtime's own word: "sync", "chan receive"
	At     Position `json:"at"`
	Total  int64    `json:"total_ns"`
	Count  int      `json:"count,omitempty"` // how often
}

// MeterReport is one run of a solution that measures, and what our clocks read.
type MeterReport struct {
	Workload string `json:"workload"`
	Procs    int    `json:"procs"`
	SaidWall int64  `json:"said_wall_ns"`
	SaidCPU  int64  `json:"said_cpu_ns"`
	Wall     int64  `json:"wall_ns"`
	CPU      int64  `json:"cpu_ns"`
}
