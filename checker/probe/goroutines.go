package probe

import (
	"runtime"
	"strings"
)

// goroutine is what the runtime tells of one.
type goroutine struct{ id, state string }

// others reads stacks, as runtime.Stack writes them: all but the first, which
// is that of the goroutine that asked.
func others(stacks []byte) (list []goroutine) {
	first := true
	for part := range strings.SplitSeq(string(stacks), "\n\n") {
		if !first {
			list = append(list, parseGoroutine(part))
		}
		first = false
	}
	return list
}

// parseGoroutine reads the head of a stack: "goroutine 7 [chan receive, 2 minutes]:".
func parseGoroutine(stack string) goroutine {
	head, _, _ := strings.Cut(strings.TrimLeft(stack, "\n"), "\n")
	id, rest, _ := strings.Cut(strings.TrimPrefix(head, "goroutine "), " [")
	state, _, _ := strings.Cut(rest, "]")
	state, _, _ = strings.Cut(state, ",")
	state, _, _ = strings.Cut(state, " (")
	return goroutine{id, state}
}

// blocked says whether another goroutine must wake this one. Whatever else it
// may be (running, runnable, asleep, busy with the garbage collector) ends by
// itself.
func (g goroutine) blocked() bool {
	switch g.state {
	case "chan receive", "chan send", "select", "semacquire", "coroutine",
		"sync.Cond.Wait", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "sync.WaitGroup.Wait":
		return true
	}
	return false
}

// ready says whether the goroutine runs, or will as soon as it gets a CPU.
func (g goroutine) ready() bool {
	switch g.state {
	case "running", "runnable", "preempted":
		return true
	}
	return false
}

// goroutineID is the id of the goroutine that asks.
func goroutineID() string {
	var head [64]byte
	return parseGoroutine(string(head[:runtime.Stack(head[:], false)])).id
}
