package workshop

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// State is how far a learner is with a kata.
type State string

// The states of a Cell; the zero State is not begun.
const (
	Working State = "working" // begun, not checked yet
	Failed  State = "failed"
	Unsure  State = "unsure" // the last check was inconclusive
	Passed  State = "passed" // once at least
)

// Cell is how far one learner is with one kata.
type Cell struct {
	State      State              `json:"state"`
	Attempts   int                `json:"attempts"`
	Hints      int                `json:"hints"`
	Seen       bool               `json:"seen"` // the reference solution
	First      time.Time          `json:"first"`
	Last       time.Time          `json:"last"`
	PassedAt   time.Time          `json:"passed_at"`
	Verdict    string             `json:"verdict"`
	Reason     string             `json:"reason"`
	Same       int                `json:"same"`    // so often in a row
	Speedup    float64            `json:"speedup"` // of the best that passed, else of the last; 0: none
	Attainable float64            `json:"attainable"`
	CPUs       int                `json:"cpus"`
	Curve      map[string]float64 `json:"curve"`
	Latest     string             `json:"latest"` // id of the last check
	Seq        int64              `json:"seq"`    // of the last change
}

// alongside is how far apart two results may have happened by the host's clock in
// another order than that in which they came: one that was long on its way seems
// later than it was. What is older than that was waiting for a network.
const alongside = 30 * time.Second

// Add adds a result that happened at a time.
func (c *Cell) Add(r *Result, at time.Time, seq int64) {
	if c.First.IsZero() || at.Before(c.First) {
		c.First = at
	}
	late := at.Before(c.Last.Add(-alongside))
	if at.After(c.Last) {
		c.Last = at
	}
	c.Seq = max(c.Seq, seq)
	switch r.Kind {
	case Hint:
		c.Hints = max(c.Hints, r.Hint)
	case Solution:
		c.Seen = true
	case Checked:
		c.check(r, at, late)
	}
	if c.State == "" {
		c.State = Working
	}
}

func (c *Cell) check(r *Result, at time.Time, late bool) {
	if r.Verdict == "error" {
		return // not the learner's fault
	}
	c.Attempts++
	if !late {
		if r.Reason == c.Reason {
			c.Same++
		} else {
			c.Same = 1
		}
		c.Verdict, c.Reason, c.Latest = r.Verdict, r.Reason, r.ID
	}
	pass := r.Verdict == "pass"
	if pass && r.Speedup > c.Speedup || c.State != Passed && (pass || !late && r.Speedup > 0) {
		c.Speedup, c.Attainable, c.CPUs, c.Curve = r.Speedup, r.Attainable, r.CPUs, r.Curve
	}
	switch {
	case pass:
		if c.State != Passed || at.Before(c.PassedAt) {
			c.PassedAt = at
		}
		c.State = Passed
	case c.State == Passed || late:
	case r.Verdict == "inconclusive":
		c.State = Unsure
	default:
		c.State = Failed
	}
}

// OnTask is how long the learner has worked on the kata, until it was passed.
func (c *Cell) OnTask(now time.Time) time.Duration {
	switch {
	case c.State == "":
		return 0
	case c.State == Passed:
		return max(0, c.PassedAt.Sub(c.First))
	}
	return max(0, now.Sub(c.First))
}

// Limits say when somebody is stuck.
type Limits struct {
	Quiet time.Duration `json:"quiet_ns"` // on a kata without progress
	Same  int           `json:"same"`     // failures of one reason in a row
}

// DefaultLimits are those of a host that was told nothing else.
var DefaultLimits = Limits{Quiet: 10 * time.Minute, Same: 3}

// Gone is how long somebody must be silent to be away and not stuck.
const Gone = 2 * time.Hour

// Stuck says why a learner is stuck on a kata, "" where not.
func (c *Cell) Stuck(now time.Time, l Limits) (why string, since time.Time) {
	quiet := now.Sub(c.Last)
	switch {
	case c.State == "" || c.State == Passed || quiet > Gone:
		return "", time.Time{}
	case c.State == Failed && c.Same >= l.Same:
		return "same failure", c.First
	case quiet >= l.Quiet:
		return "no progress", c.Last
	}
	return "", time.Time{}
}

// Learner is one who has joined.
type Learner struct {
	ID        int64     `json:"id"`
	Name      string    `json:"name"`
	Joined    time.Time `json:"joined"`
	Source    bool      `json:"source"`    // agreed to send code
	Browser   bool      `json:"browser"`   // has no terminal at hand
	Rehearsal bool      `json:"rehearsal"` // simulated
	Seq       int64     `json:"seq"`
}

// Person is a learner and all that was reported. A Person is never changed: With
// gives another.
type Person struct {
	Learner
	Cells    map[string]*Cell // by kata
	Answered int              // answers to questions, which may be asked again
	Right    int
	Read     int // lessons
	Last     time.Time
	Left     time.Time // the workshop; zero: not
}

// Away says whether a learner has left, and was not heard since.
func (p *Person) Away() bool { return !p.Left.IsZero() && !p.Last.After(p.Left) }

// With is the person after one more result, which was received at a time, and
// the cell that has changed; nil where the result is about no kata.
func (p *Person) With(r *Result, received time.Time, seq int64) (*Person, *Cell) {
	q := *p
	q.Seq = max(p.Seq, seq)
	at := r.Happened(received)
	// What was later than now was so by a clock that has been put back since.
	if at.After(p.Last) || p.Last.After(received) {
		q.Last = at
	}
	switch r.Kind {
	case Left:
		q.Left = q.Last
		return &q, nil
	case Answered:
		q.Answered++
		if r.Right {
			q.Right++
		}
		return &q, nil
	case Read:
		q.Read++
		return &q, nil
	}
	c := &Cell{}
	if before := p.Cells[r.Item]; before != nil {
		*c = *before
		if c.Last.After(received) {
			c.Last = at
		}
	}
	c.Add(r, at, seq)
	q.Cells = maps.Clone(p.Cells)
	if q.Cells == nil {
		q.Cells = map[string]*Cell{}
	}
	q.Cells[r.Item] = c
	return &q, c
}

// Room is who is where. It is not for several goroutines at once; the people in
// it are.
type Room struct {
	people map[int64]*Person
	names  map[string]int64
}

// NewRoom is an empty room.
func NewRoom() *Room { return &Room{people: map[int64]*Person{}, names: map[string]int64{}} }

// Set adds a learner, or changes one who is there.
func (r *Room) Set(p *Person) {
	r.people[p.ID] = p
	r.names[p.Name] = p.ID
}

// Forget takes a learner out.
func (r *Room) Forget(id int64) {
	if p := r.people[id]; p != nil && r.names[p.Name] == id {
		delete(r.names, p.Name)
	}
	delete(r.people, id)
}

// Named says whether somebody has a name.
func (r *Room) Named(name string) bool { _, ok := r.names[name]; return ok }

// Person is a learner, nil where the id is nobody's.
func (r *Room) Person(id int64) *Person { return r.people[id] }

// Len is how many have joined.
func (r *Room) Len() int { return len(r.people) }

// People are all who have joined, by name.
func (r *Room) People() []*Person {
	all := make([]*Person, 0, len(r.people))
	for _, p := range r.people {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *Person) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// StuckPerson is a learner who does not get on with a kata.
type StuckPerson struct {
	*Person
	Kata  string
	Cell  *Cell
	Why   string
	Since time.Time
}

// Stuck are those of the people who do not get on, the longest first; each with
// the kata that they tried last.
func Stuck(people []*Person, now time.Time, l Limits) []StuckPerson {
	var all []StuckPerson
	for _, p := range people {
		kata, c := p.Latest()
		if c == nil || p.Away() {
			continue
		}
		if why, since := c.Stuck(now, l); why != "" {
			all = append(all, StuckPerson{p, kata, c, why, since})
		}
	}
	slices.SortFunc(all, func(a, b StuckPerson) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// Latest is the kata that a learner worked on last.
func (p *Person) Latest() (kata string, cell *Cell) {
	for k, c := range p.Cells {
		if cell == nil || c.Last.After(cell.Last) || c.Last.Equal(cell.Last) && k < kata {
			kata, cell = k, c
		}
	}
	return kata, cell
}

// Count is how many learners are in each state of a kata.
type Count struct{ Working, Failed, Unsure, Passed int }

func (n *Count) add(s State) {
	switch s {
	case Working:
		n.Working++
	case Failed:
		n.Failed++
	case Unsure:
		n.Unsure++
	case Passed:
		n.Passed++
	}
}

// Pace are the times at which people have passed katas, in order.
func Pace(people []*Person) []time.Time {
	var all []time.Time
	for _, p := range people {
		for _, c := range p.Cells {
			if c.State == Passed {
				all = append(all, c.PassedAt)
			}
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}
