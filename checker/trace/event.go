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
	// system marks a goroutine of the runtime's own (create).
	system bool
	// reason is the runtime's word for why who blocks (move to waiting).
	reason string
	// place is where who blocks (move to waiting).
	place place
}

// place is where the learner's code called something that blocked.
type place struct {
	at   evidence.Position // innermost line of the learner; zero if none
	call string            // function that this line called: "sync.(*Mutex).Lock"
}
