// Package hidden holds the cases and the workloads of cpu-vs-wall. A case holds
// what a solution says between readings of the same clocks; a workload writes
// it, in nanoseconds, to be held against the clocks of another process.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"syscall"
	"time"

	"check/probe"
	cpuvswall "check/solution"
)

// Suite lists what every meter must satisfy, and the three scenarios.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "f is called once", New: once},
			{Name: "f does nothing", New: between("an empty function", nothing)},
			{Name: "f sleeps", New: between("a sleep of 5 ms", sleep)},
			{Name: "f computes", New: between("a computation", compute)},
			{Name: "f computes in another goroutine", New: between("a computation in another goroutine, on another thread", computeElsewhere)},
			{Name: "CPU time before the call", New: between("an empty function, after a computation", computeBefore)},
			{Name: "f measures, too", New: between("a function that measures a computation", nested)},
			{Name: "CPU time that comes to a full second", New: between("a computation across a full second of CPU time", acrossASecond)},
		},
		Workloads: []probe.Case{
			{Name: "sleep", New: measured("sleep 40 ms", func(*rand.Rand) func() {
				return func() { time.Sleep(40 * time.Millisecond) }
			})},
			{Name: "one spin", New: measured("one goroutine that computes", func(r *rand.Rand) func() {
				return newSpin(r, long).run
			})},
			{Name: "two spins", New: measured("two goroutines that compute", func(r *rand.Rand) func() {
				a, b := newSpin(r, long), newSpin(r, long)
				return func() {
					var wg sync.WaitGroup
					wg.Go(a.run)
					wg.Go(b.run)
					wg.Wait()
				}
			})},
		},
	}
}

func measured(input string, scenario func(*rand.Rand) func()) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		f := scenario(r)
		var wall, cpu time.Duration
		return probe.Task{
			Input:  input,
			Run:    func() { wall, cpu = cpuvswall.Measure(f) },
			Output: func() string { return fmt.Sprintf("%d %d", wall.Nanoseconds(), cpu.Nanoseconds()) },
		}
	}
}

// spin is a computation without memory and without a pause. Its end is kept,
// so that no compiler can leave it out.
type spin struct {
	state uint64
	steps int
}

// long is about 30 ms of steps, and short about 5 ms.
const (
	long  = 20_000_000
	short = 3_000_000
)

func newSpin(r *rand.Rand, steps int) *spin { return &spin{state: r.Uint64() | 1, steps: steps} }

func (s *spin) run() {
	x := s.state
	for range s.steps {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	s.state = x
}

func once(*rand.Rand) probe.Task {
	calls := 0
	return probe.Task{
		Input:  "f counts its calls",
		Run:    func() { cpuvswall.Measure(func() { calls++ }) },
		Output: func() string { return fmt.Sprintf("calls of f: %d", calls) },
	}
}

// reading is what both clocks show: the time that passed between two readings
// is their difference.
type reading struct {
	wall time.Time
	cpu  time.Duration
}

func read() reading {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return reading{time.Now(), time.Duration(used.Utime.Nano() + used.Stime.Nano())}
}

func (r reading) since(start reading) (wall, cpu time.Duration) {
	return r.wall.Sub(start.wall), r.cpu - start.cpu
}

// between makes cases that read the same clocks as a right solution, just
// inside of its readings and just outside of them. Clocks never go back, so
// what it says lies between the two: on every machine, however busy.
func between(input string, scenario func(*rand.Rand) (before, f func())) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		before, f := scenario(r)
		var outerStart, innerStart, innerEnd, outerEnd reading
		var wall, cpu time.Duration
		return probe.Task{
			Input: input,
			Run: func() {
				// On a thread of its own the caller cannot take over the work of
				// the goroutines that f starts.
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				before()
				outerStart = read()
				wall, cpu = cpuvswall.Measure(func() {
					innerStart = read()
					f()
					innerEnd = read()
				})
				outerEnd = read()
			},
			Output: func() string {
				leastWall, leastCPU := innerEnd.since(innerStart)
				mostWall, mostCPU := outerEnd.since(outerStart)
				return within("wall", leastWall, wall, mostWall) + ", " + within("cpu", leastCPU, cpu, mostCPU)
			},
		}
	}
}

// rounding is what a solution may lose by rounding, to milliseconds at worst.
const rounding = 500 * time.Microsecond

func within(clock string, least, said, most time.Duration) string {
	if said < least-rounding || said > most+rounding {
		return fmt.Sprintf("%s %v, not between %v and %v", clock, said, least, most)
	}
	return clock + " right"
}

func nothing(*rand.Rand) (before, f func()) {
	return func() {}, func() {}
}

func sleep(*rand.Rand) (before, f func()) {
	return func() {}, func() { time.Sleep(5 * time.Millisecond) }
}

func compute(r *rand.Rand) (before, f func()) {
	return func() {}, newSpin(r, short).run
}

func computeElsewhere(r *rand.Rand) (before, f func()) {
	s := newSpin(r, short)
	return func() {}, func() {
		var wg sync.WaitGroup
		wg.Go(s.run)
		wg.Wait()
	}
}

func computeBefore(r *rand.Rand) (before, f func()) {
	return newSpin(r, short).run, func() {}
}

// acrossASecond computes until the time in user code is about to come to another
// full second, which it then does in f. Once is enough: it takes a while.
func acrossASecond(r *rand.Rand) (before, f func()) {
	s := newSpin(r, short/10)
	if runtime.GOMAXPROCS(0) != 1 {
		return func() {}, s.run
	}
	spinUntil := func(enough func(usec int64) bool) func() {
		return func() {
			for {
				var used syscall.Rusage
				if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
					panic(err)
				}
				if enough(int64(used.Utime.Usec)) {
					return
				}
				s.run()
			}
		}
	}
	return spinUntil(func(usec int64) bool { return usec >= 980_000 }), spinUntil(func(usec int64) bool { return usec < 900_000 })
}

// nested measures while it measures.
func nested(r *rand.Rand) (before, f func()) {
	s := newSpin(r, short)
	return func() {}, func() { cpuvswall.Measure(s.run) }
}
