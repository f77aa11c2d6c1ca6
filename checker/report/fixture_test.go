package report

import (
	"strings"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Reports of checks as they happen, each a case of its own.

func ptr[T any](v T) *T { return &v }

const letterSource = `package letterfrequency

import "sync"

func ConcurrentFrequency(texts []string) map[rune]int {
	total := map[rune]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, text := range texts {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for r, n := range Frequency(text) {
				total[r] += n
			}
		})
	}
	wg.Wait()
	return total
}
`

var letterFrequency = spec.Spec{
	Kata: "letter-frequency", Package: "letterfrequency", Kind: spec.Parallel, Compare: spec.Equal,
	Limits: spec.Limits{Speedup: 0.8, Inflation: 1.3},
}

var overlapWaits = spec.Spec{
	Kata: "overlap-waits", Package: "overlapwaits", Kind: spec.Overlap, Compare: spec.Equal,
	Limits: spec.Limits{InFlight: 17, Waits: 3, CPU: 10 * time.Millisecond},
}

var cpuVsWall = spec.Spec{
	Kata: "cpu-vs-wall", Package: "cpuvswall", Kind: spec.Meter, Compare: spec.Reported,
}

var machine = evidence.Machine{
	OS: "linux", Arch: "amd64", Go: "go1.26", CPUs: 2, P: 2, Load: ptr(0.4),
	CPUClock: "process clock", WaitClock: true, RaceDetector: true,
}

// rounds makes n rounds of the same times, in milliseconds: wall and CPU.
func rounds(n int, you1, you2, ref1, ref2 [2]float64) []evidence.Round {
	sample := func(t [2]float64) evidence.Sample {
		return evidence.Sample{Wall: int64(t[0] * 1e6), CPU: int64(t[1] * 1e6), Wait: ptr(int64(12_000))}
	}
	var all []evidence.Round
	for range n {
		all = append(all, evidence.Round{
			You: map[int]evidence.Sample{1: sample(you1), 2: sample(you2)},
			Ref: map[int]evidence.Sample{1: sample(ref1), 2: sample(ref2)},
		})
	}
	return all
}

// waits makes n rounds at GOMAXPROCS 1 of a kata of kind overlap.
func waits(n int, wall, cpu, inFlight float64) []evidence.Round {
	var all []evidence.Round
	for range n {
		all = append(all, evidence.Round{
			You: map[int]evidence.Sample{1: {
				Wall: int64(wall * 1e6), CPU: int64(cpu * 1e6), Facts: map[string]float64{"in_flight": inFlight},
			}},
			Ref: map[int]evidence.Sample{1: {
				Wall: 21_300_000, CPU: 900_000, Facts: map[string]float64{"in_flight": 50},
			}},
		})
	}
	return all
}

func three(wall, cpu, trace string) []verdict.Witness {
	return []verdict.Witness{
		{Name: "wall", Says: wall, Figures: map[string]float64{"speedup": 1.01}},
		{Name: "cpu", Says: cpu, Figures: map[string]float64{"utilisation": 1.02}},
		{Name: "trace", Says: trace, Figures: map[string]float64{"overlap": 0.01}},
	}
}

func measured(outcome verdict.Outcome, reason verdict.Reason) Report {
	return Report{
		Evidence: evidence.Evidence{Spec: letterFrequency, Machine: machine, Ran: 42},
		Verdict:  verdict.Verdict{Outcome: outcome, Reason: reason},
		Elapsed:  2100 * time.Millisecond,
		Files:    map[string]string{"letterfrequency.go": letterSource},
	}
}

// reports gives every case by name.
func reports() map[string]Report {
	return map[string]Report{
		"pass":            passed(),
		"pass-outlook":    passedWithOutlook(),
		"serialised":      serialised(),
		"slow-baseline":   slowBaseline(),
		"noisy":           noisy(),
		"too-few-cores":   tooFewCores(),
		"build":           doesNotBuild(),
		"forbidden":       forbidden(),
		"wrong-answer":    wrongAnswer(),
		"wrong-in-round":  wrongInRound(),
		"panic":           panicked(),
		"deadlock":        deadlocked(),
		"race":            raced(),
		"overlap-pass":    overlapping(),
		"overlap-fail":    notOverlapping(),
		"meter-fail":      meterWrong(),
		"internal":        ourFault(),
		"truncated":       truncated(),
		"pass-under-load": passedUnderLoad(),
		"counted-pass":    proved(),
		"counted-fail":    overCounted(),
		"hostile":         hostile(),
	}
}

func passed() Report {
	r := measured(verdict.Pass, verdict.OK)
	r.Evidence.Rounds = rounds(10, [2]float64{41.2, 41.1}, [2]float64{22.5, 44.0}, [2]float64{41.9, 41.8}, [2]float64{22.4, 43.7})
	r.Evidence.Rounds = append(r.Evidence.Rounds, evidence.Round{
		Discarded: "throttled",
		You:       map[int]evidence.Sample{1: {Wall: 9e9, CPU: 9e9}},
	})
	r.Evidence.Traces = []evidence.Trace{{Role: evidence.You, Procs: 2, Goroutines: 2}}
	r.Verdict.Explanation = "It is right, it is parallel, and it costs no more CPU time than the reference."
	r.Verdict.Witnesses = three("parallel", "parallel", "parallel")
	r.Verdict.Figures = verdict.Figures{
		Speedup: ptr(1.83), Attainable: ptr(1.87), Utilisation: ptr(1.96), RefBusy: ptr(1.95), Inflation: ptr(1.01),
		Overlap: ptr(0.97), Work: ptr(int64(41_300_000)), Span: ptr(int64(20_900_000)), Parallelism: ptr(1.98), Noise: ptr(0.02),
	}
	return r
}

// passedWithOutlook is a pass of which a larger machine is predicted.
func passedWithOutlook() Report {
	r := passed()
	r.Verdict.Figures.Predicted = map[int]verdict.Bounds{2: {Low: 1.8, High: 2}, 16: {Low: 8.7, High: 12.6}}
	r.Evidence.Traces = []evidence.Trace{{
		Role: evidence.You, Procs: 2, Goroutines: 64, Work: 41_300_000, Span: 3_100_000, Valid: true,
		Path: []evidence.Step{
			{Func: "main", How: "start", Ran: 100_000},
			{Func: "letterfrequency.ConcurrentFrequency.func1", How: "go", Ran: 2_600_000},
			{Func: "main", How: "wakes", Ran: 400_000},
		},
	}}
	return r
}

// passedUnderLoad is a pass on a machine too busy for the wall clock.
func passedUnderLoad() Report {
	r := passed()
	r.Evidence.Rounds = rounds(8, [2]float64{24.0, 23.3}, [2]float64{23.7, 23.6}, [2]float64{33.3, 23.5}, [2]float64{23.9, 23.8})
	r.Verdict.Explanation = "Your goroutines overlapped 97 % of the time at 1.01 times the reference's CPU time (limit 1.30). This machine is too busy for the wall clock to confirm it, and it is not needed."
	r.Verdict.Witnesses = three("unavailable", "parallel", "parallel")
	r.Verdict.Figures.Speedup, r.Verdict.Figures.Attainable = ptr(0.99), ptr(1.05)
	return r
}

func serialised() Report {
	r := measured(verdict.Fail, verdict.Serialised)
	r.Evidence.Rounds = rounds(22, [2]float64{41.2, 41.1}, [2]float64{40.8, 41.6}, [2]float64{41.5, 41.4}, [2]float64{22.4, 43.7})
	r.Evidence.Traces = []evidence.Trace{{Role: evidence.You, Procs: 2, Goroutines: 64}}
	r.Verdict.Explanation = "Your goroutines wait for each other: two of them ran at once 1 % of the time, 50 % is asked. 97 % of their time is spent at"
	r.Verdict.At = &evidence.Position{File: "letterfrequency.go", Line: 11}
	r.Verdict.Try = "Count into a map of your own, and lock only to merge."
	r.Verdict.Lesson = "locks"
	r.Verdict.Witnesses = three("serial", "serial", "serial")
	r.Verdict.Figures = verdict.Figures{
		Speedup: ptr(1.01), Attainable: ptr(1.87), Utilisation: ptr(1.02), RefBusy: ptr(1.95), Inflation: ptr(1.04),
		Overlap: ptr(0.01), Work: ptr(int64(41_300_000)), Span: ptr(int64(39_100_000)), Parallelism: ptr(1.06), Noise: ptr(0.02),
	}
	return r
}

func slowBaseline() Report {
	r := measured(verdict.Fail, verdict.SlowBaseline)
	r.Evidence.RaceOff = "no C compiler was found, and the race detector needs one"
	r.Evidence.Rounds = rounds(15, [2]float64{512, 511}, [2]float64{261, 520}, [2]float64{40.1, 40}, [2]float64{21.5, 42.6})
	r.Evidence.Traces = []evidence.Trace{{Role: evidence.You, Procs: 2, Goroutines: 1}}
	r.Verdict.Explanation = "It scales (1.96 x), but from a slow start: it takes 12.20 times the CPU time of the reference, 1.30 is the limit. One goroutine with a better algorithm is faster than all yours together."
	r.Verdict.Try = "Make it fast on one CPU first."
	r.Verdict.Lesson = "structure-and-execution"
	r.Verdict.Witnesses = three("parallel", "parallel", "parallel")
	r.Verdict.Figures = verdict.Figures{
		Speedup: ptr(1.96), Attainable: ptr(1.87), Utilisation: ptr(1.99), RefBusy: ptr(1.98), Inflation: ptr(12.2),
		Overlap: ptr(0.98), Work: ptr(int64(511_000_000)), Span: ptr(int64(260_000_000)), Parallelism: ptr(1.97), Noise: ptr(0.03),
	}
	return r
}

func noisy() Report {
	r := measured(verdict.Inconclusive, verdict.NoisyMachine)
	r.Elapsed = 9800 * time.Millisecond
	r.Evidence.Rounds = rounds(112, [2]float64{80.3, 41.6}, [2]float64{66.2, 44.9}, [2]float64{79.8, 41.5}, [2]float64{72.4, 44.1})
	r.Evidence.Traces = []evidence.Trace{{Role: evidence.You, Procs: 2, Goroutines: 8}}
	r.Verdict.Explanation = "The reference solution reached only 1.10 x of 2: something else is using this machine (load 3.4). The answers are right, and the trace shows overlap; only the clocks could not confirm it. Close what runs, plug in, and check again; your attempt is kept."
	r.Verdict.Witnesses = three("unavailable", "serial", "parallel")
	r.Verdict.Figures = verdict.Figures{
		Speedup: ptr(1.21), Attainable: ptr(1.10), Utilisation: ptr(0.68), RefBusy: ptr(0.61), Inflation: ptr(1.02),
		Overlap: ptr(0.55), Noise: ptr(0.61),
	}
	return r
}

func tooFewCores() Report {
	r := measured(verdict.Inconclusive, verdict.TooFewCores)
	r.Evidence.Machine.CPUs, r.Evidence.Machine.P = 1, 1
	r.Verdict.Explanation = "This machine gives the check 1 CPU; parallelism needs 2. The answers are right and race-free."
	r.Verdict.Try = "Run the check on a machine with two CPUs or more."
	return r
}

func doesNotBuild() Report {
	r := measured(verdict.Fail, verdict.Build)
	r.Elapsed = 310 * time.Millisecond
	r.Evidence.Ran = 0
	r.Verdict.Explanation = "The package does not compile."
	find := func(line, column int, message, source string) evidence.Finding {
		return evidence.Finding{
			Position: evidence.Position{File: "letterfrequency.go", Line: line, Column: column},
			Message:  message, Source: source,
		}
	}
	r.Evidence.Compile = []evidence.Finding{
		find(11, 4, "undefined: mux", "\t\t\tmux.Lock()"),
		find(13, 45, `cannot use "très long" (untyped string constant) as int value in argument to Frequency`,
			"\t\t\tfor r, n := range Frequency(text, \"…\", \"très long\", \"a very long line of source that goes on and on\", 1, 2, 3) {"),
		find(14, 0, "missing return", ""),
		find(15, 1, "syntax error: unexpected }", "}"),
		find(16, 1, "too many errors", ""),
	}
	return r
}

func forbidden() Report {
	r := measured(verdict.Fail, verdict.Forbidden)
	r.Elapsed = 90 * time.Millisecond
	r.Evidence.Ran = 0
	r.Evidence.Refused = []evidence.Finding{{
		Position: evidence.Position{File: "letterfrequency.go", Line: 3, Column: 8},
		Message:  "import of unsafe is not allowed: it can reach the memory of the harness",
		Source:   `import "unsafe"`,
	}}
	r.Verdict.Explanation = "The code uses what cannot be measured honestly: " + r.Evidence.Refused[0].Message + "."
	r.Verdict.At = &r.Evidence.Refused[0].Position
	r.Verdict.Try = "Remove the import, and check again."
	return r
}

func wrongAnswer() Report {
	r := measured(verdict.Fail, verdict.WrongAnswer)
	r.Evidence.Cases = []evidence.CaseRun{
		{
			Name: "one text is longer than all others", Procs: 2, Input: "texts of 3, 0, 70000 letters",
			Got: "a 3\nb 17\nz 1", Want: "a 3\nb 18\nz 1", Failed: evidence.WrongAnswer,
		},
		{Name: "empty input", Procs: 1, Failed: evidence.WrongAnswer},
		{Name: "empty input", Procs: 2, Failed: evidence.WrongAnswer},
	}
	r.Verdict.Explanation = "The answer is not the reference's. 3 of 42 runs went wrong."
	r.Verdict.Try = "Run the case in a test of your own."
	r.Verdict.Lesson = "structure-and-execution"
	return r
}

func wrongInRound() Report {
	r := measured(verdict.Fail, verdict.WrongAnswer)
	r.Evidence.Rounds = []evidence.Round{{Wrong: &evidence.CaseRun{
		Procs: 2, Got: strings.Repeat("3 ", 300) + "4" + strings.Repeat(" 5", 300),
		Want: strings.Repeat("3 ", 300) + "7" + strings.Repeat(" 5", 300), Failed: evidence.WrongAnswer,
	}}}
	r.Verdict.Explanation = "A measured run gave another answer than the reference."
	return r
}

func panicked() Report {
	r := measured(verdict.Fail, verdict.Panic)
	r.Evidence.Cases = []evidence.CaseRun{{
		Name: "no texts", Procs: 1, Input: "no texts", Failed: evidence.Panic,
		Detail: "runtime error: index out of range [0] with length 0",
		At:     &evidence.Position{File: "letterfrequency.go", Line: 14},
	}}
	r.Verdict.Explanation = `The program panics in the case "no texts" at GOMAXPROCS=1: runtime error: index out of range [0] with length 0.`
	r.Verdict.At = &evidence.Position{File: "letterfrequency.go", Line: 14}
	r.Verdict.Try = "Look at what happens when there is nothing to do."
	return r
}

func deadlocked() Report {
	r := measured(verdict.Fail, verdict.Deadlock)
	r.Evidence.Cases = []evidence.CaseRun{{
		Name: "two texts", Procs: 2, Input: "texts of 3, 4 letters", Failed: evidence.Deadlock,
		Detail: "goroutine 7 [chan receive]:\n\tletterfrequency.go:18\n" + strings.Repeat("goroutine 9 [sync.Mutex.Lock]:\n", 9),
	}}
	r.Verdict.Explanation = "All goroutines wait, and nobody is left to wake them."
	return r
}

func raced() Report {
	r := measured(verdict.Fail, verdict.Race)
	r.Evidence.Races = []evidence.Race{
		{At: evidence.Position{File: "letterfrequency.go", Line: 14}, Other: evidence.Position{File: "letterfrequency.go", Line: 19}},
		{At: evidence.Position{File: "letterfrequency.go", Line: 14}, Other: evidence.Position{File: "letterfrequency.go", Line: 14}},
	}
	r.Verdict.At = &evidence.Position{File: "letterfrequency.go", Line: 14}
	r.Verdict.Explanation = "The race detector saw it happen. A right answer was luck."
	r.Verdict.Try = "Give every goroutine a map of its own."
	r.Verdict.Lesson = "structure-and-execution"
	return r
}

func overlapping() Report {
	r := measured(verdict.Pass, verdict.OK)
	r.Evidence.Spec = overlapWaits
	r.Elapsed = 900 * time.Millisecond
	r.Evidence.Rounds = waits(5, 21.6, 1.2, 50)
	r.Verdict.Explanation = "50 waits of 20 ms took 21.6 ms on one CPU, 60 is the limit."
	r.Verdict.Witnesses = three("parallel", "parallel", "unavailable")
	return r
}

func notOverlapping() Report {
	r := measured(verdict.Fail, verdict.NotOverlapping)
	r.Evidence.Spec = overlapWaits
	r.Evidence.Rounds = waits(3, 1013, 0.02, 1)
	r.Verdict.Explanation = "The waits come one after the other: 50 of 20 ms took 1013 ms, 60 is the limit."
	r.Verdict.Try = "Start every fetch before you wait for the first."
	r.Verdict.Lesson = "structure-and-execution"
	r.Verdict.Witnesses = three("serial", "unavailable", "unavailable")
	return r
}

func meterWrong() Report {
	r := measured(verdict.Fail, verdict.WrongAnswer)
	r.Evidence.Spec = cpuVsWall
	r.Evidence.Reports = []evidence.MeterReport{
		{Workload: "4 x think", Procs: 1, SaidWall: 121_000_000, SaidCPU: 122_000_000, Wall: 121_200_000, CPU: 121_900_000},
		{Workload: "4 x think", Procs: 2, SaidWall: 62_000_000, SaidCPU: 63_000_000, Wall: 62_100_000, CPU: 124_000_000},
		{Workload: "4 x think", Procs: 2, SaidWall: 62_000_000, SaidCPU: 62_000_000, Wall: 62_100_000, CPU: 124_000_000},
		{Workload: "4 x wait", Procs: 2, SaidWall: 50_000_000, SaidCPU: 30_000, Wall: 50_100_000, CPU: 300_000},
	}
	r.Verdict.Explanation = "With 2 CPUs busy you report 62.0 ms of CPU time; the process clock read 124.0 ms."
	r.Verdict.Try = "Read the CPU clock of the process, not of one thread."
	r.Verdict.Lesson = "wall-and-cpu-time"
	return r
}

func ourFault() Report {
	r := measured(verdict.Error, verdict.Internal)
	r.Evidence.Ran = 0
	r.Verdict.Explanation = "The reference solution did not answer within 10 s."
	r.Verdict.Try = "Run the check again; if it stays, gokata doctor says what is missing."
	return r
}

// truncated is a solution with more events than a trace may hold.
func truncated() Report {
	r := measured(verdict.Inconclusive, verdict.NoisyMachine)
	r.Evidence.Rounds = rounds(15, [2]float64{90.3, 91.6}, [2]float64{86.2, 144.9}, [2]float64{79.8, 41.5}, [2]float64{72.4, 44.1})
	r.Evidence.Traces = []evidence.Trace{{Role: evidence.You, Procs: 2, Truncated: true}, {Role: evidence.Ref, Procs: 2}}
	r.Verdict.Explanation = "The figures lie between the classes."
	r.Verdict.Witnesses = three("parallel", "serial", "unavailable")
	return r
}

// hostile is a solution that prints what a terminal should not be told.
func hostile() Report {
	r := measured(verdict.Fail, verdict.Panic)
	r.Evidence.Cases = []evidence.CaseRun{{
		Name: "\x1b[2J名前\u202e", Procs: 2, Input: "\x00\a\r",
		Detail: "\x1b]0;owned\a\tboom\r\nfinal\x9b31m \xff\u200b😀",
		Failed: evidence.Panic, At: &evidence.Position{File: "\x1b[1mname.go", Line: 3},
	}}
	r.Verdict.Explanation = "It panicked: \x1b[31mred\x1b[0m\u2028 “quoted” – 3 × 4 …"
	r.Verdict.Try = strings.Repeat("長い言葉", 40)
	r.Verdict.Lesson = "x\x1b[0m"
	r.Verdict.Witnesses = three("serial", "unavailable", "parallel")
	return r
}
