package verdict

import (
	"cmp"
	"fmt"
	"slices"

	"gokata/checker/evidence"
	"gokata/checker/spec"
)

// Looks returns the numbers of rounds after which to judge, ascending: looking
// at every round would find a false certainty sooner or later. After the last
// one the budget is spent. The first look finds only what is plainly too costly.
func Looks(k spec.Kind) []int {
	if k == spec.Parallel {
		return []int{4, Quorum, 12, 18, 27, 40, 60}
	}
	return []int{1, 3, 5, 8, 12, 20}
}

// Usual is the number of rounds that do where nothing disturbs.
func Usual(k spec.Kind) int {
	if k == spec.Parallel {
		return Quorum
	}
	return enough
}

// Quorum is the least number of rounds that gives a 99 % interval, and with it
// the least for a verdict that traces have a part in.
const Quorum = 8

// Judge decides. Code that does not build, answers wrongly or races is judged
// before any clock is looked at; then the kind of the kata names the measure.
func Judge(e evidence.Evidence) Verdict {
	v := judge(e)
	v.Lesson = lesson(v.Reason, e.Spec)
	return v
}

func judge(e evidence.Evidence) Verdict {
	if v, done := static(e); done {
		return v
	}
	if v, done := behaviour(e); done {
		return v
	}
	switch e.Spec.Kind {
	case spec.Overlap:
		return overlap(e)
	case spec.Meter:
		return meter(e)
	case spec.Counted:
		return counted(e)
	default:
		return parallel(e)
	}
}

// static judges what was found without running anything.
func static(e evidence.Evidence) (Verdict, bool) {
	first := func(r Reason, found []evidence.Finding, format, try string) (Verdict, bool) {
		v := Verdict{Outcome: Fail, Reason: r, Try: try, Witnesses: silent()}
		v.Explanation = fmt.Sprintf(format, found[0].Message)
		if found[0].File != "" {
			v.At = &found[0].Position
		}
		return v, true
	}
	switch {
	case len(e.Compile) > 0:
		return first(Build, e.Compile, "The code does not compile: %s.", "Mend the first message; the others often go with it.")
	case len(e.Refused) > 0:
		return first(Forbidden, e.Refused, "The code uses what cannot be measured honestly: %s.", "Do without it. README.md, beside the kata's code, lists what a solution may use.")
	case len(e.Vet) > 0:
		return first(Vet, e.Vet, "go vet objects: %s.", "Run go vet on your folder; it names the line.")
	}
	return Verdict{}, false
}

// behaviour judges answers, crashes, races and what was left running.
func behaviour(e evidence.Evidence) (Verdict, bool) {
	if len(e.Races) > 0 {
		r := e.Races[0]
		v := Verdict{Outcome: Fail, Reason: Race, Witnesses: silent()}
		v.Explanation = "Two goroutines use the same memory at the same time, and at least one of them writes: 1 data race, limit 0. Such a program may do anything, on any run."
		v.Try = "Give each goroutine data of its own and merge at the end, or guard the data with a lock."
		if r.At.File != "" {
			v.At = &r.At
		}
		return v, true
	}
	bad := e.Cases
	for _, r := range e.Rounds {
		if r.Wrong != nil {
			bad = append(slices.Clone(bad), *r.Wrong)
		}
	}
	if len(bad) == 0 {
		return Verdict{}, false
	}
	c := bad[0]
	if c.Failed == evidence.Starved {
		return Verdict{
			Outcome: Inconclusive, Reason: NoisyMachine, Witnesses: silent(),
			Explanation: fmt.Sprintf("Nothing follows from how long the program took %s: its threads were ready to run, and the machine gave them less than half a CPU.", whichRun(c)),
			Try:         "Close what else is busy, or wait until it is done, and check again. gokata doctor shows what the machine can give.",
		}, true
	}
	reason, text, try := failed(c)
	return Verdict{
		Outcome: Fail, Reason: reason, Explanation: text, Try: try,
		At: c.At, Witnesses: silent(),
	}, true
}

// failed explains a run that did not give the right answer.
func failed(c evidence.CaseRun) (r Reason, text, try string) {
	where := whichRun(c)
	switch c.Failed {
	case evidence.WrongAnswer:
		if c.Detail != "" {
			return WrongAnswer, fmt.Sprintf("The answer is not the same on every run %s: %s. Wrong answers: 1, limit 0.", where, c.Detail),
				"Fix which part is added to which, and in what order, independently of GOMAXPROCS and of who finishes first."
		}
		return WrongAnswer, fmt.Sprintf("The answer is wrong %s. Wrong answers: 1, limit 0.", where),
			repeatIt(c, "make it pass first")
	case evidence.Panic:
		return Panic, fmt.Sprintf("The program panics %s: %s.", where, c.Detail), repeatIt(c, "the panic names the line")
	case evidence.Deadlock:
		return Deadlock, fmt.Sprintf("Every goroutine waits for another one %s; none will ever go on.", where),
			"Ask of each wait who ends it: every send needs a receive, every Lock an Unlock, every Add a Done."
	case evidence.Timeout:
		return Timeout, fmt.Sprintf("The program did not come to an end %s: %s.", where, c.Detail),
			"Look for a loop that waits for something that another goroutine never does."
	case evidence.Leak:
		return Leak, fmt.Sprintf("Something is left running %s: %s, limit 0.", where, c.Detail),
			"Wait for every goroutine that you start before you return."
	case evidence.Memory:
		return Unbounded, fmt.Sprintf("The program ran out of its memory (4 GiB) %s.", where),
			"Start fewer goroutines: a few for each CPU, not one for each element."
	case evidence.Exit:
		return Tampered, fmt.Sprintf("The program ended before it answered, %s: %s.", where, c.Detail),
			"Return from the function; do not end the process."
	case evidence.Broken:
		return broken(c, where)
	}
	return Internal, "The check recorded a failure that it does not know: " + string(c.Failed) + ".", "Please report this."
}

// repeatIt says how to see a failure again: with its input, where one is shown.
func repeatIt(c evidence.CaseRun, then string) string {
	if c.Input == "" {
		return "Write a test of your own for the rule that this case is named after, small enough to know the answer; " + then + "."
	}
	return "Write this input, or a smaller one of its kind, into your own test; " + then + "."
}

// whichRun says which run it was.
func whichRun(c evidence.CaseRun) string {
	where := fmt.Sprintf("in the case %q at GOMAXPROCS=%d", c.Name, c.Procs)
	if c.Godebug != "" {
		where += " with GODEBUG=" + c.Godebug
	}
	return where
}

// silent are witnesses that were not asked.
func silent() []Witness {
	return []Witness{{Name: "wall", Says: Unavailable}, {Name: "cpu", Says: Unavailable}, {Name: "trace", Says: Unavailable}}
}

// tooFew is the verdict on a machine that cannot show parallelism at all.
func tooFew(e evidence.Evidence) Verdict {
	have := fmt.Sprintf("%d CPU", e.Machine.CPUs)
	if q := e.Machine.Quota; q != nil && *q < 2 {
		have = fmt.Sprintf("a quota of %.2g CPUs", *q)
	}
	return Verdict{
		Outcome: Inconclusive, Reason: TooFewCores, Witnesses: silent(),
		Explanation: fmt.Sprintf("The answers are right, but nothing can run in parallel here: this process has %s, and 2 are needed.", have),
		Try:         "Check again on a machine, or in a container, with at least two CPUs.",
	}
}

// lesson is where to read on: what a reason is about, or else the lesson that
// the kata belongs to. What is counted is what that lesson is about.
func lesson(r Reason, s spec.Spec) string {
	if s.Kind == spec.Counted && s.Lesson != "" && slices.Contains(ofBounds, r) {
		return s.Lesson
	}
	switch r {
	case Serial, Serialised, NotOverlapping:
		return "structure-and-execution"
	case Contended, Spinning, SlowBaseline, Tampered:
		return "wall-and-cpu-time"
	case Imbalanced, Overhead:
		return "granularity-and-balance"
	case NoisyMachine:
		return "measuring-honestly"
	case TooFewCores:
		return "quotas-and-affinity"
	}
	return cmp.Or(s.Lesson, "structure-and-execution")
}
