package rehearse

import (
	"fmt"
	"time"
)

// Limits are what a room of people bears, each for 99 of 100 times.
type Limits struct {
	Join, Ack, Dashboard, Poll time.Duration
	Lag                        time.Duration // with which this machine itself may send
	Errors                     float64       // share of requests that may fail and be sent again
}

// DefaultLimits are those of people: nobody waits for an acknowledgement, which
// comes behind a check of some seconds.
var DefaultLimits = Limits{
	Join: 3 * time.Second, Ack: time.Second, Dashboard: 2 * time.Second, Poll: time.Second,
	Lag: 250 * time.Millisecond, Errors: 0.01,
}

// The verdicts.
const (
	Ready        = "ready"
	NotReady     = "not-ready"
	Inconclusive = "inconclusive"
)

// Verdict is what an Outcome amounts to.
type Verdict struct {
	Verdict string   `json:"verdict"`
	Why     []string `json:"why"`    // what was wrong, the worst first
	Advice  []string `json:"advice"` // what to do
}

// Advice, one sentence or two each.
const (
	adviseLost    = "Please report this with the command that you typed: what a host has acknowledged must never be lost or doubled."
	adviseHost    = "Rehearse on the host's own machine too: if it is ready there, the network between is too slow. A cable or an access point of your own helps."
	adviseErrors  = "See what the host's terminal says. Is its machine awake, plugged in, and not about to sleep?"
	adviseMachine = "Close what else runs here, give --rate or --learners less, or rehearse from another machine."
	adviseRefused = "Use the same version of gokata here and on the host."
)

// Judge says whether a host is ready for a class.
func Judge(o *Outcome, l Limits) Verdict {
	v := Verdict{Why: []string{}, Advice: []string{}}
	bad := func(advice, format string, args ...any) {
		v.Why = append(v.Why, fmt.Sprintf(format, args...))
		for _, a := range v.Advice {
			if a == advice {
				return
			}
		}
		v.Advice = append(v.Advice, advice)
	}
	if o.Lost+o.Doubled+o.Strangers > 0 {
		bad(adviseLost, "%d acknowledged results are lost, %d are counted twice, %d learners came back as somebody else", o.Lost, o.Doubled, o.Strangers)
	}
	if o.Poll != nil && !o.Poll.Exact {
		bad(adviseLost, "the poll counted %v, and %v was acknowledged", o.Poll.Tally, o.Poll.Acknowledged)
	}
	if p := o.Poll; p != nil && p.Votes.Count() < p.Listeners {
		bad(adviseErrors, "%d of %d learners could not vote", p.Listeners-p.Votes.Count(), p.Listeners)
	}
	if o.Refused > 0 {
		bad(adviseRefused, "the host refused %d results", o.Refused)
	}
	if away := o.Learners - o.Joined; away > 0 && !o.Stopped {
		bad(adviseErrors, "%d of %d learners could not join", away, o.Learners)
	}
	if o.Unsent > 0 {
		bad(adviseErrors, "%d results could not be delivered at all", o.Unsent)
	}
	if o.Unverified > 0 {
		bad(adviseErrors, "%d learners could not ask at the end what the host has of them", o.Unverified)
	}
	if share := float64(o.Failures()) / float64(max(1, o.Requests)); share > l.Errors {
		bad(adviseErrors, "%.1f %% of the requests failed and were sent again", 100*share)
	}
	grave := len(v.Why)
	slow := func(what string, x *Latency, limit time.Duration) {
		if p99 := x.Quantile(0.99); p99 > limit {
			bad(adviseHost, "%s took %v (99 %%; limit %v)", what, round(p99), limit)
		}
	}
	slow("joining", &o.Joins, l.Join)
	slow("an acknowledgement", &o.Acks, l.Ack)
	slow("the way to the dashboard", &o.Shown, l.Dashboard)
	if o.Unshown > 0 {
		bad(adviseHost, "results were missed by dashboards %d times", o.Unshown)
	}
	if o.Poll != nil {
		slow("a vote", o.Poll.Votes, l.Poll)
	}
	switch {
	case grave > 0:
		v.Verdict = NotReady
	case o.Stopped:
		v.Verdict, v.Why, v.Advice = Inconclusive, append([]string{"it was stopped early"}, v.Why...), []string{}
	case len(v.Why) > 0 && o.Lag.Quantile(0.99) > l.Lag:
		v.Verdict = Inconclusive
		v.Why = append([]string{fmt.Sprintf("this machine could not keep up with sending: it was late by %v (99 %%)", round(o.Lag.Quantile(0.99)))}, v.Why...)
		v.Advice = []string{adviseMachine}
	case len(v.Why) > 0:
		v.Verdict = NotReady
	default:
		v.Verdict = Ready
	}
	return v
}

// round leaves two or three digits.
func round(d time.Duration) time.Duration {
	switch {
	case d >= 10*time.Second:
		return d.Round(time.Second)
	case d >= time.Second:
		return d.Round(10 * time.Millisecond)
	case d >= 10*time.Millisecond:
		return d.Round(time.Millisecond)
	}
	return d.Round(10 * time.Microsecond)
}
