package verdict

import (
	"fmt"
	"strings"

	"gokata/checker/evidence"
)

// Topic is the question that a remark answers.
type Topic string

const (
	IsParallel Topic = "parallel" // is it parallel?
	HowFar     Topic = "far"      // how far?
	WhyNot     Topic = "why"      // why not further?
	Beyond     Topic = "beyond"   // what would more CPUs give?
	Doubt      Topic = "doubt"    // what the figures do not say
)

// Answers to IsParallel, besides Unavailable: it cannot be said.
const (
	YesParallel    = "parallel"
	PartlyParallel = "partly"
	NotParallel    = "serial"
)

// Remark is one thing to say of a benchmark, in sentences.
type Remark struct {
	Topic Topic              `json:"topic"`
	Says  string             `json:"says,omitempty"` // of IsParallel the answer, of WhyNot the reason
	Text  string             `json:"text"`
	At    *evidence.Position `json:"at"` // the line to blame, or nil
}

// Bounds of the remarks.
const (
	// hardly and largely are shares of the further CPUs in use: below the one a
	// trace shows no parallelism, from the other on code counts as parallel.
	hardly  = 0.3
	largely = 0.5
	// vague is how many times as high as its lower bound the upper one of a
	// prediction may be, to be worth saying.
	vague = 4
	// nearAttainable is the share of the attainable speed-up from which on
	// nothing is left to explain.
	nearAttainable = 0.9
	// covered is the share of the CPU time of a traced run that its iterations
	// must make up, for the trace to speak of them and not of the preparation.
	covered = 0.85
)

// Remarks say what was found out about a benchmark: whether it is parallel, how
// far, why not further, and what more CPUs would give. It is a pure function,
// and claims nothing that the intervals do not allow. Machine.P is the number
// of CPUs that can run at once: the largest GOMAXPROCS up to it is judged.
func Remarks(b evidence.Bench, m evidence.Machine) []Remark {
	if b.Failed != nil {
		return nil
	}
	s, ok := subjectOf(b, m)
	if !ok {
		return append([]Remark{{Topic: IsParallel, Says: Unavailable, Text: nothing(b, m)}}, doubts(b, m, nil)...)
	}
	is := s.parallel()
	list := []Remark{is}
	add := func(r Remark, ok bool) {
		if ok {
			list = append(list, r)
		}
	}
	add(s.far())
	add(s.why(is.Says))
	add(s.beyond(is.Says))
	return append(list, doubts(b, m, &s)...)
}

// nothing says why parallelism cannot be judged at all.
func nothing(b evidence.Bench, m evidence.Machine) string {
	switch {
	case m.P < 2:
		return fmt.Sprintf("Whether it is parallel cannot be seen here: this process may use %.3g CPU, and 2 are needed.", cpusOf(m))
	case len(b.Procs) == 0 || b.Procs[len(b.Procs)-1] < 2 || b.Procs[0] > m.P:
		return fmt.Sprintf("Whether it is parallel shows at a GOMAXPROCS of 2 or more, up to the %d CPUs here; --cpu says at which to measure.", m.P)
	}
	return "Whether it is parallel cannot be said: no sample could be measured."
}

// cpusOf is how many CPUs a process may use, by affinity and quota.
func cpusOf(m evidence.Machine) float64 {
	if m.Quota != nil {
		return min(float64(m.CPUs), *m.Quota)
	}
	return float64(m.CPUs)
}

// subject is a benchmark at the GOMAXPROCS at which it is judged.
type subject struct {
	evidence.Bench
	machine evidence.Machine // P is where it is judged
	p       int
	at      Level
	one     *Level               // at 1, where that was measured
	trace   *evidence.BenchTrace // the best at p; nil where none can speak
	// parallelism is work/span of the best valid trace, as one preemption spoils
	// a span; 0 is not known.
	parallelism float64
	path        []evidence.Step // the critical path of few iterations; nil where it is not known
	setup       float64         // share of the traced CPU time that is preparation
	cut         bool            // the traces were too large to keep
	free        bool            // the control shows that the CPUs were to be had
}

func subjectOf(b evidence.Bench, m evidence.Machine) (subject, bool) {
	s := subject{Bench: b, machine: m}
	levels := Levels(b)
	for i, l := range levels {
		switch {
		case l.Samples == 0:
		case l.Procs == 1:
			s.one = &levels[i]
		case l.Procs <= m.P:
			s.p, s.at = l.Procs, l
		}
	}
	if s.p == 0 {
		return s, false
	}
	s.machine.P = s.p
	s.free = s.at.Attainable != nil && s.at.Attainable.Mid >= shows(s.p) || s.at.Speedup.atLeast(shows(s.p))
	s.readTraces()
	return s, true
}

// readTraces picks the traces that can speak: of those at p with the most
// iterations the best, and of those with the fewest the path.
func (s *subject) readTraces() {
	most, least := 0, 0
	for _, t := range s.Traces {
		switch {
		case t.Procs != s.p:
		case t.Truncated:
			s.cut = true
		default:
			most = max(most, t.N)
			if least == 0 || t.N < least {
				least = t.N
			}
		}
	}
	if most == 0 {
		return
	}
	s.trace = bestOf(s.Traces, s.p, most, func(evidence.BenchTrace) bool { return true })
	if s.setup = setupShare(s.Bench, most); s.setup > 1-covered {
		s.trace = nil
	}
	if setupShare(s.Bench, least) <= 1-covered {
		told := func(t evidence.BenchTrace) bool { return t.Handovers < len(t.Path) }
		if short := bestOf(s.Traces, s.p, least, told); short != nil {
			s.path = short.Path
		}
	}
	for _, t := range s.Traces {
		if t.Procs == s.p && t.N == most && t.Valid {
			s.parallelism = max(s.parallelism, ratio(t.Work, t.Span))
		}
	}
}

// bestOf is the best trace of n iterations at GOMAXPROCS p, as everywhere, of
// those that are fit; nil where there is none.
func bestOf(traces []evidence.BenchTrace, p, n int, fit func(evidence.BenchTrace) bool) *evidence.BenchTrace {
	var some []*evidence.Trace
	for i := range traces {
		if t := &traces[i]; t.Procs == p && t.N == n && !t.Truncated && fit(*t) {
			some = append(some, &t.Trace)
		}
	}
	best := look(some).Trace
	for i := range traces {
		if best != nil && &traces[i].Trace == best {
			return &traces[i]
		}
	}
	return nil
}

// setupShare is the share of the CPU time of a run of n iterations that went
// into its preparation; 0 where that is not known.
func setupShare(b evidence.Bench, n int) float64 {
	if len(b.Procs) == 0 {
		return 0
	}
	var shares []float64
	for _, r := range b.Rounds {
		y := r.You[b.Procs[0]] // where collecting garbage costs least
		if setup, ok := y.Facts[evidence.Setup]; ok && r.Discarded == "" && y.CPU > 0 {
			shares = append(shares, setup/(setup+float64(y.CPU)*float64(n)/float64(max(b.N, 1))))
		}
	}
	if len(shares) == 0 {
		return 0
	}
	return median(shares)
}

// goal is the speed-up that can be had here: what the control reached.
func (s subject) goal() float64 {
	if a := s.at.Attainable; s.free && a != nil && a.Mid >= shows(s.p) {
		return min(float64(s.p), a.Mid)
	}
	return float64(s.p)
}

// mean is how many goroutines ran at once on average, by the trace; 0 is not
// known.
func (s subject) mean() float64 {
	if s.trace == nil {
		return 0
	}
	return s.trace.Mean
}

// parallel answers whether it is parallel. The trace sees the order of the
// work, nearly blind to load; the clocks see whether it pays.
func (s subject) parallel() Remark {
	says, text := s.answer()
	return Remark{Topic: IsParallel, Says: says, Text: text}
}

func (s subject) answer() (says, text string) {
	seen := s.seen()
	goal := s.goal()
	used := func(share, cpus float64) float64 { return 1 + share*(cpus-1) }
	much, some := used(largely, float64(s.p)), used(hardly, float64(s.p))
	gain, gained := s.at.Speedup.atLeast(used(largely, goal)), s.at.Speedup.atLeast(used(hardly, goal))
	lost := s.free && s.at.Speedup.below(used(largely, goal))
	switch {
	case gain:
		return YesParallel, "Parallel: " + seen + "."
	case s.mean() >= much && lost:
		return PartlyParallel, "It runs side by side and gains little by it: " + seen + "."
	case s.mean() >= much && s.free && s.at.Speedup != nil && s.at.Speedup.Mid < used(hardly, goal):
		return PartlyParallel, "It runs side by side and gains little by it so far: " + seen + ". The clocks do not settle it yet."
	case s.mean() >= much && !s.free:
		return YesParallel, "Parallel, by the trace: " + seen + ". The clocks cannot confirm it while this machine is so busy."
	case s.mean() >= much:
		return YesParallel, "Parallel, by the trace: " + seen + ". The clocks do not settle it yet."
	case s.trace != nil && s.mean() < some && !gained && (ratio(s.trace.Work, s.trace.Span) < much || s.waiting("lock") >= muchWaiting):
		return NotParallel, "Not parallel: " + seen + "."
	case s.trace != nil && !s.free: // goroutines that wait for a CPU look as if they did not overlap
		return PartlyParallel, "At least partly parallel, by the trace: " + seen + ". More cannot be said while this machine is so busy."
	case s.trace != nil:
		return PartlyParallel, "Partly parallel: " + seen + "."
	case lost && s.at.Busy.below(used(hardly, float64(s.p))):
		return NotParallel, "Not parallel: " + seen + "."
	case lost && s.at.Busy.atLeast(much):
		return PartlyParallel, "It keeps CPUs busy and gains little by it: " + seen + "."
	case lost && gained:
		return PartlyParallel, "Partly parallel: " + seen + "."
	}
	return Unavailable, "Whether it is parallel cannot be said from these rounds: " + seen + "."
}

// seen lists what the trace and the clocks read.
func (s subject) seen() string {
	var parts []string
	if t := s.trace; t != nil {
		switch {
		case t.Goroutines == 0:
			parts = append(parts, "it starts no goroutine")
		case t.Overlap < 0.005:
			parts = append(parts, "never two of its goroutines running at once")
		default:
			parts = append(parts, fmt.Sprintf("two or more of its goroutines ran at once for %.0f %% of the time", 100*t.Overlap))
		}
	}
	if s.at.Busy != nil {
		parts = append(parts, fmt.Sprintf("%.2f of %d CPUs were busy", s.at.Busy.Mid, s.p))
	}
	if s.at.Speedup != nil {
		parts = append(parts, fmt.Sprintf("%.2f times as fast as at GOMAXPROCS=1", s.at.Speedup.Mid))
	}
	return strings.Join(parts, ", ")
}

// far answers how far the speed-up goes.
func (s subject) far() (Remark, bool) {
	r := Remark{Topic: HowFar}
	if s.at.Speedup == nil {
		r.Text = "How far it goes shows against GOMAXPROCS=1, which was not measured; add 1 to --cpu."
		return r, true
	}
	r.Text = fmt.Sprintf("Speed-up %s on %d CPUs", between99(s.at.Speedup), s.p)
	linear := ""
	if e := s.at.Efficiency.Mid; e <= 1 {
		linear = fmt.Sprintf(", %.0f %% of linear", 100*e)
	}
	switch a := s.at.Attainable; {
	case a == nil:
		r.Text += linear + "."
	case !s.free:
		r.Text += fmt.Sprintf(". That says little: computation with nothing shared reached only %.2f x in the same rounds, so something else is using this machine.", a.Mid)
	default:
		r.Text += linear + fmt.Sprintf("; computation with nothing shared reached %.2f x in the same rounds.", a.Mid)
	}
	return r, true
}

// between99 writes a figure with its interval.
func between99(r *Range) string {
	if r.Low == nil || r.High == nil {
		return fmt.Sprintf("%.2f x (too few rounds for an interval)", r.Mid)
	}
	return fmt.Sprintf("%.2f x (99 %%: %.2f to %.2f)", r.Mid, *r.Low, *r.High)
}

// beyond answers what more CPUs would give.
func (s subject) beyond(says string) (Remark, bool) {
	const procs = 16
	if says != YesParallel && says != PartlyParallel || s.machine.P >= procs || s.one == nil {
		return Remark{}, false
	}
	bounds, ok := Predict(s.evidence())[procs]
	if !ok || !(bounds.Low > 0) || bounds.High < bounds.Low {
		return Remark{}, false
	}
	bounds.High = min(bounds.High, procs)
	text := fmt.Sprintf("On %d CPUs this code would give %.1f to %.1f x", procs, bounds.Low, bounds.High)
	switch {
	case bounds.High > vague*bounds.Low && !s.free:
		return Remark{}, false // said already: this machine is too busy
	case bounds.High > vague*bounds.Low:
		text = fmt.Sprintf("What %d CPUs would give cannot be told more closely than %.1f to %.1f x from these rounds", procs, bounds.Low, bounds.High)
	case bounds.High-bounds.Low < 0.1:
		text = fmt.Sprintf("On %d CPUs this code would give %.1f x", procs, bounds.High)
	}
	if paused := Paused(s.Bench); paused {
		text += ", with what it does while its timer stands"
	}
	return Remark{Topic: Beyond, Text: text + "."}, true
}

// evidence is the benchmark as a check would have recorded it.
func (s subject) evidence() evidence.Evidence {
	e := evidence.Evidence{Machine: s.machine, Rounds: s.Rounds, Burden: s.Burden}
	for _, t := range s.Traces {
		long := s.trace != nil && (t.N == s.trace.N || t.Procs != s.p)
		if long && setupShare(s.Bench, t.N) <= 1-covered {
			t.Role = evidence.You
			e.Traces = append(e.Traces, t.Trace)
		}
	}
	return e
}

// BenchPredicted gives bounds of the speed-up of a benchmark on more CPUs; nil where nothing can
// be predicted.
func BenchPredicted(b evidence.Bench, m evidence.Machine) map[int]Bounds {
	s, ok := subjectOf(b, m)
	if !ok || s.one == nil {
		return nil
	}
	return Predict(s.evidence())
}
