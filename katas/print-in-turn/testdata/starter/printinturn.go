// Package printinturn lets goroutines take turns.
package printinturn

// Turn emits the values from 0 to n-1 in order, by workers that take turns, and
// returns when all are emitted and all workers have ended. There are so many
// workers, each one goroutine: value v is emitted by worker v modulo workers,
// which calls emit(worker, v) itself. A call of emit ends before the next one
// begins, and sees all that those before it have done, so emit needs no lock.
// Nobody else computes, or asks, while a worker has its turn. workers is at
// least 1; where n is 0, there is nothing to emit; a worker without a value
// emits nothing.
func Turn(workers, n int, emit func(worker, v int)) {
	// To be written: a goroutine for each worker, which emits that worker's values.
}
