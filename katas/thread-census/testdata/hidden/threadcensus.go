// Package hidden holds the cases of thread-census. No clock decides: pipes are
// fed in groups, each only when all of those before it have been read from, and
// none ends before all have been. Then all readers wait at once, and are counted.
package hidden

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"check/probe"
	threadcensus "check/solution"
)

// The brief's figures: how many pipes, and how many threads they may take
// besides one for each P. Readers that wait make four new ones at most, on a
// machine as busy as can be, and readers that block make about 180.
const (
	many  = 200
	spare = 24
)

// group is how many pipes are fed at once.
const group = 20

// Suite lists corner cases, pipes that end in any order, and the census.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "no pipes", New: inPieces(0)},
		{Name: "one pipe", New: inPieces(1)},
		{Name: "messages in pieces", New: inPieces(20)},
		{Name: "200 pipes", New: census},
	}}
}

// run is one call of ReadAll, and what the harness saw of it.
type run struct {
	pipes    []*pipe
	over     atomic.Bool // ReadAll has returned
	got      [][]byte
	leftOpen int

	// Of the census alone.
	underWay, threads, awake int
}

// call calls ReadAll while feed feeds the pipes.
func (r *run) call(feed func()) {
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		feed()
	}()
	fds := make([]int, len(r.pipes))
	for i, p := range r.pipes {
		fds[i] = p.fd
	}
	r.got = threadcensus.ReadAll(fds)
	r.over.Store(true)
	for _, p := range r.pipes {
		p.release() // nobody reads any more, so nobody need write
	}
	<-fed
	for range patience { // a goroutine that has delivered may still be about to close
		if r.leftOpen = r.stillOpen(); r.leftOpen == 0 {
			break
		}
		time.Sleep(tick)
	}
	for _, p := range r.pipes {
		p.w.Close()
	}
}

// stillOpen counts the descriptors that ReadAll has not closed.
func (r *run) stillOpen() (n int) {
	for _, p := range r.pipes {
		if p.leftOpen() {
			n++
		}
	}
	return n
}

// output compares what was read with what was sent.
func (r *run) output() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d messages", len(r.got))
	said := 0
	for i, p := range r.pipes {
		switch {
		case i >= len(r.got) || said == 5:
		case !bytes.Equal(r.got[i], p.message):
			said++
			fmt.Fprintf(&b, "\npipe %d: %s; sent: %s", i, brief(r.got[i]), brief(p.message))
		}
	}
	if said == 0 {
		b.WriteString(", each as it was sent")
	}
	return b.String()
}

func brief(b []byte) string {
	if len(b) <= 8 {
		return fmt.Sprintf("%d bytes, %x", len(b), b)
	}
	return fmt.Sprintf("%d bytes, %x...", len(b), b[:8])
}

func (r *run) closed() probe.Bound {
	return probe.AtMost("pipes left open", r.leftOpen, 0, "leak",
		"ReadAll owns the descriptors: close each when its pipe has ended.")
}

// fill feeds some of the pipes, each with more than it holds, and says how many
// have been read from.
func (r *run) fill(some []int, to int) int {
	var read atomic.Int64
	var wg sync.WaitGroup
	for _, i := range some {
		wg.Go(func() {
			if r.pipes[i].fill(to, &r.over) {
				read.Add(1)
			}
		})
	}
	wg.Wait()
	return int(read.Load())
}

// inPieces makes cases in which every pipe is fed by a goroutine of its own,
// so any order of reading will do.
func inPieces(n int) func(*rand.Rand) probe.Task {
	return func(rnd *rand.Rand) probe.Task {
		r := &run{}
		for range n {
			r.pipes = append(r.pipes, newPipe(rnd, rnd.IntN(200_000)))
		}
		if n > 1 {
			r.pipes[n/2].message = nil // one ends without a word
		}
		sizes := make([]int, n)
		for i := range sizes {
			sizes[i] = 1 + rnd.IntN(20_000)
		}
		return probe.Task{
			Input: fmt.Sprintf("%d pipes, fed in pieces", n),
			Run: func() {
				r.call(func() {
					var wg sync.WaitGroup
					for i, p := range r.pipes {
						wg.Go(func() { p.end(sizes[i], &r.over) })
					}
					wg.Wait()
				})
			},
			Output: r.output,
			Bounds: func() []probe.Bound { return []probe.Bound{r.closed()} },
		}
	}
}

// census lets 200 readers meet, and counts threads while they wait.
func census(rnd *rand.Rand) probe.Task {
	r := &run{}
	holds := capacity()
	for range many {
		p := newPipe(rnd, holds+1+rnd.IntN(1000))
		shrink(p.fd)
		r.pipes = append(r.pipes, p)
	}
	order := rnd.Perm(many)
	if i := slices.Index(order, 0); i < group { // the first group has to do without the first descriptor
		order[i], order[many-1] = order[many-1], order[i]
	}
	most := runtime.GOMAXPROCS(0) + spare
	return probe.Task{
		Input: fmt.Sprintf("%d pipes, which end when all have been read from", many),
		Run: func() {
			before := threads()
			r.call(func() {
				for some := range slices.Chunk(order, group) {
					n := r.fill(some, holds+1)
					if r.underWay += n; n < group {
						break
					}
					// After the first group as well: who asks again and again makes
					// the others slow.
					if r.underWay == group || r.underWay == many {
						r.awake = awake(before + most)
					}
					if r.awake > 0 {
						break
					}
				}
				r.threads = threads() - before
				var wg sync.WaitGroup // each for itself: who reads one after the other must get to the end
				for _, p := range r.pipes {
					wg.Go(func() { p.end(1<<20, &r.over) })
				}
				wg.Wait()
			})
		},
		Output: r.output,
		Bounds: func() []probe.Bound {
			return []probe.Bound{
				probe.AtMost("threads made for the pipes", max(r.threads, 0), most, "unbounded",
					"Let the runtime's poller wait: make the descriptor non-blocking before it becomes an os.File, and lock no thread."),
				probe.AtMost("goroutines awake while no pipe has anything", r.awake, 0, "spinning",
					"Wait in Read, where the runtime parks the goroutine until its pipe has something to say."),
				probe.AtLeast("pipes under way at once", r.underWay, many, "not-overlapping",
					"Read all pipes at once: no pipe ends before every other one has been read from."),
				r.closed(),
			}
		},
	}
}
