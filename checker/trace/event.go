package trace

import "gokata/checker/evidence"

// nobody stands for no goroutine: the scheduler, a timer, the network poller.
const nobody = -1

// kind says what an event tells.
type kind uint8

const (
	regionBegin kind = iota // goroutine by enters the workload region
	regionEnd               // goroutine by leaves it
	create                  // by creates who, which is then in state to
	move                    // who changes to state to; by is whoever brought it about
	pause                   // who goes on running, but for the garbage collector
	resume                  // the pause of who is over
	sample                  // by was found running at place
	procs                   // GOMAXPROCS is who from now on
)

// state is what a goroutine does.
type state uint8

const (
	gone     state = iota // it has ended
	runnable              // ready, waits for a CPU
	running               // runs Go code
	waiting               // blocked
	syscall               // in a system call: it does not run Go code
)

// event is one thing that happened, in the order of time.
type event struct {
	kind kind
	at   int64 // nanoseconds, any origin
	by   int64 // goroutine on whose behalf it happened, or nobody
	who  int64 // goroutine that it happened to
	to   state // create, move
	proc int32 // the runtime's processor that by ran on; -1 for none
	// reason is the runtime's word for why who blocks or stops (move).
	reason string
	// place is where by was when it happened; nil where no stack tells.
	place *place
	// start is where who starts (create); nil where no stack tells.
	start *start
}

// place is what a stack tells of a goroutine. Equal stacks share one place, so
// pointers will do to tell most places apart.
type place struct {
	at    evidence.Position // innermost line of the learner; zero if none
	fn    string            // function of the learner with that line
	outer string            // outermost function of the learner
	first string            // outermost function of all: the one that was started
	joins bool              // inside that line a sync.WaitGroup is waited for
}

// nowhere is the place of what has no stack.
var nowhere = &place{}

// start is how a goroutine starts.
type start struct {
	fn     string // its first function: "check/solution.Count.func1"
	own    bool   // fn is the learner's
	system bool   // the goroutine is the runtime's own
}

// unknown is the start of a goroutine that has no stack.
var unknown = &start{}
