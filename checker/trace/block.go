package trace

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"gokata/checker/evidence"
)

// mostBlocks is how many places a trace reports.
const mostBlocks = 8

// blockKey tells waits apart.
type blockKey struct {
	reason string
	place  *place
	root   bool // the goroutine that entered the region waits
}

// tally adds up waits.
type tally struct {
	total int64 // ns
	count int
}

// endWait books the wait or system call of g that ends now, if it is in one.
// Waits that the collector imposes count as its time.
func (f *fold) endWait(g *goroutine) {
	switch {
	case g.state == syscall:
		f.calls += f.now - g.since
		return
	case g.state != waiting || imposed(g.reason):
		return
	}
	key := blockKey{reason: g.reason, place: g.place, root: g.id == f.root}
	t := f.blocks[key]
	if t == nil {
		t = &tally{}
		f.blocks[key] = t
	}
	t.total += f.now - g.since
	t.count++
}

// imposed reports whether a goroutine waits for the runtime's sake.
func imposed(reason string) bool {
	return reason == "preempted" || reason == "wait until GC ends" ||
		reason == "system goroutine wait" || strings.HasPrefix(reason, "GC ")
}

// queued reports whether goroutines that the solution created wait here for
// their turn: not for others to finish, and not for time to pass.
func (k blockKey) queued() bool {
	return !k.root && k.reason != "sleep" && k.reason != "network" && !k.place.joins
}

// Classes of waits. The runtime's word "sync" stands for all that package sync
// parks a goroutine for, so the stack has to tell a lock from a join.
const (
	waitLock    = "lock"    // "sync", unless inside a WaitGroup: Mutex, RWMutex, Once
	waitChannel = "channel" // "chan send", "chan receive"
	waitSelect  = "select"  // "select"
	waitSleep   = "sleep"   // "sleep"
	waitNetwork = "network" // "network"
	waitSyscall = "syscall" // no word of the runtime's: time in a system call
	waitOther   = "other"   // a WaitGroup, "sync.(*Cond).Wait", a coroutine, a nil channel ("forever")
)

func (k blockKey) class() string {
	switch k.reason {
	case "sync":
		if k.place.joins {
			return waitOther
		}
		return waitLock
	case "chan send", "chan receive":
		return waitChannel
	case waitSelect, waitSleep, waitNetwork:
		return k.reason
	}
	return waitOther
}

// waits adds up the waits by class; total is all of them but system calls, in
// which a goroutine is not blocked by the solution.
func (f *fold) waits() (classes map[string]int64, total int64) {
	classes = map[string]int64{}
	for k, t := range f.blocks {
		classes[k.class()] += t.total
		total += t.total
	}
	classes[waitSyscall] = f.calls
	maps.DeleteFunc(classes, func(_ string, t int64) bool { return t == 0 })
	if len(classes) == 0 {
		return nil, total
	}
	return classes, total
}

// rankBlocks adds up the waits that keep accepts by reason and position, and
// gives the longest first, at most mostBlocks of them.
func rankBlocks(waits map[blockKey]*tally, keep func(blockKey) bool) []evidence.Block {
	type where struct {
		reason string
		at     evidence.Position
	}
	sums := map[where]tally{}
	for k, t := range waits {
		if keep(k) {
			w := where{k.reason, k.place.at}
			sums[w] = tally{sums[w].total + t.total, sums[w].count + t.count}
		}
	}
	order := slices.SortedFunc(maps.Keys(sums), func(a, b where) int {
		return cmp.Or(
			cmp.Compare(sums[b].total, sums[a].total),
			comparePositions(a.at, b.at),
			cmp.Compare(a.reason, b.reason),
		)
	})
	var blocks []evidence.Block
	for _, w := range order[:min(len(order), mostBlocks)] {
		blocks = append(blocks, evidence.Block{Reason: w.reason, At: w.at, Total: sums[w].total, Count: sums[w].count})
	}
	return blocks
}

// comparePositions orders by file, then line.
func comparePositions(a, b evidence.Position) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}
