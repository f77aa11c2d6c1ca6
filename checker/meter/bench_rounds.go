package meter

import (
	"context"
	"math"
	"math/rand/v2"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/proc"
)

// Sizes of a sample. A process spends 3 ms of CPU time on starting, and at a
// GOMAXPROCS above 1 up to 10 more on the two collections of garbage that
// package testing asks for, the more the busier the machine is (both measured).
// A sample is long beside what these differ by from run to run. Where a
// benchmark's own preparation is longer, the sample grows with it, up to longest.
const (
	sampleTime = 60 * time.Millisecond // at GOMAXPROCS=1
	longest    = 500 * time.Millisecond
	few        = 2 // iterations of the shorter of the two runs of a sample
	mostN      = 1_000_000_000
)

// BenchSession measures rounds of one benchmark: in each, it and the control
// run at every GOMAXPROCS, in random order, each time in a fresh process.
//
// The wall time of an iteration is what the benchmark's own timer says. Its CPU
// time is read from outside, so that no benchmark has to be changed and no
// version of package testing be known: two processes run the benchmark, one
// with few iterations and one with N. Both start the program, let package
// testing try one iteration, prepare, and collect garbage; so what the longer
// one spent beyond the shorter one is the CPU time of N - few iterations.
type BenchSession struct {
	b       Benchmarks
	name    string
	n       int
	procs   []int
	start   time.Duration // CPU time of the program with nothing to do
	control control
	rng     *rand.Rand
}

// NewBenchSession finds how many iterations a sample of a benchmark needs.
func NewBenchSession(ctx context.Context, b Benchmarks, name string, procs []int, seed uint64) (*BenchSession, error) {
	s := &BenchSession{b: b, name: name, procs: procs, control: newControl(), rng: rand.New(rand.NewPCG(seed, 2))}
	for range 3 {
		_, used, err := b.run(ctx, 1, proc.Limits{}, "-test.bench=^$")
		if err != nil {
			return s, err
		}
		if s.start == 0 || used.cpu < s.start {
			s.start = used.cpu
		}
	}
	err := s.calibrate(ctx)
	return s, err
}

// N is how many iterations one sample covers.
func (s *BenchSession) N() int { return s.n }

// calibrate grows the number of iterations, as package testing does, until a
// run at GOMAXPROCS=1 is long enough. Of two runs the shorter counts: beside
// other programs one may take many times as long. What it spends besides is read
// from the CPU clock, which does not mind them.
func (s *BenchSession) calibrate(ctx context.Context) error {
	s.n = few + 1
	const most = 12 // steps of up to 100 times: any n is reached in five
	for range most {
		took, rest := time.Duration(math.MaxInt64), time.Duration(0)
		goal := sampleTime
		for range 2 {
			got, err := s.b.iterate(ctx, s.name, 1, s.n, proc.Limits{})
			if err != nil {
				return err
			}
			if wall := time.Duration(got.line.wall * float64(s.n)); wall < took {
				took, rest = wall, got.cpu-wall-s.start
			}
			goal = min(max(sampleTime, rest/2), longest)
			if took < goal*2/3 {
				break
			}
		}
		if took >= goal*2/3 || s.n == mostN {
			return nil
		}
		grown := 1.1 * float64(s.n) * float64(goal) / max(float64(took), 1)
		s.n = int(min(max(grown, 1.5*float64(s.n)), 100*float64(s.n), mostN))
	}
	return nil
}

// Round measures one round. A sample without a sound CPU time is left out and
// counted. The error is a BenchError, or the context's.
func (s *BenchSession) Round(ctx context.Context) (round evidence.Round, odd int, err error) {
	round = evidence.Round{You: map[int]evidence.Sample{}, Ref: map[int]evidence.Sample{}}
	stopped := throttling()
	for _, i := range s.rng.Perm(2 * len(s.procs)) {
		p := s.procs[i/2]
		if i%2 == 1 {
			if ctl, ok := s.control.run(p); ok {
				round.Ref[p] = ctl
			}
			continue
		}
		sample, ok, err := s.sample(ctx, p)
		switch {
		case err != nil:
			return round, odd, err
		case ok:
			round.You[p] = sample
		default:
			odd++
		}
	}
	if throttling() != stopped {
		round.Discarded = "throttled"
	}
	return round, odd, nil
}

// sample measures n iterations; ok is false if the two runs cannot both be right.
func (s *BenchSession) sample(ctx context.Context, p int) (_ evidence.Sample, ok bool, err error) {
	counts := [2]int{few, s.n}
	var got [2]iterated
	for _, i := range s.rng.Perm(2) {
		if got[i], err = s.b.iterate(ctx, s.name, p, counts[i], proc.Limits{}); err != nil {
			return evidence.Sample{}, false, err
		}
	}
	got[0].cpu, got[1].cpu = got[0].cpu-s.start, got[1].cpu-s.start
	return difference(got[0], got[1], counts[0], counts[1])
}

// difference makes a sample of n iterations out of a run of few and one of n.
func difference(short, long iterated, few, n int) (_ evidence.Sample, ok bool, _ error) {
	scale := float64(n) / float64(n-few)
	cpu := scale * float64(long.cpu-short.cpu)
	outside := scale * float64(long.usage.wall-short.usage.wall)
	wall := long.line.wall * float64(n)
	setup := float64(short.cpu) - cpu/float64(n)*float64(few+1)
	facts := map[string]float64{evidence.Outside: outside, evidence.Setup: max(0, setup/2)}
	if b := long.line.bytes; b != nil {
		facts[evidence.Bytes] = *b
	}
	if a := long.line.allocs; a != nil {
		facts[evidence.Allocs] = *a
	}
	s := evidence.Sample{Wall: int64(wall), CPU: int64(cpu), Facts: facts}
	return s, wall > 0 && cpu > 0 && cpu <= allCPUs(max(wall, outside)), nil
}
