// Package hidden holds the cases of print-in-turn. What the harness notes in
// emit has no lock, because calls of emit are to happen one after the other:
// where they do not, it notes nonsense, or the race detector speaks.
package hidden

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"time"

	"check/probe"
	printinturn "check/solution"
)

// Suite lists corner cases, turns in which the others have to wait, and as many
// values as luck cannot bring into order.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "no values", New: turns(3, 0, (*notes).who)},
		{Name: "one value", New: turns(3, 1, (*notes).who)},
		{Name: "more workers than values", New: turns(9, 4, (*notes).who)},
		{Name: "one worker", New: turns(1, 10, (*notes).who)},
		{Name: "as many values as workers", New: turns(5, 5, (*notes).who)},
		{Name: "four workers", New: turns(4, 102, (*notes).who)},
		{Name: "a worker takes its time", New: turns(4, 12, (*notes).alone)},
		{Name: "10^5 values", New: turns(4, 100_000, func(*notes, int) {})},
	}}
}

// notes are what the harness notes of one call of Turn.
type notes struct {
	workers, n int
	next       int  // values that were emitted
	wrong      bool // a value was not the next one, or not of its worker
	v, worker  int  // which
	inside     int  // calls under way
	together   bool // a call began before the one before it had ended
	ids        []uint64
	moved      int // worker that was more than one goroutine, counted from 1
	awake      int // goroutines of the solution, while another had its turn
}

// turns makes cases; more is what a call of emit does besides.
func turns(workers, n int, more func(o *notes, worker int)) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		o := &notes{workers: workers, n: n, ids: make([]uint64, workers)}
		return probe.Task{
			Input: fmt.Sprintf("%d workers, %d values", workers, n),
			Run: func() {
				printinturn.Turn(workers, n, func(worker, v int) {
					o.inside++
					o.together = o.together || o.inside > 1
					if !o.wrong && (v != o.next || worker != v%workers) {
						o.wrong, o.v, o.worker = true, v, worker
					}
					o.next++
					if !o.wrong {
						more(o, worker)
					}
					o.inside--
				})
			},
			Output: o.output,
			Bounds: o.bounds,
		}
	}
}

// who notes which goroutine emits for a worker.
func (o *notes) who(worker int) {
	id := goroutine()
	if o.ids[worker] == 0 {
		o.ids[worker] = id
	}
	if o.ids[worker] != id {
		o.moved = 1 + worker
	}
}

// patience is how many times tick a turn lasts at most. It counts waits, each
// of which this process has to wake up from, rather than time: a machine that
// stands still takes the solution's time and the harness's alike.
const (
	patience = 100
	tick     = 10 * time.Millisecond
)

// alone keeps the turn until no other goroutine of the solution is awake. They
// have nothing to do but to wait, so that comes at once, or never.
func (o *notes) alone(worker int) {
	o.who(worker)
	for wait := range patience {
		if o.awake > 0 || o.together { // it is known already
			return
		}
		if countAwake() == 0 {
			return
		}
		time.Sleep(min(tick, time.Duration(1+wait)*time.Millisecond))
	}
	o.awake = countAwake()
}

func (o *notes) output() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d values", o.next)
	switch {
	case o.wrong:
		fmt.Fprintf(&b, ", not in order: worker %d emitted %d out of turn", o.worker, o.v)
	default:
		b.WriteString(" in order")
	}
	if o.together {
		b.WriteString(", two of them at once")
	}
	if o.moved > 0 {
		fmt.Fprintf(&b, "; worker %d was more than one goroutine", o.moved-1)
	}
	return b.String()
}

func (o *notes) bounds() []probe.Bound {
	all := []probe.Bound{
		probe.AtMost("goroutines awake while another has its turn", o.awake, 0, "spinning",
			"Let a worker wait where the runtime parks it until it is woken, at a channel of its own, say: a loop that asks costs a CPU, and a loop that sleeps comes late."),
	}
	distinct := map[uint64]bool{}
	for _, id := range o.ids {
		if id != 0 {
			distinct[id] = true
		}
	}
	if len(distinct) == 0 { // nobody asked who
		return all
	}
	return append(all, probe.AtLeast("goroutines that emit", len(distinct), min(o.workers, o.n), "serial",
		"Start one goroutine for each worker, and let it call emit itself."))
}

// goroutine is the number of the calling goroutine, which no other one has
// before or after it. The runtime tells it in stacks only.
func goroutine() uint64 {
	var buf [64]byte
	head := buf[:runtime.Stack(buf[:], false)]
	head = bytes.TrimPrefix(head, []byte("goroutine "))
	number, _, _ := bytes.Cut(head, []byte(" "))
	id, err := strconv.ParseUint(string(number), 10, 64)
	if err != nil {
		panic(err) // another runtime than that of Go 1.26
	}
	return id
}

// countAwake counts the goroutines of the solution, the calling one aside, that
// run, are ready to, or sleep until they look again. All others are parked:
// they cost nothing until somebody wakes them.
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
		case "running", "runnable", "syscall", "sleep", "preempted":
			n++
		}
	}
	return n
}
