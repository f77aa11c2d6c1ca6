// Package respectlimits calls a function many times, as many at once as
// GOMAXPROCS allows.
package respectlimits

// ForEachCPU calls body(0), body(1), ... body(n-1), once each and in any order,
// and returns when all calls have returned. If n is less than 1, it calls
// nothing.
//
// As many calls as GOMAXPROCS is at the time of the call of ForEachCPU are
// under way at once: never more, and never fewer while calls are left that
// have not begun. It leaves GOMAXPROCS alone; a change during the call counts
// from the next call on.
func ForEachCPU(n int, body func(i int)) {
	for i := range n { // one after the other: how many may run at once?
		body(i)
	}
}
