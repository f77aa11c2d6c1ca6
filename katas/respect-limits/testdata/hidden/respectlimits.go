// Package hidden holds the cases of respect-limits. How many calls are under
// way is proved by letting them meet: calls are held until as many are under
// way as there may be, and then a little longer, for one too many to come.
//
// No case reads a clock. Where something may never come, the harness counts
// how many times it wakes up to look: each time the rest of the program could
// have run too, however slow the machine is.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"check/probe"
	respectlimits "check/solution"
)

// Looks, a millisecond or more apart.
const (
	grace    = 10  // for one call too many to come
	patience = 500 // without any change, for those who never come
)

// Suite lists plain calls first, at the GOMAXPROCS that the process began with.
func Suite() probe.Suite {
	return probe.Suite{Cases: []probe.Case{
		{Name: "one call", New: plain(1)},
		{Name: "64 calls", New: plain(64)},
		{Name: "no calls", New: plain(0)},
		{Name: "less than no calls", New: plain(-3)},
		{Name: "1001 calls", New: plain(1001)},
		{Name: "GOMAXPROCS changes between calls", New: meetings},
		{Name: "fewer calls than GOMAXPROCS", New: few},
		{Name: "one call takes as long as all others", New: long},
	}}
}

// counter sees which calls are made, and how many are under way.
type counter struct {
	mu                    sync.Mutex
	calls                 map[int]int
	begun, underWay, most int
}

func (c *counter) enter(i int) (begun int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = make(map[int]int)
	}
	c.calls[i]++
	c.begun++
	c.underWay++
	c.most = max(c.most, c.underWay)
	return c.begun
}

func (c *counter) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.underWay--
}

func (c *counter) look() (begun, underWay int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.begun, c.underWay
}

// once says whether there was one call for each index.
func (c *counter) once(n int) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var wrong []string
	for i := range n {
		if c.calls[i] != 1 {
			wrong = append(wrong, fmt.Sprintf("%d calls of body(%d)", c.calls[i], i))
		}
		delete(c.calls, i)
	}
	for i, times := range c.calls {
		wrong = append(wrong, fmt.Sprintf("%d calls of body(%d)", times, i))
	}
	if c.underWay > 0 {
		wrong = append(wrong, fmt.Sprintf("%d calls still under way", c.underWay))
	}
	slices.Sort(wrong)
	if len(wrong) == 0 {
		return asAsked(n)
	}
	return strings.Join(wrong[:min(3, len(wrong))], ", ")
}

func asAsked(n int) string { return fmt.Sprintf("one call for each of %d", max(n, 0)) }

func plain(n int) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		var c counter
		return probe.Task{
			Input: fmt.Sprintf("n=%d", n),
			Run: func() {
				respectlimits.ForEachCPU(n, func(i int) {
					c.enter(i)
					c.leave()
				})
			},
			Output: func() string { return c.once(n) },
		}
	}
}

// meeting is one call of ForEachCPU whose calls of body are held until want of
// them are under way and nobody has come in excess, or until no more come.
type meeting struct {
	counter
	procs, n, want int
	after          int           // GOMAXPROCS after the call; 0 if there was none
	over           chan struct{} // closed when nobody is held any more
}

func newMeeting(procs, n int) *meeting {
	return &meeting{procs: procs, n: n, want: min(procs, n), over: make(chan struct{})}
}

// run leaves GOMAXPROCS as it was.
func (m *meeting) run() {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(m.procs))
	var wg sync.WaitGroup
	wg.Go(m.watch)
	respectlimits.ForEachCPU(m.n, func(i int) {
		m.enter(i)
		<-m.over
		m.leave()
	})
	m.after = runtime.GOMAXPROCS(0)
	wg.Wait()
}

// watch ends the meeting.
func (m *meeting) watch() {
	defer close(m.over)
	met, idle, last := 0, 0, 0
	for met < grace && idle < patience {
		time.Sleep(time.Millisecond)
		begun, underWay := m.look()
		switch {
		case underWay > m.want:
			return
		case underWay == m.want:
			met++
		case begun == last:
			idle++
		default:
			idle = 0
		}
		last = begun
	}
}

func (m *meeting) String() string { return fmt.Sprintf("n=%d at GOMAXPROCS=%d", m.n, m.procs) }

// wrong says what is wrong with the calls; nothing if all is well.
func (m *meeting) wrong() string {
	if m.after != m.procs {
		return fmt.Sprintf("%v: GOMAXPROCS is %d after the call", m, m.after)
	}
	if calls := m.once(m.n); calls != asAsked(m.n) {
		return fmt.Sprintf("%v: %s", m, calls)
	}
	return ""
}

func (m *meeting) bounds() []probe.Bound {
	then := fmt.Sprintf("This was with n=%d at GOMAXPROCS=%d. ", m.n, m.procs)
	return []probe.Bound{
		probe.AtMost("calls under way at once", m.most, m.want, "unbounded",
			then+"Start as many workers as GOMAXPROCS allows, and let each take the next index when it is free."),
		probe.AtLeast("calls under way at once", m.most, m.want, "underused",
			then+"Read runtime.GOMAXPROCS(0) in each call of ForEachCPU, and start as many workers."),
	}
}

// together makes a task of meetings, one after the other.
func together(all ...*meeting) probe.Task {
	var inputs []string
	for _, m := range all {
		inputs = append(inputs, m.String())
	}
	return probe.Task{
		Input: strings.Join(inputs, ", then "),
		Run: func() {
			for _, m := range all {
				m.run()
				if m.most != m.want { // that decides: spare the others' patience
					return
				}
			}
		},
		Output: func() string {
			for _, m := range all {
				if m.after == 0 {
					continue
				}
				if wrong := m.wrong(); wrong != "" {
					return wrong
				}
			}
			return "one call for each index, and GOMAXPROCS as it was"
		},
		Bounds: func() (list []probe.Bound) {
			for _, m := range all {
				if m.after != 0 {
					list = append(list, m.bounds()...)
				}
			}
			return list
		},
	}
}

// meetings begin above the number of CPUs and above the GOMAXPROCS that the
// process began with in its first run, so that who counts CPUs, or remembers,
// comes short in the first of them.
func meetings(r *rand.Rand) probe.Task {
	first := runtime.NumCPU() + 2
	return together(
		newMeeting(first, max(64, 4*first)),
		newMeeting(1, 64),
		newMeeting(2+r.IntN(6), 64),
		newMeeting(12, 64),
	)
}

func few(r *rand.Rand) probe.Task {
	return together(newMeeting(8, 1+r.IntN(7)))
}

// long holds the call that begins first until all others have returned: the
// other workers have to do what is left, whatever the plan was.
func long(r *rand.Rand) probe.Task {
	const n = 64
	procs := 2 + r.IntN(4)
	var c counter
	returned := make(chan struct{})
	before := 0 // calls that had begun when the long one was let go, without it
	return probe.Task{
		Input: fmt.Sprintf("n=%d at GOMAXPROCS=%d; the call that begins first returns when the others have", n, procs),
		Run: func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
			var wg sync.WaitGroup
			wg.Go(func() {
				defer close(returned)
				for idle, last := 0, 0; idle < patience; idle++ {
					time.Sleep(time.Millisecond)
					begun, underWay := c.look()
					before = max(0, begun-1)
					if begun >= n && underWay <= 1 {
						return
					}
					if begun > last {
						idle, last = 0, begun
					}
				}
			})
			respectlimits.ForEachCPU(n, func(i int) {
				if c.enter(i) == 1 {
					<-returned
				}
				c.leave()
			})
			wg.Wait()
		},
		Output: func() string { return c.once(n) },
		Bounds: func() []probe.Bound {
			return []probe.Bound{probe.AtLeast("calls done while another one takes long", before, n-1, "imbalanced",
				"Do not decide beforehand who makes which call: let a worker take the next one when it is free.")}
		},
	}
}
