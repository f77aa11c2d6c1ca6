package report

import (
	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

var threadCensus = spec.Spec{Kata: "thread-census", Package: "threadcensus", Kind: spec.Counted, Compare: spec.Equal}

// proved is a pass that no clock has a part in.
func proved() Report {
	r := measured(verdict.Pass, verdict.OK)
	r.Evidence.Spec = threadCensus
	r.Verdict.Bounds = []evidence.Bound{
		{What: "pipes that were waited for at once", Got: 200, Limit: 200, Least: true},
		{What: "threads", Got: 3, Limit: 10},
		{What: "ms of CPU time", Got: 2.4, Limit: 30},
	}
	r.Evidence.Facts = []evidence.CaseFacts{
		{Case: "a pipe", Procs: 2},
		{Case: "200 pipes", Procs: 4, Bounds: r.Verdict.Bounds[:2]},
	}
	r.Verdict.Explanation = "All 42 runs gave the right answer, and what was counted keeps its limits, at worst: 200 pipes that were waited for at once (limit: at least 200); 3 threads (limit: at most 10); 2.4 ms of CPU time (limit: at most 30). No clock has a part in this verdict."
	r.Verdict.Lesson = "what-blocks-what"
	return r
}

// overCounted is right, and over a bound.
func overCounted() Report {
	r := measured(verdict.Fail, verdict.Unbounded)
	r.Evidence.Spec = threadCensus
	r.Evidence.Cases = []evidence.CaseRun{{
		Name: "200 pipes", Procs: 2, Input: "200 pipes, fed in a chain", Failed: evidence.Broken, Godebug: "asyncpreemptoff=1",
		Bound: &evidence.Bound{What: "threads", Got: 208, Limit: 10, Reason: "unbounded"},
	}}
	r.Verdict.Explanation = `The answer is right in the case "200 pipes" at GOMAXPROCS=2 with GODEBUG=asyncpreemptoff=1, but at a price: 208 threads (limit: at most 10).`
	r.Verdict.Try = "Let the poller wait: a goroutine that it parks holds no thread."
	r.Verdict.Lesson = "what-blocks-what"
	return r
}
