// Package hidden, continued: computing, and how much of it lies between beats.
package hidden

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Work is cut into pieces of some 25 microseconds. Where stretches are measured,
// there are many, and more where the pieces are short: computing is how long
// they take at least, all together.
const (
	steps     = 16_000
	few, many = 800, 3000
	computing = 100 * time.Millisecond
)

// piece computes. It calls nothing, so nothing can interrupt it where
// asynchronous preemption is off.
func piece(x uint64) uint64 {
	for range steps {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

// fastest is the shortest time that a piece has taken in this process. Noise
// makes pieces longer, never shorter.
var fastest = time.Hour

// calibrate looks for a shorter time. Only one goroutine calls it at a time.
func calibrate() {
	const some = 4
	x := uint64(1)
	for range 30 {
		start := time.Now()
		for range some {
			x = piece(x)
		}
		fastest = max(1, min(fastest, time.Since(start)/some))
	}
	runtime.KeepAlive(x)
}

// gaps are the stretches between beats.
type gaps struct {
	done atomic.Int64 // pieces

	mu     sync.Mutex
	last   int64 // pieces done at the last beat
	lastAt time.Time
	all    []gap
}

// gap is one stretch: its pieces of work, and its time.
type gap struct {
	pieces int64
	took   time.Duration
}

// begin begins the first stretch.
func (g *gaps) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last, g.lastAt = g.done.Load(), time.Now()
}

// end ends a stretch, and begins the next.
func (g *gaps) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.lastAt.IsZero() { // a beat before the work has begun
		return
	}
	done, now := g.done.Load(), time.Now()
	g.all = append(g.all, gap{done - g.last, now.Sub(g.lastAt)})
	g.last, g.lastAt = done, now
}

// longest is the most computing in one stretch: its pieces, at the shortest
// time that a piece takes. That is less than the truth where the work was
// slowed down, and more where the clock of the CPU was slow when the pieces
// were timed; the time that passed is an upper bound of it in any case.
func (g *gaps) longest() (most time.Duration) {
	for _, s := range g.all {
		most = max(most, min(time.Duration(s.pieces)*fastest, s.took))
	}
	return most
}

// leastAwake waits until no goroutine of the solution is awake, the calling one
// aside, and gives how many are where that never comes.
func leastAwake() (n int) {
	for wait := range patience {
		if n = countAwake(); n == 0 {
			break
		}
		time.Sleep(min(tick, time.Duration(1+wait)*time.Millisecond))
	}
	return n
}

// countAwake counts the goroutines of the solution, the calling one aside, that
// run or are ready to. All others wait for somebody to wake them.
func countAwake() (n int) {
	buf := make([]byte, 256<<10)
	_, others, _ := strings.Cut(string(buf[:runtime.Stack(buf, true)]), "\n\n") // the caller is first
	for part := range strings.SplitSeq(others, "\n\n") {
		if !strings.Contains(part, "check/solution.") {
			continue
		}
		_, state, _ := strings.Cut(part, " [")
		state = state[:strings.IndexAny(state+"]", ",]")]
		switch state, _, _ = strings.Cut(state, " ("); state {
		case "running", "runnable", "preempted":
			n++
		}
	}
	return n
}
