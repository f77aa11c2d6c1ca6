package verdict

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// noise is a condition of the machine. What it does follows what was seen:
// waiting lengthens the wall clock of every run by its own amount; CPU clocks
// stand still meanwhile, but run slower when the host puts two CPUs on one
// core, for all programs alike and for rounds on end; a thread that is off its
// CPU still counts as running in a trace, which is then not valid.
type noise struct {
	name   string
	wait   float64 // mean share of a run's wall time added by waiting, at P=1
	cpu    float64 // relative jitter of CPU time
	shared float64 // chance that a stretch of rounds runs on one core
	trace  float64 // how much of the time threads are off their CPU in a trace
	turns  float64 // chance that a run's threads take turns on one CPU
}

var conditions = []noise{
	{"quiet", 0.02, 0.01, 0.0, 0.01, 0},
	{"one neighbour", 0.3, 0.03, 0.1, 0.2, 0.2},
	{"one core for two CPUs", 0.05, 0.03, 0.9, 0.05, 0},
	{"more neighbours than cores", 0.5, 0.06, 0.2, 0.6, 0.97},
}

// class is a kind of program: its row of the quiet tables, and the share of a
// run in which both CPUs are wanted.
type class struct {
	row
	pass bool
}

func classes() []class {
	var out []class
	for _, r := range append(slices.Clone(quietRows), cutRows...) {
		out = append(out, class{r, r.want[0] == OK})
	}
	return out
}

// apart is the share of rounds in which the threads of a program take turns
// although they are held on CPUs of their own: see manySpread.
const apart = 0.67

// simulation draws the evidence of one check, which grows look by look.
type simulation struct {
	class
	noise
	rng  *rand.Rand
	e    evidence.Evidence
	lean bool    // rounds are at P alone
	left int     // rounds until the host may move the CPUs
	core float64 // factor on CPU time at P=2 of the present stretch
}

func simulate(c class, n noise, rng *rand.Rand) *simulation {
	s := &simulation{class: c, noise: n, rng: rng}
	s.e = c.row.evidence(0)
	s.e.Traces = nil
	return s
}

// run draws one run: cpu is its CPU time on a quiet machine, u the CPUs that
// it keeps busy there, turns whether its threads share one CPU this time.
func (s *simulation) run(cpu, u float64, p int, turns bool) evidence.Sample {
	cpu *= 1 + s.cpu*s.rng.NormFloat64()
	if p > 1 && u > 1 {
		cpu *= 1 + (s.core-1)*(u-1)
	}
	// Each CPU that a run keeps busy waits for itself; the run lasts as long as
	// the one that waits most.
	delay := 0.0
	for range int(math.Ceil(u)) {
		delay = max(delay, s.wait*s.rng.ExpFloat64())
	}
	if turns {
		u = min(u, 1)
	}
	return evidence.Sample{CPU: int64(cpu), Wall: int64(cpu / u * (1 + delay))}
}

func (s *simulation) round() {
	if s.left == 0 {
		s.left, s.core = 1+s.rng.IntN(30), 1
		if s.rng.Float64() < s.shared {
			s.core = 1.5 + 0.2*s.rng.Float64()
		}
	}
	s.left--
	// The wait of the rows' own machine is in their figures already: the
	// control's inflation there is taken off, so that only s.core brings it.
	own := s.cost / s.wRef
	base := own / (s.w / s.wRef)
	taking := s.turns
	if s.lean {
		taking = min(taking, apart)
	}
	turns := s.rng.Float64() < taking
	if s.contends && turns { // what contention costs shows only side by side
		own = base * (1 + 0.1*s.rng.Float64())
	}
	round := evidence.Round{
		You:    map[int]evidence.Sample{2: s.run(size*own, min(s.u, 1.97), 2, turns)},
		Ref:    map[int]evidence.Sample{2: s.run(size, 1.97, 2, s.rng.Float64() < taking)},
		Spread: s.lean,
	}
	if !s.lean {
		round.You[1] = s.run(size*base, min(1, s.u/(s.s*s.w)), 1, false)
		round.Ref[1] = s.run(size, 0.99, 1, false)
	}
	s.e.Rounds = append(s.e.Rounds, round)
}

// traced draws one trace. Off is the share of the time that a thread counted
// as running without a CPU: it adds false overlap to code that hands over, and
// takes true overlap away when the only runner is the one that is off.
func (s *simulation) traced(role evidence.Role, overlap float64) evidence.Trace {
	off := min(0.9, s.trace*s.rng.ExpFloat64())
	cpu := 20e6
	valid := off < 0.05
	switch {
	case overlap < 0.3:
		overlap += (1 - overlap) * 0.3 * off * s.rng.Float64()
	default:
		overlap *= 1 - 0.3*off*s.rng.Float64()
	}
	work := cpu * (1 + off)
	t := evidence.Trace{Role: role, Procs: 2, Work: int64(work), CPU: int64(cpu), Overlap: overlap,
		Mean: 1 + overlap, Busy: int64(work / (1 + overlap)), Span: int64(work / s.span), Valid: valid,
		Goroutines: 80, Switches: 100, Longest: 0.05}
	if role == evidence.You {
		t.Goroutines, t.Switches, t.Longest = s.goroutines, s.switches, s.longest
		if s.queued {
			t.Queued = []evidence.Block{{Reason: "sync", Total: 1e7}}
		}
	}
	return t
}

// widen adds traces above the number of CPUs. Threads take turns there, which
// makes the critical path longer, more so beside neighbours.
func (s *simulation) widen() evidence.Evidence {
	for range 4 {
		add := func(role evidence.Role, cut float64, width int) {
			blur := 1 - 0.5*s.rng.Float64()*min(0.9, 0.4+s.trace)
			s.e.Traces = append(s.e.Traces, evidence.Trace{
				Role: role, Procs: Wide, Work: 30e6, Span: int64(30e6 / max(1, cut*blur)), Width: width, Goroutines: width})
		}
		add(evidence.You, s.cut, s.width)
		add(evidence.Ref, 7, 60)
	}
	return s.e
}

func (s *simulation) grow(n int) evidence.Evidence {
	s.lean = s.lean || Lean(s.e)
	for len(s.e.Rounds) < n {
		s.round()
	}
	if n < Quorum {
		return s.e
	}
	for range 3 {
		s.e.Traces = append(s.e.Traces, s.traced(evidence.You, s.overlap), s.traced(evidence.Ref, 0.97))
	}
	return s.e
}

// TestNoSimulatedNoiseMakesAFalseVerdict runs at least 10,000 checks of each
// class of programs, spread over the conditions. A false verdict is a pass for
// code that must fail, or a fail for code that must pass; inconclusive is
// allowed, and counted.
func TestNoSimulatedNoiseMakesAFalseVerdict(t *testing.T) {
	trials := 2500
	if testing.Short() {
		trials = 100
	}
	for _, c := range classes() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i, n := range conditions {
				open, rounds := 0, 0
				for trial := range trials {
					rng := rand.New(rand.NewPCG(uint64(trial), uint64(i)))
					s := simulate(c, n, rng)
					v, took := judged(s.grow, s.widen)
					rounds += took
					switch {
					case v.Outcome == Inconclusive:
						open++
					case (v.Outcome == Pass) != c.pass:
						t.Errorf("%s, trial %d, %d rounds: %s, %s\n%s\n%+v", n.name, trial, took, v.Outcome, v.Reason, v.Explanation, v.Witnesses)
						if trial > 20 {
							return
						}
					case !consistent(v):
						t.Fatalf("%s, trial %d: %+v does not go together", n.name, trial, v)
					}
				}
				t.Logf("%-28s inconclusive %5.1f %%, %4.1f rounds on average", n.name,
					100*float64(open)/float64(trials), float64(rounds)/float64(trials))
			}
		})
	}
}

// TestIntervalHoldsTheMedian computes how often the interval misses, rather
// than trusting the formula.
func TestIntervalHoldsTheMedian(t *testing.T) {
	for _, n := range Looks(spec.Parallel) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, uint64(n)))
			const trials = 20000
			missed := 0
			for range trials {
				xs := make([]float64, n)
				for i := range xs {
					xs[i] = math.Exp(rng.NormFloat64()) // median 1, and skewed
				}
				if lo, hi := interval(xs, alpha); lo > 1 || hi < 1 {
					missed++
				}
			}
			// The true rate is at most alpha; four standard errors above it.
			limit := alpha + 4*math.Sqrt(alpha*(1-alpha)/trials)
			if rate := float64(missed) / trials; rate > limit {
				t.Errorf("missed the median in %.2f %% of trials, want at most %.2f %%", 100*rate, 100*limit)
			}
		})
	}
}

func TestFisherAgreesWithCounting(t *testing.T) {
	for _, c := range []struct {
		l, h, n int
		want    float64
	}{
		{0, 8, 8, 1.0 / 12870},
		{0, 10, 10, 1.0 / 184756},
		{5, 5, 5, 1},
		{1, 3, 3, 0.2}, // 3 of the 15 ways to choose 4 of 6, with at most 1 in the first three
	} {
		if got := fisher(c.l, c.h, c.n); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("fisher(%d, %d, %d) = %g, want %g", c.l, c.h, c.n, got, c.want)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	e := quietRows[0].evidence(60)
	b.ReportAllocs()
	for b.Loop() {
		if Judge(e).Outcome != Pass {
			b.Fatal("not a pass")
		}
	}
}
