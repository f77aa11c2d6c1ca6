package rehearse

import (
	"cmp"
	"slices"
	"time"
)

// Outcome is what a rehearsal has seen.
type Outcome struct {
	Elapsed time.Duration
	Stopped bool // before its time

	Joins Latency // from the time of arrival to the host's answer
	Acks  Latency // from when a result was due to its acknowledgement
	Lag   Latency // with which this machine sent, where the learner was not waiting for an answer
	Shown Latency // from when a result was due to a dashboard that has it
	Told  Latency // from an act of the instructor to a learner who hears of it

	Learners     int // of the plan
	Joined       int
	Acknowledged int // results
	Refused      int // results that the host will never take
	RefusedFor   string
	Unsent       int // results that were neither acknowledged nor refused
	Unshown      int // acknowledged, and not come to a dashboard
	Lost         int // acknowledged, and not with the host
	Doubled      int // counted twice
	Strangers    int // learners who came back as somebody else, or as nobody
	Unverified   int // learners who could not ask at the end
	Undeleted    int // learners who are still there

	Requests int            // with results, and votes
	Errors   map[string]int // what failed and was tried again, by its text

	Poll *Poll // nil: none was made
	Host *Host // nil: it was not asked
}

// Poll is how a poll went that the rehearsal has made.
type Poll struct {
	Votes        *Latency // from when somebody votes to the answer
	Listeners    int      // who were asked
	Acknowledged []int    // votes, by option
	Tally        []int    // as the host has counted them
	Others       int      // who voted and are not simulated
	Exact        bool
}

// Host is the most that the host has said of itself meanwhile.
type Host struct {
	RSS        int64 // bytes
	Goroutines int
	Queue      int // changes that waited to be written
}

// Failures is how many requests failed and were sent again.
func (o *Outcome) Failures() (n int) {
	for _, c := range o.Errors {
		n += c
	}
	return n
}

// Commonest are the errors, the most frequent first.
func (o *Outcome) Commonest() []string {
	var all []string
	for text := range o.Errors {
		all = append(all, text)
	}
	slices.SortFunc(all, func(a, b string) int {
		return cmp.Or(cmp.Compare(o.Errors[b], o.Errors[a]), cmp.Compare(a, b))
	})
	return all
}

// delivered is a result that was acknowledged.
type delivered struct {
	seq int64
	due time.Duration // after the begin
}

// sight is an event of a dashboard.
type sight struct {
	seq int64
	at  time.Duration // after the begin
}

// shown adds up how long results took to one dashboard, whose events are in
// order, and counts those that never came.
func shown(into *Latency, results []delivered, sights []sight) (missing int) {
	for _, r := range results {
		i, _ := slices.BinarySearchFunc(sights, r.seq, func(s sight, seq int64) int { return cmp.Compare(s.seq, seq) })
		if i == len(sights) {
			missing++
			continue
		}
		into.Add(sights[i].at - r.due)
	}
	return missing
}

// counts are what a learner knows of own results, by what the host can be asked.
type counts struct {
	attempts       map[string]int // by kata
	answered, read int
}

// compare says how many of the acknowledged are lost, and how many of those that
// the host has were never sent; open are results whose fate is not known.
func compare(acknowledged, open, host counts) (lost, doubled int) {
	one := func(acknowledged, open, host int) {
		lost += max(0, acknowledged-host)
		doubled += max(0, host-acknowledged-open)
	}
	for kata := range union(acknowledged.attempts, open.attempts, host.attempts) {
		one(acknowledged.attempts[kata], open.attempts[kata], host.attempts[kata])
	}
	one(acknowledged.answered, open.answered, host.answered)
	one(acknowledged.read, open.read, host.read)
	return lost, doubled
}

func union(sets ...map[string]int) map[string]bool {
	all := map[string]bool{}
	for _, set := range sets {
		for name := range set {
			all[name] = true
		}
	}
	return all
}
