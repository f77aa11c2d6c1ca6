// Package hidden holds the cases and the workloads of cpu-vs-wall. A case asks
// what is true on every machine, however busy; a workload writes both readings,
// in nanoseconds, to be held against the clocks outside.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"check/probe"
	cpuvswall "check/solution"
)

// Suite lists what every meter must satisfy, and the three scenarios.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "f is called once", New: once},
			{Name: "f that does nothing", New: nothing},
			{Name: "f that sleeps 5 ms", New: sleepy},
			{Name: "CPU time before the call", New: before},
			{Name: "measuring while measuring", New: nested},
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

// long is about 30 ms of steps, and short about 15 ms.
const (
	long  = 20_000_000
	short = 10_000_000
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

func nothing(*rand.Rand) probe.Task {
	var wall, cpu time.Duration
	return probe.Task{
		Input: "an empty function",
		Run:   func() { wall, cpu = cpuvswall.Measure(func() {}) },
		Output: func() string {
			if wall < 0 || cpu < 0 {
				return fmt.Sprintf("a negative time: wall %v, cpu %v", wall, cpu)
			}
			return "no negative time"
		},
	}
}

// sleepy has a limit from below only: a sleep may take longer than it should,
// but not less.
func sleepy(*rand.Rand) probe.Task {
	const asleep = 5 * time.Millisecond
	var wall time.Duration
	return probe.Task{
		Input: "time.Sleep(5 * time.Millisecond)",
		Run:   func() { wall, _ = cpuvswall.Measure(func() { time.Sleep(asleep) }) },
		Output: func() string {
			if wall < asleep {
				return fmt.Sprintf("wall %v, which is less than the sleep", wall)
			}
			return "wall is at least the sleep"
		},
	}
}

// before computes for a while, and then measures nothing.
func before(r *rand.Rand) probe.Task {
	s := newSpin(r, short)
	var cpu time.Duration
	return probe.Task{
		Input: "an empty function, after 15 ms of computing",
		Run: func() {
			s.run()
			_, cpu = cpuvswall.Measure(func() {})
		},
		Output: func() string {
			if cpu > 5*time.Millisecond {
				return fmt.Sprintf("cpu %v for nothing", cpu)
			}
			return "cpu does not hold what was spent before the call"
		},
	}
}

// nested holds whatever the clocks do: what is inside takes no longer.
func nested(r *rand.Rand) probe.Task {
	s := newSpin(r, short)
	var wall, cpu, innerWall, innerCPU time.Duration
	return probe.Task{
		Input: "a function that measures another one",
		Run: func() {
			wall, cpu = cpuvswall.Measure(func() {
				innerWall, innerCPU = cpuvswall.Measure(s.run)
			})
		},
		Output: func() string {
			if innerWall > wall || innerCPU > cpu {
				return fmt.Sprintf("inside wall %v, cpu %v; outside wall %v, cpu %v", innerWall, innerCPU, wall, cpu)
			}
			return "inside is not longer than outside"
		},
	}
}
