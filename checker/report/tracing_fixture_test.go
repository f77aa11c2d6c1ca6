package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// Traces of runs as they happen, made by a small scheduler: each P takes the
// next piece of work when it is free.

const mergedSource = `package letterfrequency

import "sync"

func ConcurrentFrequency(texts []string) map[rune]int {
	total := map[rune]int{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, text := range texts {
		wg.Go(func() {
			counts := Frequency(text)
			mu.Lock()
			defer mu.Unlock()
			for r, n := range counts {
				total[r] += n
			}
		})
	}
	wg.Wait()
	return total
}
`

const micro = int64(time.Microsecond)

// schedule lays pieces of work on procs Ps, after what the caller does first
// and before what it does last. Of the pieces some are preempted, and once the
// collector runs.
func schedule(procs int, first, last int64, pieces []int64) evidence.Timeline {
	t := evidence.Timeline{Procs: procs}
	free := make([]int64, procs)
	run := func(p int, length int64, what evidence.What, goroutine int64, name string, preempted bool) {
		t.Slices = append(t.Slices, evidence.Slice{
			Proc: p, From: free[p], To: free[p] + length, What: what, Goroutine: goroutine, Func: name, Preempted: preempted,
		})
		free[p] += length
	}
	run(0, 60*micro, evidence.Other, 1, "harness.serve", false)
	run(0, first, evidence.Yours, 2, "main", false)
	for p := 1; p < procs; p++ {
		free[p] = free[0] - first/2 + int64(p)*5*micro
	}
	for i, piece := range pieces {
		p := slices.Index(free, slices.Min(free))
		name := "letterfrequency.ConcurrentFrequency.func1"
		if i == len(pieces)/3 {
			run(p, 300*micro, evidence.GC, 0, "runtime.gcBgMarkWorker", false)
		}
		if piece > 1500*micro {
			run(p, piece/3, evidence.Yours, int64(i+3), name, true)
			run(p, 20*micro, evidence.Other, 0, "runtime.schedule", false)
			piece -= piece / 3
		}
		run(p, piece, evidence.Yours, int64(i+3), name, false)
		free[p] += 2 * micro
	}
	free[0] = slices.Max(free)
	run(0, last, evidence.Yours, 2, "main", false)
	t.Wall = slices.Max(free)
	slices.SortStableFunc(t.Slices, func(a, b evidence.Slice) int { return cmp.Compare(a.From, b.From) })
	return t
}

// letters are the lengths of 64 texts: most are short, a few long.
func letters() (pieces []int64) {
	for i := range int64(64) {
		pieces = append(pieces, (300+(i*i*37)%500)*micro)
	}
	pieces[20], pieces[41], pieces[63] = 2200*micro, 1900*micro, 2500*micro
	return pieces
}

func at(line int) evidence.Position {
	return evidence.Position{File: "letterfrequency.go", Line: line}
}

// merged is a good solution: every goroutine counts by itself, and merges under
// a lock.
func merged() Tracing {
	r := passed()
	r.Files = map[string]string{"letterfrequency.go": mergedSource}
	timeline := schedule(2, 400*micro, 200*micro, letters())
	_, all := totals(timeline)
	work, span := all.Yours, int64(3_140_000)
	return Tracing{
		Report: r, Timeline: timeline,
		Trace: evidence.Trace{
			Role: evidence.You, Procs: 2, Work: work, Span: span, Busy: timeline.Wall - 700*micro, Overlap: 0.97,
			Switches: 70, Goroutines: 64, CPU: work, Longest: 0.08, Valid: true, Wall: timeline.Wall,
			Mean: 1.97, Peak: 64, Width: 62,
			Blocked: []evidence.Block{
				{Reason: "sync", At: at(19), Total: timeline.Wall - 800*micro, Count: 1},
				{Reason: "sync", At: at(12), Total: 1_310_000, Count: 9},
				{Reason: "chan receive", Total: 42_000, Count: 3},
				{Reason: "sync", At: at(13), Total: 40_000, Count: 1},
			},
			Histogram: []int64{90 * micro, 650 * micro, timeline.Wall - 740*micro},
			Waits:     map[string]int64{"lock": timeline.Wall + 500*micro, "channel": 42_000, "sleep": 0},
			Path: []evidence.Step{
				{Func: "main", How: "start", Ran: 300 * micro, At: evidence.Position{}},
				{Func: "letterfrequency.ConcurrentFrequency.func1", How: "go", At: at(10), Ran: 2_240_000},
				{Func: "letterfrequency.ConcurrentFrequency.func1", How: "wakes", At: at(17), Ran: 200 * micro},
				{Func: "main", How: "wakes", At: at(17), Ran: 400 * micro},
			},
			Handovers: 3,
		},
		Wide: &evidence.Trace{Role: evidence.You, Procs: 16, Work: work, Span: work / 11, Busy: work / 2},
		Predicted: map[int]verdict.Bounds{
			2: {Low: 1.78, High: 2}, 4: {Low: 3.2, High: 3.93}, 8: {Low: 5.4, High: 7.2}, 16: {Low: 8.1, High: 11.8}, 64: {Low: 10.9, High: 13.1},
		},
	}
}

// locked is a solution that counts while it holds the lock.
func locked() Tracing {
	t := merged()
	t.Report = serialised()
	var pieces []int64
	for _, piece := range letters() {
		pieces = append(pieces, min(piece, 1400*micro))
	}
	t.Timeline = schedule(1, 400*micro, 200*micro, pieces)
	t.Timeline.Procs = 2
	for i := range t.Timeline.Slices {
		t.Timeline.Slices[i].Proc = i / 3 % 2
	}
	_, all := totals(t.Timeline)
	x := &t.Trace
	x.Work, x.Span, x.Busy, x.Wall = all.Yours, all.Yours-400*micro, all.Yours-100*micro, t.Timeline.Wall
	x.Histogram = []int64{x.Wall - x.Busy, x.Busy - 100*micro, 100 * micro}
	x.Blocked = []evidence.Block{{Reason: "sync", At: at(11), Total: 31 * x.Wall, Count: 63}, {Reason: "sync", At: at(18), Total: x.Wall, Count: 1}}
	x.Waits = map[string]int64{"lock": 32 * x.Wall}
	x.Path = []evidence.Step{
		{Func: "main", How: "start", Ran: 300 * micro},
		{Func: "letterfrequency.ConcurrentFrequency.func1", How: "go", At: at(10), Ran: 700 * micro},
		{Func: "letterfrequency.ConcurrentFrequency.func1", How: "wakes", At: at(12), Ran: x.Span - 1200*micro},
		{Func: "main", How: "wakes", At: at(12), Ran: 200 * micro},
	}
	x.Handovers = 64
	t.Wide = nil
	t.Predicted = map[int]verdict.Bounds{
		2: {Low: 0.95, High: 1.01}, 4: {Low: 0.9, High: 1.02}, 8: {Low: 0.8, High: 1.02}, 16: {Low: 0.7, High: 1.02}, 64: {Low: 0.7, High: 1.02},
	}
	return t
}

// broad is a run on a machine with 24 CPUs, of 0.9 ms, with a path of many
// steps.
func broad() Tracing {
	t := merged()
	var pieces []int64
	for i := range int64(180) {
		pieces = append(pieces, (40+(i*31)%50)*micro)
	}
	t.Timeline = schedule(24, 20*micro, 30*micro, pieces)
	t.Evidence.Machine.CPUs, t.Evidence.Machine.P = 24, 4
	t.Trace.Procs, t.Trace.Wall = 24, t.Timeline.Wall
	_, all := totals(t.Timeline)
	t.Trace.Work, t.Trace.Span, t.Trace.Busy = all.Yours, all.Yours/31, t.Timeline.Wall
	t.Trace.Histogram = make([]int64, 65)
	for k := range t.Trace.Histogram {
		if k <= 24 {
			t.Trace.Histogram[k] = int64(k) * 2400
		}
	}
	t.Trace.Path = nil
	for i := range 40 {
		t.Trace.Path = append(t.Trace.Path, evidence.Step{
			Func: "main", How: []string{"go", "wakes"}[i%2], At: at(i%21 + 1), Ran: int64(i*i%17+1) * micro,
		})
	}
	t.Trace.Handovers = 40
	t.Wide = nil
	t.Predicted[24], t.Predicted[64] = verdict.Bounds{Low: 9, High: 20}, verdict.Bounds{Low: 12, High: 31}
	r := &t.Report.Evidence
	for i, round := range r.Rounds {
		r.Rounds[i].You = map[int]evidence.Sample{1: round.You[1], 4: {Wall: 11_000_000 + int64(i)*300*micro, CPU: 44_000_000}}
	}
	t.Verdict.Figures.Speedup, t.Verdict.Figures.Attainable = ptr(3.41), ptr(3.6)
	return t
}

// hostileTrace is of a solution that picks its names to harm a terminal or a
// page.
func hostileTrace() Tracing {
	t := merged()
	evil := "\x1b[2J</title><script>alert('x')</script>\u202e\x00\"' onload=\"x"
	t.Evidence.Spec.Kata = evil
	place := evidence.Position{File: evil + ".go", Line: 1}
	t.Files = map[string]string{place.File: evil + "\tlong " + strings.Repeat("長い ", 90)}
	t.Trace.Waits = map[string]int64{evil: 5_000_000}
	t.Trace.Blocked = []evidence.Block{{Reason: evil, At: place, Total: 1 << 62, Count: 1 << 40}}
	t.Trace.Path = []evidence.Step{{Func: evil, How: evil, At: place, Ran: 1 << 40}, {Func: strings.Repeat("f", 300), How: "go", Ran: -5}}
	t.Timeline.Slices = append(t.Timeline.Slices,
		evidence.Slice{Proc: 1, From: 0, To: 1 << 61, What: evidence.What(evil), Func: evil},
		evidence.Slice{Proc: -3, From: 9, To: 3, What: evidence.Yours, Func: evil},
	)
	nan := 0.0
	nan /= nan
	t.Predicted[4] = verdict.Bounds{Low: nan, High: nan}
	t.Predicted[8] = verdict.Bounds{Low: 9, High: -1}
	t.Verdict.Figures.Attainable = &nan
	t.Verdict.Explanation, t.Verdict.At, t.Verdict.Try = evil, &place, evil
	return t
}

// tracings gives every case by name.
func tracings() map[string]Tracing {
	truncated := Tracing{Report: passed(), Trace: evidence.Trace{Truncated: true, Procs: 2}}
	unbuilt := Tracing{Report: doesNotBuild()}
	bare := Tracing{Report: Report{Evidence: evidence.Evidence{Machine: machine}}, Trace: evidence.Trace{
		Procs: 1, Work: 5 * micro, Span: 5 * micro, Busy: 5 * micro, Wall: 20_300_000,
		Waits: map[string]int64{"sleep": 20_000_000},
	}}
	bare.Timeline = evidence.Timeline{Procs: 1, Wall: bare.Trace.Wall, Slices: []evidence.Slice{{To: 5 * micro, What: evidence.Yours}}}
	return map[string]Tracing{
		"trace-merged":    merged(),
		"trace-locked":    locked(),
		"trace-broad":     broad(),
		"trace-truncated": truncated,
		"trace-unbuilt":   unbuilt,
		"trace-bare":      bare,
		"trace-hostile":   hostileTrace(),
	}
}
