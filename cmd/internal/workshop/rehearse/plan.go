// Package rehearse plays a class against a workshop's host: the evening before,
// so that an instructor knows what the laptop and the room's network bear, and
// under load, so that we do.
//
//	Plan -> Run: join, listen, report and vote as a class would -> Outcome
//	Outcome, Limits -> Judge -> Verdict, a pure function
//
// The load is an open loop: every result has a time at which it is due, and its
// latency counts from then, whether or not the one before it was answered. What
// fails is sent again, as a learner's gokata does, with the same id. At the end
// every simulated learner asks the host what it has and compares.
package rehearse

import (
	"errors"
	"fmt"
	"time"

	"gokata/cmd/internal/workshop/client"
)

// What a rehearsal may be at most.
const (
	MaxLearners   = 5000
	MaxRate       = 2000 // results a second
	MaxFor        = time.Hour
	MaxDashboards = 32
)

// Plan says what a rehearsal does.
type Plan struct {
	Address    client.Address
	Instructor string        // token; empty: no dashboards, no poll, nothing of the host's memory
	Learners   int           // simulated
	Rate       float64       // results a second, of all learners together
	For        time.Duration // results are sent
	Arrive     time.Duration // everybody joins within
	Streams    int           // learners who listen to what the instructor does
	Dashboards int           // streams of the instructor's page
	Shared     bool          // a few connections for all; else each learner has one, as separate machines do
	Keep       bool          // the simulated learners stay
	Katas      []string      // slugs of the course
	Questions  []string      // ids, for answers and lessons alike
}

// Verify says what is wrong with a plan.
func (p *Plan) Verify() error {
	switch {
	case p.Learners < 1 || p.Learners > MaxLearners:
		return fmt.Errorf("%d learners cannot be simulated, only 1 to %d", p.Learners, MaxLearners)
	case !(p.Rate > 0 && p.Rate <= MaxRate):
		return fmt.Errorf("%g results a second cannot be sent, only up to %d", p.Rate, MaxRate)
	case p.For < time.Second || p.For > MaxFor:
		return fmt.Errorf("a rehearsal takes 1s to %v, not %v", MaxFor, p.For)
	case float64(p.Learners)/p.Rate > MaxFor.Seconds():
		return fmt.Errorf("at %v results a second each of %d learners would wait for longer than %v for the first; give a higher rate", p.Rate, p.Learners, MaxFor)
	case p.Arrive < 0 || p.Arrive > MaxFor:
		return fmt.Errorf("learners arrive within 0s to %v, not %v", MaxFor, p.Arrive)
	case p.Streams < 0 || p.Streams > p.Learners:
		return fmt.Errorf("%d of %d learners cannot listen", p.Streams, p.Learners)
	case p.Dashboards < 0 || p.Dashboards > MaxDashboards:
		return fmt.Errorf("%d dashboards cannot be open, only up to %d", p.Dashboards, MaxDashboards)
	case len(p.Katas) == 0 || len(p.Questions) == 0:
		return errors.New("there is nothing to report about: no kata, or no question")
	}
	return nil
}

// Connections is how many files a rehearsal holds open at once, nearly.
func (p *Plan) Connections() int {
	n := 64 + p.Dashboards
	if !p.Shared {
		n += p.Learners
	}
	return n
}

// every is the time between two results of one learner.
func (p *Plan) every() time.Duration {
	return time.Duration(float64(p.Learners) / p.Rate * float64(time.Second))
}
