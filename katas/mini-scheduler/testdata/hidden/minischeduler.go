// Package hidden holds the cases of mini-scheduler: small graphs whose traces
// are written in full, 500 graphs that are held against the bound of greedy
// schedulers, and 500 whose traces are compared.
package hidden

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	minischeduler "check/solution"
)

// Suite lists what needs no stealing, then the bound, then who steals what.
func Suite() probe.Suite {
	cases := []probe.Case{
		{Name: "no tasks", New: fixed(3)},
		{Name: "one task", New: fixed(1, task(3))},
		{Name: "a chain on one processor", New: fixed(1, task(2), task(1, 0), task(3, 1))},
		{Name: "six tasks on one processor", New: fixed(1, task(1), task(2), task(1), task(3), task(1), task(1))},
		{Name: "a task that makes three others ready", New: fixed(1, task(1), task(1), task(2, 1), task(1, 1), task(1, 1))},
		{Name: "a task that waits for two others", New: fixed(1, task(1), task(1), task(1, 0, 1), task(1, 0))},
		{Name: "nobody is idle while a task waits: 500 graphs", New: greedy},
		{Name: "half of five, rounded up, from the head", New: fixed(2, task(1), task(1), task(1), task(1), task(1), task(1))},
		{Name: "a queue of one", New: fixed(2, task(2), task(2))},
		{Name: "stealing takes no time", New: fixed(2, task(1), task(3, 0), task(1, 0), task(1, 2))},
		{Name: "the first queue that is not empty", New: fixed(3, task(1), task(4), task(4), task(4), task(4), task(1), task(1))},
		{Name: "processor 1 looks at 2 before 0", New: fixed(3, task(1), task(1), task(1), task(1), task(6), task(2), task(2), task(2), task(6))},
		{Name: "a thief is stolen from", New: fixed(4, task(2), task(2), task(2), task(2), task(2), task(2), task(2), task(2), task(2))},
		{Name: "who ends last hands on", New: fixed(2, task(2), task(3), task(1, 0, 1), task(1, 0, 1))},
		{Name: "processor 2 ends last and hands on", New: fixed(3, task(1), task(3), task(4), task(1, 0, 1, 2), task(2, 0, 1, 2))},
		{Name: "both end in the same round", New: fixed(2, task(2), task(2), task(1, 0, 1), task(1, 0), task(1, 1))},
		{Name: "more processors than tasks", New: fixed(16, task(1), task(1), task(1, 0))},
	}
	for range 20 {
		cases = append(cases, probe.Case{Name: "a small graph", New: small})
	}
	for _, f := range families {
		cases = append(cases, probe.Case{Name: "100 graphs: " + f.name, New: hundred(f)})
	}
	return probe.Suite{Cases: cases}
}

func task(cost int, after ...int) minischeduler.Task {
	return minischeduler.Task{Cost: cost, After: after}
}

// graph is one input.
type graph struct {
	p     int
	tasks []minischeduler.Task
}

// simulate hands out a copy, so that nobody can change what is checked later.
func (g graph) simulate() minischeduler.Trace {
	tasks := slices.Clone(g.tasks)
	for i := range tasks {
		tasks[i].After = slices.Clone(tasks[i].After)
	}
	return minischeduler.Simulate(g.p, tasks)
}

// String writes a graph in a line: "p=2, costs 1 3 1, 2 after 0 1".
func (g graph) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "p=%d, costs", g.p)
	for _, t := range g.tasks {
		fmt.Fprintf(&b, " %d", t.Cost)
	}
	for i, t := range g.tasks {
		if len(t.After) > 0 {
			fmt.Fprintf(&b, ", %d after %s", i, strings.Trim(fmt.Sprint(t.After), "[]"))
		}
	}
	return b.String()
}

// work is T1, the rounds that one processor needs; span is the cost of the
// costliest path, below which no number of processors gets.
func (g graph) work() (work, span int) {
	ends := make([]int, len(g.tasks))
	for i, t := range g.tasks {
		for _, before := range t.After {
			ends[i] = max(ends[i], ends[before])
		}
		ends[i] += t.Cost
		work, span = work+t.Cost, max(span, ends[i])
	}
	return work, span
}

// fixed makes cases of one graph, whose trace is written in full.
func fixed(p int, tasks ...minischeduler.Task) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task { return whole(graph{p, tasks}) }
}

func whole(g graph) probe.Task {
	var trace minischeduler.Trace
	return probe.Task{
		Input:  g.String(),
		Run:    func() { trace = g.simulate() },
		Output: func() string { return text(g, trace) },
	}
}

// text is a trace with a line for each task.
func text(g graph, trace minischeduler.Trace) string {
	if len(trace.Runs) != len(g.tasks) {
		return fmt.Sprintf("%d Runs for %d tasks", len(trace.Runs), len(g.tasks))
	}
	var b strings.Builder
	for i, r := range trace.Runs {
		fmt.Fprintf(&b, "task %d: processor %d, from round %d\n", i, r.Proc, r.Start)
	}
	fmt.Fprintf(&b, "rounds: %d, steals: %d", trace.Rounds, trace.Steals)
	return b.String()
}

// line is a trace in less than forty characters: 100 of them fit into a message.
func line(g graph, trace minischeduler.Trace) string {
	h := fnv.New32a()
	h.Write([]byte(text(g, trace)))
	return fmt.Sprintf("p=%d n=%d: %d rounds, %d steals, %04x", g.p, len(g.tasks), trace.Rounds, trace.Steals, h.Sum32()>>16)
}

// family draws graphs of one kind, of up to 40 tasks.
type family struct {
	name string
	draw func(r *rand.Rand) []minischeduler.Task
}

var families = []family{
	{"chains", chains},
	{"fans", fans},
	{"a long chain beside short tasks", skewed},
	{"trees", tree},
	{"anything", anything},
}

func cost(r *rand.Rand) int { return 1 + r.IntN(6) }

// chains are some chains side by side, with a link between two now and then.
func chains(r *rand.Rand) (tasks []minischeduler.Task) {
	n, side := 1+r.IntN(40), 1+r.IntN(8)
	for i := range n {
		t := task(cost(r))
		if i >= side {
			t.After = append(t.After, i-side)
		}
		if other := r.IntN(6 * (i + 1)); other < i && other != i-side {
			t.After = append(t.After, other)
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// fans fork and join again and again.
func fans(r *rand.Rand) []minischeduler.Task {
	tasks := []minischeduler.Task{task(cost(r))}
	for range 1 + r.IntN(4) {
		fork, width := len(tasks)-1, 1+r.IntN(8)
		var all []int
		for range width {
			all = append(all, len(tasks))
			tasks = append(tasks, task(cost(r), fork))
		}
		tasks = append(tasks, task(cost(r), all...))
	}
	return tasks
}

// skewed has one long chain, and many tasks that could run beside it.
func skewed(r *rand.Rand) (tasks []minischeduler.Task) {
	last := -1
	for i := range 2 + r.IntN(38) {
		if i > 0 && r.IntN(3) > 0 {
			tasks = append(tasks, task(1+r.IntN(2)))
			continue
		}
		t := task(3 + r.IntN(8))
		if last >= 0 {
			t.After = []int{last}
		}
		last = i
		tasks = append(tasks, t)
	}
	return tasks
}

// tree has tasks that each come after one earlier task.
func tree(r *rand.Rand) []minischeduler.Task {
	tasks := []minischeduler.Task{task(cost(r))}
	for i := range r.IntN(40) {
		tasks = append(tasks, task(cost(r), r.IntN(i+1)))
	}
	return tasks
}

// anything has tasks that come after up to three earlier ones.
func anything(r *rand.Rand) (tasks []minischeduler.Task) {
	for i := range 1 + r.IntN(40) {
		t := task(cost(r))
		for range min(i, r.IntN(4)) {
			if before := r.IntN(i); !slices.Contains(t.After, before) {
				t.After = append(t.After, before)
			}
		}
		tasks = append(tasks, t)
	}
	return tasks
}

// small makes cases of one random graph that can be played through on paper.
func small(r *rand.Rand) probe.Task {
	tasks := anything(r)
	return whole(graph{2 + r.IntN(2), tasks[:min(8, len(tasks))]})
}

// hundred makes cases of 100 graphs of a family, with a line for each trace.
func hundred(f family) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		graphs := draw(r, f)
		traces := make([]minischeduler.Trace, len(graphs))
		return probe.Task{
			Input: fmt.Sprintf("100 graphs of up to 40 tasks, on 1 to 16 processors (%s)", f.name),
			Run: func() {
				for i, g := range graphs {
					traces[i] = g.simulate()
				}
			},
			Output: func() string {
				lines := make([]string, len(graphs))
				for i, g := range graphs {
					lines[i] = line(g, traces[i])
				}
				return strings.Join(lines, "\n")
			},
		}
	}
}

func draw(r *rand.Rand, f family) []graph {
	graphs := make([]graph, 100)
	for i := range graphs {
		graphs[i] = graph{1 + r.IntN(16), f.draw(r)}
	}
	return graphs
}

// greedy asks that traces be possible at all, and that none takes longer than
// T1/P + span. No scheduler exceeds that which leaves no processor idle while a
// task is ready: in each round either all processors work, which happens T1/P
// times at most, or all that is ready runs, and the span that is left shrinks.
func greedy(r *rand.Rand) probe.Task {
	graphs := []graph{thin(), {8, []minischeduler.Task{task(10), task(10)}}}
	for _, f := range families {
		graphs = append(graphs, draw(r, f)...)
	}
	traces := make([]minischeduler.Trace, len(graphs))
	return probe.Task{
		Input: "500 graphs of up to 40 tasks, on 1 to 16 processors",
		Run: func() {
			for i, g := range graphs {
				traces[i] = g.simulate()
			}
		},
		Output: func() string {
			for i, g := range graphs {
				if why := impossible(g, traces[i]); why != "" {
					return fmt.Sprintf("%s, in the graph %v", why, g)
				}
			}
			return "all traces are possible"
		},
		Bounds: func() []probe.Bound {
			var worst probe.Bound
			for i, g := range graphs {
				work, span := g.work()
				b := probe.AtMost(fmt.Sprintf("rounds on %d processors where T1 is %d and the span %d", g.p, work, span),
					traces[i].Rounds, work/g.p+span, "imbalanced",
					"Let every processor that has nothing to run look for a task, in each round, and start it in the same round.")
				over, most := b.Got-b.Limit, worst.Got-worst.Limit
				if i == 0 || over > most || over == most && b.Got > worst.Got {
					worst = b
				}
			}
			return []probe.Bound{worst}
		},
	}
}

// thin forks in two and joins, ten times: who starts a stolen task a round late
// needs three rounds for each, and not two.
func thin() graph {
	tasks := []minischeduler.Task{task(1)}
	for range 10 {
		n := len(tasks)
		tasks = append(tasks, task(1, n-1), task(1, n-1), task(1, n, n+1))
	}
	return graph{16, tasks}
}

// impossible says why no scheduler can have done that; nothing if one can.
func impossible(g graph, trace minischeduler.Trace) string {
	if len(trace.Runs) != len(g.tasks) {
		return fmt.Sprintf("%d Runs for %d tasks", len(trace.Runs), len(g.tasks))
	}
	end := func(i int) int { return trace.Runs[i].Start + g.tasks[i].Cost }
	rounds := 0
	onProc := make([][]int, g.p)
	for i, r := range trace.Runs {
		if r.Proc < 0 || r.Proc >= g.p || r.Start < 0 {
			return fmt.Sprintf("task %d is on processor %d from round %d", i, r.Proc, r.Start)
		}
		for _, before := range g.tasks[i].After {
			if r.Start < end(before) {
				return fmt.Sprintf("task %d starts in round %d, before the end of %d, which it comes after", i, r.Start, before)
			}
		}
		rounds = max(rounds, end(i))
		onProc[r.Proc] = append(onProc[r.Proc], i)
	}
	for proc, list := range onProc {
		slices.SortFunc(list, func(a, b int) int { return trace.Runs[a].Start - trace.Runs[b].Start })
		for k := 1; k < len(list); k++ {
			if a, b := list[k-1], list[k]; trace.Runs[b].Start < end(a) {
				return fmt.Sprintf("tasks %d and %d are on processor %d at once", a, b, proc)
			}
		}
	}
	if trace.Rounds != rounds {
		return fmt.Sprintf("Rounds is %d, and the last task ends after %d", trace.Rounds, rounds)
	}
	return ""
}
