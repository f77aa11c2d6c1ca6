package meter

import (
	"runtime"
	"sync"
	"time"

	"gokata/checker/evidence"
)

// control is computation that any number of CPUs can share: it shows what the
// machine has to give at the moment. It runs in this process, while no
// benchmark does.
type control struct {
	steps int // of the whole work
}

// controlTime is how long the work takes on one CPU, about.
const controlTime = 10 * time.Millisecond

func newControl() control {
	c := control{steps: 1 << 16}
	for c.steps < 1<<30 {
		start := time.Now()
		compute(c.steps)
		took := time.Since(start)
		if took > controlTime/2 {
			c.steps = int(float64(c.steps) * float64(controlTime) / float64(took))
			return c
		}
		c.steps *= 2
	}
	return c
}

// run does the work in p equal parts; ok is false where this process may not
// run that many at once though the machine could.
func (c control) run(p int) (_ evidence.Sample, ok bool) {
	parts := min(p, runtime.GOMAXPROCS(0))
	if parts < min(p, runtime.NumCPU()) {
		return evidence.Sample{}, false
	}
	cpu := ownTime()
	start := time.Now()
	var wg sync.WaitGroup
	for range parts - 1 {
		wg.Go(func() { compute(c.steps / parts) })
	}
	compute(c.steps / parts)
	wg.Wait()
	wall := time.Since(start).Nanoseconds()
	return evidence.Sample{Wall: wall, CPU: ownTime() - cpu}, true
}

// compute keeps the arithmetic units of a core busy: four chains that do not
// wait for each other, and no memory.
//
//go:noinline
func compute(steps int) uint64 {
	a, b, c, d := uint64(1), uint64(2), uint64(3), uint64(4)
	for range steps / 4 {
		a, b, c, d = turn(a), turn(b), turn(c), turn(d)
	}
	return a ^ b ^ c ^ d
}

// turn is a step of Marsaglia's xorshift generator.
func turn(x uint64) uint64 {
	x ^= x << 13
	x ^= x >> 7
	return x ^ x<<17
}

// allCPUs is the most CPU time that all CPUs have in a stretch of wall time,
// both in ns: a quarter more, and the start of a process, for what the two runs
// of a sample may differ by.
func allCPUs(wall float64) float64 {
	return 1.25*float64(runtime.NumCPU())*wall + float64(5*time.Millisecond)
}
