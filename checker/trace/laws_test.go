package trace

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gokata/checker/evidence"
)

// TestFoldKeepsTheLawsOnRandomRuns plays random schedules of goroutines on some
// CPUs and checks what must hold of any run.
func TestFoldKeepsTheLawsOnRandomRuns(t *testing.T) {
	for seed := range uint64(300) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			cpus := 1 + int(seed%4)
			got, err := foldAll(randomRun(rand.New(rand.NewPCG(seed, 1)), cpus))
			if err != nil {
				t.Fatal(err)
			}
			checkLaws(t, got, int64(cpus))
		})
	}
}

// randomRun schedules a random program on some CPUs: every step one goroutine
// creates, blocks, wakes another, yields, calls the system, assists or ends.
func randomRun(r *rand.Rand, cpus int) []event {
	events := []event{enter(0)}
	states := map[int64]state{1: running}
	onCPU := 1
	next, now := int64(2), int64(0)
	leaveCPU := func() { onCPU-- }
	for range 400 {
		now += r.Int64N(int64(time.Microsecond))
		g := 1 + r.Int64N(next-1)
		switch states[g] {
		case running:
			switch r.IntN(8) {
			case 0, 1:
				events = append(events, spawn(now, g, next))
				states[next] = runnable
				next++
			case 2:
				events = append(events, blocks(now, g, "lock", 1+r.IntN(20)))
				states[g] = waiting
				leaveCPU()
			case 3:
				events = append(events, yields(now, g))
				states[g] = runnable
				leaveCPU()
			case 4:
				events = append(events, calls(now, g))
				states[g] = syscall
				leaveCPU()
			case 5:
				if other := 1 + r.Int64N(next-1); states[other] == waiting {
					events = append(events, wakes(now, g, other))
					states[other] = runnable
				}
			case 6:
				events = append(events, assists(now, g))
				now += r.Int64N(1000)
				events = append(events, assisted(now, g))
			case 7:
				if g != 1 {
					events = append(events, ends(now, g))
					states[g] = gone
					leaveCPU()
				}
			}
		case runnable:
			if onCPU < cpus {
				events = append(events, starts(now, g))
				states[g] = running
				onCPU++
			}
		case waiting:
			if r.IntN(4) == 0 {
				events = append(events, wakes(now, nobody, g))
				states[g] = runnable
			}
		case syscall:
			events = append(events, yields(now, g))
			states[g] = runnable
		}
	}
	return append(events, leave(now))
}

// law is something that holds of every run.
type law struct {
	holds bool
	text  string
}

// checkLaws checks what holds of every run on that many CPUs.
func checkLaws(t *testing.T, tr evidence.Trace, cpus int64) {
	t.Helper()
	laws := []law{
		{0 <= tr.Overlap && tr.Overlap <= 1, "0 <= Overlap <= 1"},
		{tr.Span <= tr.Work, "Span <= Work"},
		{tr.Span <= tr.Wall, "Span <= Wall"},
		{tr.Span <= tr.Busy, "Span <= Busy"},
		{tr.Busy <= tr.Work, "Busy <= Work"},
		{tr.Busy <= tr.Wall, "Busy <= Wall"},
		{tr.Work <= cpus*tr.Wall, "Work <= CPUs * Wall"},
		{0 <= tr.Longest && tr.Longest <= 1, "0 <= Longest <= 1"},
		{0 <= tr.WaitShare && tr.WaitShare <= 1, "0 <= WaitShare <= 1"},
		{tr.Work == 0 || tr.Mean >= 1, "Mean >= 1"},
		{tr.GC >= 0, "GC >= 0"},
		{len(tr.Queued) <= mostBlocks && len(tr.Blocked) <= mostBlocks, "at most 8 places"},
	}
	laws = append(laws, lawsOfParts(tr)...)
	for _, l := range laws {
		if !l.holds {
			t.Errorf("broken law: %s in %+v", l.text, tr)
		}
	}
}

// lawsOfParts are those that tie the parts of a trace to its sums.
func lawsOfParts(tr evidence.Trace) []law {
	var wall, ready, weighed, blocked, path int64
	for _, ns := range tr.Ready {
		ready += ns
	}
	for k, ns := range tr.Histogram {
		wall += ns
		weighed += int64(k) * ns
	}
	for class, ns := range tr.Waits {
		if class != waitSyscall {
			blocked += ns
		}
	}
	for _, s := range tr.Path {
		path += s.Ran
	}
	laws := []law{
		{wall == tr.Wall, "Histogram sums to Wall"},
		{ready == tr.Work, "Ready sums to Work"},
		{len(tr.Ready) >= len(tr.Histogram), "as many are ready as run"},
		{len(tr.Ready)-1 <= tr.Width, "most ready <= Width"},
		{weighed <= tr.Work && (len(tr.Histogram) > mostActive || weighed == tr.Work), "k * Histogram[k] sums to Work"},
		{len(tr.Histogram) <= mostActive+1, "the histogram tells at most 64 apart"},
		{1 <= tr.Width || tr.Wall == 0, "Width >= 1"},
		{tr.Width <= tr.Peak && len(tr.Histogram)-1 <= tr.Width, "most running <= Width <= Peak"},
		{tr.Peak <= tr.Goroutines+1, "Peak <= Goroutines + 1"},
		{blocked == 0 == (tr.WaitShare == 0), "Waits, system calls apart, are what WaitShare counts"},
		{path == tr.Span, "Path sums to Span"},
		{1 <= len(tr.Path) && len(tr.Path) <= mostSteps && len(tr.Path) <= tr.Handovers+1, "Path has 1 to 16 steps, of Handovers + 1"},
		{len(tr.Path) > 0 && tr.Path[0].How == byStart && tr.Path[0].Func == caller, "Path starts at the start"},
		{len(tr.Hot) <= mostHot, "at most 5 hot lines"},
		{tr.Replay[1] == tr.Work, "Replay[1] == Work"},
	}
	for cpus, ns := range tr.Replay {
		p := int64(cpus)
		laws = append(laws,
			law{ns >= tr.Span && p*ns >= tr.Work, "Replay[P] >= max(Work/P, Span)"},
			law{p*ns <= tr.Work+(p-1)*tr.Span, "Replay[P] <= Work/P + (1-1/P)*Span"})
	}
	return laws
}
