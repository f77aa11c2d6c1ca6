// Package hidden, continued: what the runtime says of threads and goroutines.
package hidden

import (
	"runtime"
	"runtime/metrics"
	"strings"
	"time"
)

// threads is how many threads the runtime has. It gives none back that it has
// once started, so only what is new says something.
func threads() int {
	s := []metrics.Sample{{Name: "/sched/threads/total:threads"}}
	metrics.Read(s)
	return int(s[0].Value.Uint64())
}

// awake waits until no goroutine of the solution is awake, and gives how many
// are where that never comes. With more than so many threads it is these that
// are to be spoken of, and it does not wait.
func awake(most int) (n int) {
	for range patience {
		if threads() > most {
			return 0
		}
		if n = countAwake(); n == 0 {
			break
		}
		time.Sleep(tick)
	}
	return n
}

// countAwake counts the goroutines of the solution that run, are ready to, are
// in a system call, or sleep until they look again. All others are parked: they
// cost nothing until somebody wakes them.
func countAwake() (n int) {
	for part := range strings.SplitSeq(stacks(), "\n\n") {
		if !strings.Contains(part, "check/solution.") {
			continue
		}
		_, state, _ := strings.Cut(part, " [")
		state = state[:strings.IndexAny(state+"]", ",]")]
		switch state, _, _ = strings.Cut(state, " ("); state {
		case "running", "runnable", "syscall", "sleep", "preempted":
			n++
		}
	}
	return n
}

// stacks are those of all goroutines, at one instant.
func stacks() string {
	for size := 1 << 20; ; size *= 2 {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size {
			return string(buf[:n])
		}
	}
}
