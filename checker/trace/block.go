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

// blockKey tells places apart at which goroutines wait.
type blockKey struct {
	reason string
	place  place
	root   bool // the goroutine that entered the region waits
}

// endWait books the wait of g that ends now. Waits that the collector imposes
// count as its time.
func (f *fold) endWait(g *goroutine) {
	waited := f.now - g.since
	if imposed(g.reason) {
		return
	}
	f.blocked += waited
	f.blocks[blockKey{reason: g.reason, place: g.place, root: g.id == f.root}] += waited
}

// imposed reports whether a goroutine waits for the runtime's sake.
func imposed(reason string) bool {
	return reason == "preempted" || reason == "wait until GC ends" ||
		reason == "system goroutine wait" || strings.HasPrefix(reason, "GC ")
}

// queued reports whether goroutines that the solution created wait here for
// their turn: not for others to finish, and not for time to pass.
func (k blockKey) queued() bool {
	return !k.root && k.reason != "sleep" && k.reason != "network" &&
		!strings.HasPrefix(k.place.call, "sync.(*WaitGroup).")
}

// rankBlocks adds up the waits that keep accepts by reason and position, and
// gives the longest first, at most mostBlocks of them.
func rankBlocks(waits map[blockKey]int64, keep func(blockKey) bool) []evidence.Block {
	type where struct {
		reason string
		at     evidence.Position
	}
	totals := map[where]int64{}
	for k, total := range waits {
		if keep(k) {
			totals[where{k.reason, k.place.at}] += total
		}
	}
	order := slices.SortedFunc(maps.Keys(totals), func(a, b where) int {
		return cmp.Or(
			cmp.Compare(totals[b], totals[a]),
			cmp.Compare(a.at.File, b.at.File),
			cmp.Compare(a.at.Line, b.at.Line),
			cmp.Compare(a.reason, b.reason),
		)
	})
	var blocks []evidence.Block
	for _, w := range order[:min(len(order), mostBlocks)] {
		blocks = append(blocks, evidence.Block{Reason: w.reason, At: w.at, Total: totals[w]})
	}
	return blocks
}
