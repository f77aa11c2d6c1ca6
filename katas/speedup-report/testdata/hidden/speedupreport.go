// Package hidden holds the cases of speedup-report. The machine that is
// measured is made up: what a run takes is a model's time, disturbed by draws
// from the seed, and nothing depends on a real clock.
package hidden

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"time"

	"check/probe"
	speedupreport "check/solution"
)

// What the brief allows.
const (
	offSpeedup = 0.15 // of the true speed-up
	offSerial  = 0.05
	mostRuns   = 30 // of the sequential program, and for each number of CPUs
)

// Suite has one disturbance in each case, so that a failure says which of them
// a solution does not stand, and then all of them together.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "a quiet machine", New: machines(5, noise{})},
		{Name: "procs without a 1", New: without1},
		{Name: "a machine that grows slower", New: machines(10, noise{warm: true})},
		{Name: "some runs take far too long", New: machines(10, noise{stalls: true})},
		{Name: "some readings are far too short", New: machines(10, noise{short: true})},
		{Name: "all of that", New: machines(10, noise{warm: true, stalls: true, short: true})},
	}}
}

// noise says what disturbs a machine, besides a jitter of 1 %.
type noise struct {
	warm   bool // every run leaves it slower: by half after 7 runs, twice after 30, three times after 200
	stalls bool // one in ten runs of the same program takes far too long
	short  bool // of one in twenty the clock shows far too little
}

// machine is a made-up machine with a made-up program.
type machine struct {
	procs      []int
	noise      noise
	sequential float64 // time of the sequential program, in seconds
	overhead   float64 // the parallel one on one CPU takes as many times as long
	serial     float64 // share of that which more CPUs do not help

	mu             sync.Mutex
	r              *rand.Rand
	runs           int
	luck           map[int]*luck // by number of CPUs
	underWay, most int
	report         speedupreport.Report
}

var lists = [][]int{{1, 2, 4, 8}, {2, 4, 8, 16}, {1, 4, 8, 12, 24}, {16, 8, 4, 2, 1}, {4, 16}}

func newMachine(r *rand.Rand, n noise) *machine {
	return &machine{
		procs:      lists[r.IntN(len(lists))],
		noise:      n,
		sequential: 0.05 + 0.25*r.Float64(),
		overhead:   1.3 + 0.4*r.Float64(),
		serial:     0.05 + 0.20*r.Float64(),
		r:          rand.New(rand.NewPCG(r.Uint64(), r.Uint64())),
	}
}

// clean is how many times as long as the sequential program a run takes where
// nothing disturbs it.
func (m *machine) clean(procs int) float64 {
	if procs == 0 {
		return 1
	}
	return m.overhead * (m.serial + (1-m.serial)/float64(procs))
}

// run is what the solution is given.
func (m *machine) run(procs int) time.Duration {
	if procs < 0 || procs > 64 {
		panic(fmt.Sprintf("run(%d): this machine has 64 CPUs", procs))
	}
	m.mu.Lock()
	m.underWay++
	m.most = max(m.most, m.underWay)
	m.mu.Unlock()
	for range 3 { // time for somebody else to come in
		runtime.Gosched()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.underWay--
	took := m.clean(procs) * math.Exp(0.01*m.r.NormFloat64())
	if m.noise.warm {
		k := float64(m.runs)
		took *= (2 - math.Exp(-k/10)) * math.Exp(0.002*k)
	}
	stalls, short := m.luckOf(procs).next(m.r)
	if m.noise.stalls && stalls { // by as much as the sequential program, or up to thirty
		took += min(30, 1/(1-m.r.Float64()))
	}
	if m.noise.short && short {
		took *= 0.1 + 0.4*m.r.Float64()
	}
	m.runs++
	return time.Duration(m.sequential * took * float64(time.Second))
}

// luck spreads what is bad over the runs of one program, so that no seed has
// too much of it for a right method: one stall in each ten, wherever in them,
// and one short reading in each twenty.
type luck struct{ runs, stall, short int }

func (l *luck) next(r *rand.Rand) (stalls, short bool) {
	if l.runs%10 == 0 {
		l.stall = l.runs + r.IntN(10)
	}
	if l.runs%20 == 0 {
		l.short = l.runs + r.IntN(20)
	}
	stalls, short = l.runs == l.stall, l.runs == l.short
	l.runs++
	return stalls, short
}

func (m *machine) luckOf(procs int) *luck {
	if m.luck == nil {
		m.luck = make(map[int]*luck)
	}
	if m.luck[procs] == nil {
		m.luck[procs] = &luck{}
	}
	return m.luck[procs]
}

func (m *machine) measure() {
	m.report = speedupreport.Speedup(m.run, append([]int(nil), m.procs...))
}

// wrong says what the report has wrong; nothing if all is right.
func (m *machine) wrong() string {
	if m.most > 1 {
		return "two runs were under way at once"
	}
	if len(m.report.Speedups) != len(m.procs) {
		return fmt.Sprintf("%d speed-ups for %d numbers of CPUs", len(m.report.Speedups), len(m.procs))
	}
	for i, p := range m.procs {
		got, want := m.report.Speedups[i], 1/m.clean(p)
		if !(math.Abs(got-want) <= offSpeedup*want) { // NaN is wrong, too
			return fmt.Sprintf("the speed-up on %d CPUs is %.2f, and %.2f is reported", p, want, got)
		}
	}
	if got := m.report.Serial; !(math.Abs(got-m.serial) <= offSerial) {
		return fmt.Sprintf("the serial fraction is %.3f, and %.3f is reported", m.serial, got)
	}
	return ""
}

// task makes a task of machines that are measured one after the other.
func task(input string, all []*machine) probe.Task {
	return probe.Task{
		Input: input,
		Run: func() {
			for _, m := range all {
				m.measure()
			}
		},
		Output: func() string {
			lines := make([]string, len(all))
			for i, m := range all {
				lines[i] = "all right"
				if wrong := m.wrong(); wrong != "" {
					lines[i] = wrong
				}
			}
			return strings.Join(lines, "\n")
		},
		Bounds: func() []probe.Bound {
			worst := 0.0
			for _, m := range all {
				worst = max(worst, float64(m.runs)/float64(m.programs()))
			}
			return []probe.Bound{probe.AtMost("runs for each number of CPUs", int(math.Ceil(worst)), mostRuns, "overhead",
				"A median of some twenty rounds is good enough; a thousand runs only warm the machine.")}
		},
	}
}

// programs is for how many things there are to run the brief gives runs: the
// sequential program, the parallel one on one CPU, and on each of procs.
func (m *machine) programs() int { return len(m.procs) + 2 }

func machines(n int, noise noise) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		all := make([]*machine, n)
		for i := range all {
			all[i] = newMachine(r, noise)
		}
		return task(fmt.Sprintf("%d machines of 64 CPUs, each with a program of its own", n), all)
	}
}

func without1(r *rand.Rand) probe.Task {
	m := newMachine(r, noise{})
	m.procs = []int{2, 8}
	return task("procs is 2, 8", []*machine{m})
}
