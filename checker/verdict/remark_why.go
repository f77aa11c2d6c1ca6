package verdict

import (
	"fmt"

	"gokata/checker/evidence"
)

// Reasons why a benchmark does not go further, beside the Reasons of a verdict
// (Serial, Serialised, Imbalanced, Overhead, Contended, NoisyMachine).
const (
	SerialPart = "serial-part"
	Allocates  = "allocation"
	Collects   = "garbage-collection"
	Waits      = "waits"
	Sleeps     = "sleeps"
)

// Bounds of the reasons.
const (
	worthSaying = 0.1  // loss of what the CPUs have to give, above which it is explained
	muchWaiting = 0.25 // share of the goroutines' lives
	muchGC      = 0.1  // share of the running time
	bigOnPath   = 0.6  // share of the critical path
	// What allocating costs, roughly: each allocation, and each byte that has to
	// be cleared and collected, in ns; and the share of an operation's CPU time
	// from which on that is what it does.
	perAlloc, perByte = 20, 0.25
	muchMemory        = 0.25
)

// why answers why it goes no further: the largest loss first. By the identity
// S = U/W the speed-up is lost to idle CPUs (U below P) or to work that costs
// more side by side (W above 1).
func (s subject) why(says string) (Remark, bool) {
	if says == Unavailable {
		return s.unsure()
	}
	if s.at.Speedup != nil && s.at.Speedup.Mid >= nearAttainable*s.goal() {
		return Remark{}, false
	}
	idle := s.idleShare()
	dear := 0.0
	if s.at.growth.atLeast(costZone) {
		dear = 1 - 1/s.at.growth.Mid
	}
	if dear > idle && dear > worthSaying {
		return s.costs(), true
	}
	if idle > worthSaying {
		if r, ok := s.idles(idle); ok {
			return r, true
		}
	}
	if dear > worthSaying {
		return s.costs(), true
	}
	return s.unsure()
}

// unsure says why nothing can be said, where the machine is the reason.
func (s subject) unsure() (Remark, bool) {
	if s.free || s.at.Attainable == nil {
		return Remark{}, false
	}
	return Remark{Topic: WhyNot, Says: string(NoisyMachine),
		Text: "Why it goes no further cannot be said while this machine is so busy. Close what runs beside, and measure again."}, true
}

// idleShare is the share of the CPUs that the code leaves idle: by the trace,
// which hardly sees load, or by the clocks, which see the garbage collector
// at work.
func (s subject) idleShare() float64 {
	trace, clocks := 0.0, 0.0
	if s.at.Busy != nil && s.free {
		clocks = max(0, 1-s.at.Busy.Mid/float64(s.p))
	}
	if s.trace == nil {
		return clocks
	}
	if trace = max(0, 1-s.trace.Mean/float64(s.p)); s.at.Busy == nil || !s.free {
		return trace
	}
	return min(trace, clocks)
}

// idles explains CPUs that stand idle.
func (s subject) idles(idle float64) (Remark, bool) {
	because := func(reason string, at *evidence.Position, format string, args ...any) (Remark, bool) {
		return Remark{Topic: WhyNot, Says: reason, At: at, Text: fmt.Sprintf(format, args...)}, true
	}
	t := s.trace
	switch {
	case t == nil && s.cut:
		return because(string(Overhead), nil, "Its goroutines wait and wake so often that the trace of a few iterations was too large to keep. Hand over whole chunks, not single items.")
	case t == nil:
		return Remark{}, false
	case t.Goroutines == 0:
		return because(string(Serial), nil, "Nothing runs beside the benchmark's own goroutine. Cut the work into pieces, each for a goroutine of its own, and wait for all.")
	}
	parallelism := s.parallelism
	// The order of the work itself leaves CPUs idle. Beside other programs a
	// chain looks longer than it is, so there it must be plainly so.
	narrow := parallelism < float64(s.p)/nearAttainable
	if !s.free {
		narrow = parallelism < 1+largely*float64(s.p-1)
	}
	lock, channel := s.waiting("lock"), s.waiting("channel")+s.waiting("select")
	switch {
	case lock >= muchWaiting && len(t.Queued) > 0:
		at := place(t.Queued[0])
		return because(string(Serialised), at, "Its goroutines wait for a lock for %.0f %% of their lives, longest%s. Compute without it, and hold it only to merge.", 100*lock, line(at))
	case !t.Valid: // threads that were off their CPU count as running: no figure of the order of work holds
		return s.unsure()
	case narrow && s.callerShare() >= bigOnPath:
		at := s.handing()
		return because(SerialPart, at, "For %.0f %% of the time only one goroutine ran, most of that the benchmark's own (%.0f %% of the critical path)%s: that part is serial, and bounds the speed-up at about %.1f x however many CPUs there are.",
			100*s.alone(), 100*s.callerShare(), handsOver(at), parallelism)
	case channel >= muchWaiting && len(t.Queued) > 0:
		at := place(t.Queued[0])
		return because(Waits, at, "Its goroutines wait at a channel for %.0f %% of their lives, longest%s: whoever is at the other end is the bottleneck, or there is too little work for so many.", 100*channel, line(at))
	case narrow && s.path != nil && t.Peak > 2:
		at := t.LongestAt
		return because(string(Imbalanced), at, "The pieces are uneven: for %.0f %% of the time one goroutine ran while the others were done, and the longest chain of work takes %s of %s in all%s. Cut the largest piece into smaller ones.",
			100*s.alone(), millisOf(t.Span, t.N), millisOf(t.Work, t.N), started(at))
	case t.Waits["sleep"]+t.Waits["network"]+t.Waits["syscall"] > t.Work:
		return because(Sleeps, nil, "It spends more time waiting for timers, the network or the system than computing: more CPUs do not help with that.")
	}
	switch {
	case narrow:
		return because(SerialPart, nil, "The longest chain of work takes %s of %s in all, so that the speed-up ends at about %.1f x however many CPUs there are.",
			millisOf(int64(float64(t.Work)/parallelism), t.N), millisOf(t.Work, t.N), parallelism)
	case s.free:
		return because(string(Overhead), nil, "The CPUs stand idle for %.0f %% of what they could do, though the order of the work would allow %.1f x: goroutines begin late, or wait to be woken, %s of work at a time. Hand over larger pieces.",
			100*idle, parallelism, per(t.Work, t.Goroutines+t.Switches))
	}
	return s.unsure()
}

// costs explains work that takes more CPU time side by side.
func (s subject) costs() Remark {
	grown := fmt.Sprintf("The same work takes %.2f times the CPU time at GOMAXPROCS=%d", s.at.growth.Mid, s.p)
	r := Remark{Topic: WhyNot, Says: string(Contended)}
	t := s.trace
	memory := 0.0
	if s.at.Bytes != nil && s.at.Allocs != nil && s.at.CPU != nil && s.at.CPU.Mid > 0 {
		memory = (perAlloc**s.at.Allocs + perByte**s.at.Bytes) / s.at.CPU.Mid
	}
	switch {
	case t == nil && s.cut, t != nil && t.Goroutines > 0 && t.Work < int64(t.Goroutines+t.Switches)*fine:
		r.Says, r.Text = string(Overhead), grown+": it hands over too often"
		if t != nil {
			r.Text += fmt.Sprintf(", once for every %s of work", per(t.Work, t.Goroutines+t.Switches))
			if len(t.Blocked) > 0 {
				r.At = place(t.Blocked[0])
			}
		}
		r.Text += line(r.At) + ". Give each goroutine a larger piece."
	case t != nil && t.GC > int64(muchGC*float64(t.Work+t.GC)):
		r.Says = Collects
		r.Text = grown + fmt.Sprintf(", and %.0f %% of its running time goes to the garbage collector. Allocate less: reuse buffers, or give slices their size.", 100*ratio(t.GC, t.Work+t.GC))
	case memory >= muchMemory:
		r.Says = Allocates
		r.Text = grown + fmt.Sprintf(", and each operation makes %.0f allocations, %s in all: getting, clearing and collecting memory is work that the CPUs share badly. Allocate less, or reuse.", *s.at.Allocs, bytesOf(*s.at.Bytes))
	default:
		r.Text = grown + ": its goroutines slow each other down, at memory that they share (an atomic, a lock, variables on one cache line, or bandwidth). Give each goroutine data of its own, and merge at the end."
	}
	return r
}

// waiting is the share of the goroutines' lives that went into one class of
// waits.
func (s subject) waiting(class string) float64 {
	return ratio(s.trace.Waits[class], s.trace.Lived)
}

// alone is the share of the busy time in which one goroutine ran alone.
func (s subject) alone() float64 { return 1 - s.trace.Overlap }

// callerShare is the share of the critical path that the benchmark's own
// goroutine ran; 0 where the path is not known.
func (s subject) callerShare() float64 {
	own, all := int64(0), int64(0)
	for _, step := range s.path {
		all += step.Ran
		if step.Func == s.path[0].Func {
			own += step.Ran
		}
	}
	return ratio(own, all)
}

// handing is the line at which the benchmark's own goroutine first hands over.
func (s subject) handing() *evidence.Position {
	for _, step := range s.path {
		if step.How == "go" && step.At.File != "" {
			return &step.At
		}
	}
	return nil
}

// place is where a wait is, or nil.
func place(b evidence.Block) *evidence.Position {
	if b.At.File == "" {
		return nil
	}
	return &b.At
}

func line(at *evidence.Position) string { return where(" at ", at) }

func started(at *evidence.Position) string { return where(" (started at ", at, ")") }

func handsOver(at *evidence.Position) string { return where(", outside of what starts at ", at) }

// where names a line, or says nothing.
func where(before string, at *evidence.Position, after ...string) string {
	if at == nil || at.File == "" {
		return ""
	}
	text := fmt.Sprintf("%s%s:%d", before, at.File, at.Line)
	for _, a := range after {
		text += a
	}
	return text
}

// millisOf is the share of one iteration in a time of n.
func millisOf(ns int64, n int) string {
	each := float64(ns) / float64(max(n, 1))
	switch {
	case each < 1e3:
		return fmt.Sprintf("%.0f ns", each)
	case each < 1e6:
		return fmt.Sprintf("%.1f µs", each/1e3)
	case each < 1e9:
		return fmt.Sprintf("%.1f ms", each/1e6)
	}
	return fmt.Sprintf("%.1f s", each/1e9)
}

func bytesOf(b float64) string {
	switch {
	case b < 1<<10:
		return fmt.Sprintf("%.0f bytes", b)
	case b < 1<<20:
		return fmt.Sprintf("%.1f KB", b/(1<<10))
	}
	return fmt.Sprintf("%.1f MB", b/(1<<20))
}
