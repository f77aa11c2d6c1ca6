// Package minischeduler is wrong: half of a queue of one is nothing, so a task
// behind a long one waits while processors are idle.
package minischeduler

// Task is a node of a graph of tasks. Its name is its index in the slice.
type Task struct {
	Cost  int   // rounds that it runs, at least 1
	After []int // tasks that have to end before it starts, all of smaller index, each named once
}

// Run says where and when a task ran.
type Run struct {
	Proc  int // the processor, from 0
	Start int // its first round, from 0
}

// Trace is what happened in a simulation.
type Trace struct {
	Runs   []Run // Runs[i] is about tasks[i]
	Rounds int   // how many rounds it took until all tasks had ended
	Steals int   // how many times a processor stole
}

// Simulate runs tasks on p processors, at least 1, and returns what happened.
func Simulate(p int, tasks []Task) Trace {
	s := begin(p, tasks)
	for s.left > 0 {
		for i := range s.procs {
			s.start(i)
		}
		for i := range s.procs {
			s.work(i)
		}
		s.trace.Rounds++
	}
	return s.trace
}

// none stands where there is no task.
const none = -1

// processor is what one processor has to run.
type processor struct {
	slot  int   // the task to run next, or none
	queue []int // the tasks behind it, head first
	task  int   // the task that it runs, or none
	left  int   // rounds that this task still has to run
}

func (p *processor) hand(task int) {
	if p.slot != none {
		p.queue = append(p.queue, p.slot)
	}
	p.slot = task
}

// take removes and returns the processor's next task, or none.
func (p *processor) take() int {
	task := p.slot
	switch {
	case task != none:
		p.slot = none
	case len(p.queue) > 0:
		task, p.queue = p.queue[0], p.queue[1:]
	}
	return task
}

// simulation is the state between two rounds.
type simulation struct {
	tasks   []Task
	procs   []processor
	waits   []int   // for each task, how many it still waits for
	waiting [][]int // for each task, those that wait for it, by index
	left    int     // tasks that have not ended
	trace   Trace
}

func begin(p int, tasks []Task) *simulation {
	s := &simulation{
		tasks:   tasks,
		procs:   make([]processor, p),
		waits:   make([]int, len(tasks)),
		waiting: make([][]int, len(tasks)),
		left:    len(tasks),
		trace:   Trace{Runs: make([]Run, len(tasks))},
	}
	for i := range s.procs {
		s.procs[i] = processor{slot: none, task: none}
	}
	for i, t := range tasks {
		s.waits[i] = len(t.After)
		for _, before := range t.After {
			s.waiting[before] = append(s.waiting[before], i)
		}
		if len(t.After) == 0 {
			s.procs[0].hand(i)
		}
	}
	return s
}

// start gives processor i a task, where it has none and there is one.
func (s *simulation) start(i int) {
	p := &s.procs[i]
	if p.task != none {
		return
	}
	if p.slot == none && len(p.queue) == 0 {
		s.steal(i)
	}
	if p.task = p.take(); p.task != none {
		p.left = s.tasks[p.task].Cost
		s.trace.Runs[p.task] = Run{Proc: i, Start: s.trace.Rounds}
	}
}

// steal moves half of the first queue behind processor i that is not empty.
func (s *simulation) steal(i int) {
	for d := 1; d < len(s.procs); d++ {
		victim := &s.procs[(i+d)%len(s.procs)]
		if half := len(victim.queue) / 2; half > 0 {
			s.procs[i].queue = append(s.procs[i].queue, victim.queue[:half]...)
			victim.queue = victim.queue[half:]
			s.trace.Steals++
			return
		}
	}
}

// work runs processor i for one round, and hands it what is ready by that.
func (s *simulation) work(i int) {
	p := &s.procs[i]
	if p.task == none {
		return
	}
	if p.left--; p.left > 0 {
		return
	}
	for _, t := range s.waiting[p.task] {
		if s.waits[t]--; s.waits[t] == 0 {
			p.hand(t)
		}
	}
	p.task = none
	s.left--
}
