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
	return goroutine{id, state}
}

// blocked says whether another goroutine must wake this one.
func (g goroutine) blocked() bool { return Waits(g.state) }

// Waits says of a state, in the runtime's words, whether it takes another
// goroutine, or a timer, to end it. All others (running, runnable, sleep, IO
// wait, syscall, of the garbage collector) end by themselves.
func Waits(state string) bool {
	state, _, _ = strings.Cut(state, " (") // "chan receive (nil chan)"
	switch state {
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
