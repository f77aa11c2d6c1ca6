package meter

import (
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gokata/checker/evidence"
)

// control is computation that any number of CPUs can share: it shows what the
// machine has to give at the moment. It runs in this process, while no
// benchmark does.
type control struct {
	steps int // of the whole work
}

// The work takes about controlTime on one CPU. It is cut into pieces that
// whoever is free takes next, as good parallel code would, so that a CPU that is
// taken away for a while does not hold up the others.
const (
	controlTime   = 10 * time.Millisecond
	controlPieces = 128
)

// newControl sizes the work. Of three runs the shortest counts: the others may
// have shared the CPU.
func newControl() control {
	c := control{steps: 1 << 16}
	for c.steps < 1<<30 {
		took := time.Duration(math.MaxInt64)
		for range 3 {
			start := time.Now()
			compute(c.steps)
			took = min(took, time.Since(start))
		}
		if took > controlTime/8 {
			c.steps = int(float64(c.steps) * float64(controlTime) / float64(took))
			break
		}
		c.steps *= 2
	}
	return c
}

// run does the work on p CPUs, twice; the faster run counts, as the first finds
// CPUs asleep. Ok is false where this process may not run on that many at once
// though the machine could.
func (c control) run(p int) (best evidence.Sample, ok bool) {
	workers := min(p, runtime.GOMAXPROCS(0))
	if workers < min(p, runtime.NumCPU()) {
		return evidence.Sample{}, false
	}
	for range 2 {
		if s := c.once(workers); best.Wall == 0 || s.Wall < best.Wall {
			best = s
		}
	}
	return best, true
}

func (c control) once(workers int) evidence.Sample {
	var next atomic.Int64
	work := func() {
		for next.Add(1) <= controlPieces {
			compute(c.steps / controlPieces)
		}
	}
	cpu := ownTime()
	start := time.Now()
	var wg sync.WaitGroup
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	wall := time.Since(start).Nanoseconds()
	return evidence.Sample{Wall: wall, CPU: ownTime() - cpu}
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
