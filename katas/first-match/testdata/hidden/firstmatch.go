// Package hidden holds the cases of first-match. All elements differ, so that
// pred, which is given an element, knows where it stands.
package hidden

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"sync/atomic"

	"check/probe"
	firstmatch "check/solution"
)

// Suite lists answers first, then how many calls they take, then what happens
// when two elements match and are looked at together.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "nil slice", New: plain(0)},
		{Name: "one element, no match", New: plain(1)},
		{Name: "one element, a match", New: plain(1, 0)},
		{Name: "no match", New: plain(5000)},
		{Name: "the first element", New: plain(5000, 0)},
		{Name: "the last element", New: plain(5000, 4999)},
		{Name: "every length up to 40, every match", New: everywhere},
		{Name: "around a chunk", New: around},
		{Name: "many matches", New: many, Repeat: 2},
		{Name: "equal elements", New: equal},
		{Name: "20,000 elements, in step", New: inStep(20_000, 4000, 6000)},
		{Name: "the lower of two matches answers first", New: two(lowerFirst)},
		{Name: "the higher of two matches answers first", New: two(higherFirst)},
		{Name: "2^20 elements, in step", New: inStep(1<<20, 80_000, 120_000)},
		{Name: "100,003 elements, no match", New: plain(100_003)},
	}}
}

// numbers are n different elements in no order: number i is i times an odd
// factor, modulo 2^32, so that the index can be had back.
type numbers struct {
	xs      []int
	inverse uint32
}

func newNumbers(r *rand.Rand, n int) numbers {
	factor := r.Uint32() | 1
	inverse := factor // right in the last 3 bits
	for range 4 {     // each time in twice as many
		inverse *= 2 - factor*inverse
	}
	var xs []int
	for i := range n {
		xs = append(xs, int(int32(uint32(i)*factor)))
	}
	return numbers{xs, inverse}
}

func (n numbers) index(x int) int { return int(uint32(x) * n.inverse) }

// search is one call of First.
type search struct {
	numbers
	matches []int // sorted
	got     int
	foreign atomic.Int64 // calls for what is no element
}

func newSearch(r *rand.Rand, n int, matches ...int) *search {
	slices.Sort(matches)
	return &search{numbers: newNumbers(r, n), matches: matches}
}

// run calls First; meet, if any, is called in every call of pred, with the
// index. Without it calls have nothing in common that would put them in order
// in the eyes of the race detector.
func (s *search) run(meet func(i int)) {
	s.got = firstmatch.First(s.xs, func(x int) bool {
		i := s.index(x)
		if i < 0 || i >= len(s.xs) {
			s.foreign.Add(1)
			return false
		}
		if meet != nil {
			meet(i)
		}
		_, found := slices.BinarySearch(s.matches, i)
		return found
	})
}

func (s *search) output() string {
	if n := s.foreign.Load(); n > 0 {
		return fmt.Sprintf("%d calls of pred with what is not in xs", n)
	}
	return fmt.Sprintf("First of %s: %d", s.describe(), s.got)
}

func (s *search) describe() string {
	switch n := len(s.matches); {
	case n == 0:
		return fmt.Sprintf("%d elements without a match", len(s.xs))
	case n <= 3:
		return fmt.Sprintf("%d elements with matches at %d", len(s.xs), s.matches)
	default:
		return fmt.Sprintf("%d elements with %d matches, from %d on", len(s.xs), n, s.matches[0])
	}
}

// together makes a task of searches, one after the other.
func together(input string, all ...*search) probe.Task {
	return probe.Task{
		Input: input,
		Run: func() {
			for _, s := range all {
				s.run(nil)
			}
		},
		Output: func() string {
			var lines []string
			for _, s := range all {
				lines = append(lines, s.output())
			}
			return strings.Join(lines, "\n")
		},
	}
}

func plain(n int, matches ...int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		s := newSearch(r, n, matches...)
		return together(s.describe(), s)
	}
}

func everywhere(r *rand.Rand) probe.Task {
	var all []*search
	for n := range 41 {
		all = append(all, newSearch(r, n))
		for i := range n {
			all = append(all, newSearch(r, n, i))
		}
	}
	return together("0 to 40 elements, a match at each index or none", all...)
}

// around has lengths and matches where pieces are likely to end.
func around(r *rand.Rand) probe.Task {
	var all []*search
	for _, size := range []int{64, 100, 1000, 1024, 4096} {
		for n := size - 1; n <= 2*size+1; n += size/2 + 1 {
			all = append(all, newSearch(r, n), newSearch(r, n, n-1), newSearch(r, n, min(size, n-1)), newSearch(r, n, size-2))
		}
	}
	return together("up to 8193 elements, a match at the end, at 1022, 1024 and so on", all...)
}

func many(r *rand.Rand) probe.Task {
	var all []*search
	for _, oneIn := range []int{1, 2, 10, 500, 3000} {
		var matches []int
		for i := r.IntN(6000); i < 12_000; i += 1 + r.IntN(2*oneIn) {
			matches = append(matches, i)
		}
		all = append(all, newSearch(r, 12_000, matches...))
	}
	return together("12000 elements, of which many match", all...)
}

func equal(r *rand.Rand) probe.Task {
	xs := make([]int, 3000)
	for i := range xs {
		xs[i] = 7
	}
	start := r.IntN(len(xs))
	for i := start; i < len(xs); i++ {
		xs[i] = 8
	}
	var got [3]int
	return probe.Task{
		Input: fmt.Sprintf("%d times 7, then only 8", start),
		Run: func() {
			for i := range got {
				got[i] = firstmatch.First(xs, func(x int) bool { return x == 7+i })
			}
		},
		Output: func() string { return fmt.Sprintf("First of 7, 8 and 9: %d", got) },
	}
}

// What the brief allows.
const (
	beyond     = 4096 // calls for each P behind the match
	perStarted = 256  // elements for each goroutine that is started
	alsoMay    = 64   // goroutines besides
)

// oneIn is how many elements have one among them whose call is held, so that
// nobody gets much further ahead than that.
const oneIn = 1024

// sampled says which. Multiples of an irrational number are spread evenly over
// the elements of a chunk and over those of a stride.
func sampled(i int) bool {
	const golden = 0x9e3779b97f4a7c15
	return uint64(i)*golden < math.MaxUint64/oneIn
}

// freezes is how many times all calls are held, if need be, to see how many are
// under way.
const freezes = 256

// inStep has one match. The call for one element in 1024 is held until no
// goroutine can go on, so none runs ahead of the others.
func inStep(n, from, to int) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		match := from + r.IntN(to-from)
		s := newSearch(r, n, match)
		procs := runtime.GOMAXPROCS(0)
		limit := match + 1 + beyond*procs
		// A match near the beginning may be found before all workers have begun.
		wide := procs > 1 && match >= 2*beyond*procs
		all := probe.NewLockstep()
		var calls, freeze atomic.Int64 // freeze is at which call to do so
		if !wide {
			freeze.Store(math.MaxInt64)
		}
		var started int
		return probe.Task{
			Input: s.describe() + "; calls of pred wait now and then until all goroutines do",
			Run: func() {
				before := goroutinesStarted()
				all.Run(func() {
					s.run(func(i int) {
						n, due := calls.Add(1), freeze.Load()
						if n > int64(limit) {
							all.Release() // that decides
							return
						}
						// At a call that chance has picked, in case goroutines meet in
						// between and have to wait for each other.
						if n >= due && freeze.CompareAndSwap(due, n+1+rand.Int64N(2*int64(match)/freezes)) {
							all.Freeze(procs)
						}
						if sampled(i) || all.Frozen() {
							all.Hold(0)
						}
					})
				})
				started = goroutinesStarted() - before
			},
			Output: s.output,
			Bounds: func() []probe.Bound {
				if bounds := all.Impatient("pred"); bounds != nil {
					return bounds
				}
				bounds := []probe.Bound{
					probe.AtMost("calls of pred", int(calls.Load()), limit, "unbounded",
						"Let a few workers take small chunks from left to right, and take none that begins behind a match."),
					probe.AtMost("goroutines started", started, n/perStarted+alsoMay, "overhead",
						"Give a goroutine many elements to look at: starting it costs more than most calls of pred."),
				}
				bounds = append(bounds, leftBehind(all.Late())...)
				if !wide {
					return bounds
				}
				reason := "underused"
				switch {
				case all.Alone():
					reason = "serial"
				case all.Most() == 1:
					reason = "serialised"
				}
				return append(bounds, probe.AtLeast("calls of pred under way at once", all.Most(), procs,
					reason, "Start as many workers as runtime.GOMAXPROCS(0) says, and hold no lock while pred runs."))
			},
		}
	}
}

// leftBehind is the bound that is broken where First has returned before calls
// that were under way.
func leftBehind(calls int) []probe.Bound {
	if calls == 0 {
		return nil
	}
	return []probe.Bound{probe.AtMost("calls of pred under way when First had returned", calls, 0,
		"leak", "Wait for all workers before you return.")}
}

// goroutinesStarted counts the goroutines since the process began; 0 where the
// runtime does not tell.
func goroutinesStarted() int {
	sample := []metrics.Sample{{Name: "/sched/goroutines-created:goroutines"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int(sample[0].Value.Uint64())
}

// order says which of two matches answers first.
type order int

const (
	lowerFirst order = iota
	higherFirst
)

// two has pairs of matches, near each other and far. The calls for both are
// held until no goroutine can go on; then the first one answers, and the other
// when all that follows from it has been done. Where the higher one answers
// first, it is the call for the element before the lower one that is held, for
// whoever asks before each call whether to go on.
func two(o order) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		const n = 1 << 14
		var all []*search
		var steps []*probe.Lockstep
		for _, gap := range []int{1, 2, 40, 300, 900, 1100, 2500, 6000} {
			lower := 20 + r.IntN(5000)
			all = append(all, newSearch(r, n, lower, lower+gap))
			steps = append(steps, probe.NewLockstep())
		}
		t := together("16384 elements, of which two match", all...)
		t.Run = func() {
			for k, s := range all {
				lower, higher := s.matches[0], s.matches[1]
				steps[k].Run(func() {
					s.run(func(i int) {
						switch {
						case o == lowerFirst && i == lower, o == higherFirst && i == higher:
							steps[k].Hold(1)
						case o == lowerFirst && i == higher, o == higherFirst && i == lower-1:
							steps[k].Hold(2)
						}
					})
				})
			}
		}
		t.Bounds = func() []probe.Bound {
			late := 0
			for _, s := range steps {
				if bounds := s.Impatient("pred"); bounds != nil {
					return bounds
				}
				late = max(late, s.Late())
			}
			return leftBehind(late)
		}
		return t
	}
}
