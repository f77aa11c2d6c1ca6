package trace

// What would the run take on other numbers of CPUs? The run is cut into
// segments, stretches of one goroutine's running time between events that make
// or take an edge. They are then scheduled anew by a greedy scheduler: none of
// its CPUs is idle while a segment is ready, the first to be ready is the first
// to run, nothing is preempted, nothing costs but the segments themselves.
//
// Graham (1969) bounds what comes out: with work W, span S and P CPUs,
//
//	max(W/P, S) <= replay <= W/P + (1 - 1/P) S
//
// An order that was seen is kept: of two critical sections of one lock, the one
// that waited stays second. Waiting for a timer, the network or a system call
// takes no time here: the figure is about CPUs alone.

// mostSegments bounds the time and memory of a replay.
const mostSegments = 200_000

// none is the index of a segment or link that is not there.
const none = -1

// replayed are the numbers of CPUs of which the makespan is told.
var replayed = [...]int{1, 2, 4, 8, 16, 64}

// segment runs for ran ns, once both of its predecessors have ended; these have
// lower indices.
type segment struct {
	ran  int64
	prev int32 // of the same goroutine, or none
	edge int32 // of the one that created or woke it, or none
}

// segments are those of a run, in an order in which it could have run on one
// CPU.
type segments struct {
	list []segment
	over bool // there were too many
}

// open adds an empty segment and returns its index.
func (s *segments) open(prev, edge int32) int32 {
	if len(s.list) == mostSegments {
		*s = segments{over: true}
	}
	if s.over {
		return 0
	}
	s.list = append(s.list, segment{prev: prev, edge: edge})
	return int32(len(s.list) - 1)
}

// run lengthens segment i.
func (s *segments) run(i int32, ns int64) {
	if !s.over {
		s.list[i].ran += ns
	}
}

// cut ends segment i of a goroutine. It returns the segment that others may
// follow from here, and the goroutine's next one.
func (s *segments) cut(i int32) (ended, next int32) {
	if s.over {
		return 0, 0
	}
	if k := s.list[i]; k.ran == 0 { // others may as well follow its only predecessor
		switch {
		case k.edge == none && k.prev != none:
			return k.prev, i
		case k.prev == none && k.edge != none:
			return k.edge, i
		}
	}
	return i, s.open(i, none)
}

// replay gives the makespans of the segments in ns, by the number of CPUs.
func replay(list []segment) map[int]int64 {
	work := int64(0)
	for _, s := range list {
		work += s.ran
	}
	result := map[int]int64{1: work}
	g := newGraph(list)
	makespan, waited := work, true
	for _, cpus := range replayed[1:] {
		if waited { // else more CPUs change nothing
			makespan, waited = g.schedule(cpus)
		}
		result[cpus] = makespan
	}
	return result
}

// graph holds segments with their successors.
type graph struct {
	list  []segment
	first []int32 // the successors of i are next[first[i]:first[i+1]]
	next  []int32
}

func newGraph(list []segment) *graph {
	g := &graph{list: list, first: make([]int32, len(list)+2)}
	// first[i+2] counts successors of i, then first[i+1] is where they are put.
	each(list, func(_ int, before int32) { g.first[before+2]++ })
	for i := 2; i < len(g.first); i++ {
		g.first[i] += g.first[i-1]
	}
	g.next = make([]int32, g.first[len(g.first)-1])
	each(list, func(i int, before int32) {
		g.next[g.first[before+1]] = int32(i)
		g.first[before+1]++
	})
	return g
}

// each calls do with each segment and each of its predecessors.
func each(list []segment, do func(i int, before int32)) {
	for i, s := range list {
		if s.prev != none {
			do(i, s.prev)
		}
		if s.edge != none {
			do(i, s.edge)
		}
	}
}

// schedule runs the segments on some CPUs and gives the time at which the last
// ends; waited says that some segment was ready while all CPUs were taken.
func (g *graph) schedule(cpus int) (makespan int64, waited bool) {
	left := make([]uint8, len(g.list)) // predecessors that have not ended
	each(g.list, func(i int, _ int32) { left[i]++ })
	ready := make([]int32, 0, len(g.list)) // in order; those before head have started
	for i := range g.list {
		if left[i] == 0 {
			ready = append(ready, int32(i))
		}
	}
	head := 0
	busy := make(jobs, 0, cpus)
	for {
		for len(busy) < cpus && head < len(ready) {
			i := ready[head]
			head++
			busy.push(job{end: makespan + g.list[i].ran, segment: i})
		}
		waited = waited || head < len(ready)
		if len(busy) == 0 {
			return makespan, waited
		}
		done := busy.pop()
		makespan = done.end
		for _, i := range g.next[g.first[done.segment]:g.first[done.segment+1]] {
			if left[i]--; left[i] == 0 {
				ready = append(ready, i)
			}
		}
	}
}

// job is a segment on a CPU.
type job struct {
	end     int64
	segment int32
}

// jobs is a heap of what runs, the first to end on top.
type jobs []job

func (j jobs) less(a, b int) bool {
	return j[a].end < j[b].end || j[a].end == j[b].end && j[a].segment < j[b].segment
}

func (j *jobs) push(new job) {
	*j = append(*j, new)
	h := *j
	for i := len(h) - 1; i > 0 && h.less(i, (i-1)/2); i = (i - 1) / 2 {
		h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
	}
}

func (j *jobs) pop() job {
	h := *j
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for i := 0; ; {
		child := 2*i + 1
		if child+1 < last && h.less(child+1, child) {
			child++
		}
		if child >= last || !h.less(child, i) {
			break
		}
		h[i], h[child] = h[child], h[i]
		i = child
	}
	*j = h
	return top
}
