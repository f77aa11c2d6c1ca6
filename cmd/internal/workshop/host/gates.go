package host

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// What gates let through.
const (
	maxListening = 4  // streams of a learner: a terminal's, and windows of a browser
	maxPages     = 64 // streams of pages: instructors', and as many of projectors
	maxLarge     = 32 // large requests that are read at the same time
	large        = 64 << 10
	mostQueued   = 5 * time.Second // for joining, or for a place to read a large request
)

// gates hold back those who ask too much: rates are those of people, with room
// for a class that comes in at once behind one address.
type gates struct {
	wrong  *rate.Limiter // codes that are not the one, from everybody
	logins *rate.Limiter
	joins  *rate.Limiter
	large  chan struct{} // a place for each large request

	mu       sync.Mutex
	learners map[int64]*learnerGate
	open     map[int64][]*listener // streams of learners, in the order in which they began
	pages    map[string]int        // streams of pages, by role
	closing  chan struct{}
	once     *sync.Once
}

// learnerGate is that of one learner.
type learnerGate struct{ asks, results, votes *rate.Limiter }

func newGates() gates {
	return gates{
		wrong: rate.NewLimiter(10, 100), logins: rate.NewLimiter(2, 20), joins: rate.NewLimiter(100, 1000), large: make(chan struct{}, maxLarge),
		learners: map[int64]*learnerGate{}, open: map[int64][]*listener{}, pages: map[string]int{},
		closing: make(chan struct{}), once: &sync.Once{},
	}
}

// of is the gate of a learner.
func (g *gates) of(learner int64) *learnerGate {
	g.mu.Lock()
	defer g.mu.Unlock()
	l := g.learners[learner]
	if l == nil {
		if len(g.learners) > 2*maxLearners { // most of whom have gone
			clear(g.learners)
		}
		l = &learnerGate{asks: rate.NewLimiter(20, 200), results: rate.NewLimiter(20, 1000), votes: rate.NewLimiter(2, 20)}
		g.learners[learner] = l
	}
	return l
}

// asks says whether a learner may ask for something now.
func (g *gates) asks(learner int64, now time.Time) bool { return g.of(learner).asks.AllowN(now, 1) }

// results says whether a learner may send so many results now.
func (g *gates) results(learner int64, n int, now time.Time) bool {
	return g.of(learner).results.AllowN(now, n)
}

// votes says whether a learner may vote now.
func (g *gates) votes(learner int64, now time.Time) bool { return g.of(learner).votes.AllowN(now, 1) }

// join waits for one's turn to join, one after the other whoever they are; false
// says that the queue is too long.
func (g *gates) join(ctx context.Context, now time.Time) bool {
	turn := g.joins.ReserveN(now, 1)
	d := turn.DelayFrom(now)
	if d > mostQueued {
		turn.CancelAt(now)
		return false
	}
	return d == 0 || wait(ctx, g.closing, d)
}

// read gives a place to read the body of a request; a large one waits until
// there is one, as what is read takes memory many times over.
func (g *gates) read(r *http.Request) (done func(), ok bool) {
	if r.ContentLength >= 0 && r.ContentLength <= large {
		return func() {}, true
	}
	late := time.NewTimer(mostQueued)
	defer late.Stop()
	select {
	case g.large <- struct{}{}:
		return func() { <-g.large }, true
	case <-late.C:
	case <-r.Context().Done():
	}
	return nil, false
}

// listener is a stream of a learner.
type listener struct{ end context.CancelFunc }

// listening notes a stream of a learner. One too many ends the oldest.
func (g *gates) listening(learner int64, end context.CancelFunc) (over func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if open := g.open[learner]; len(open) >= maxListening {
		open[0].end()
		g.endListening(learner, open[0])
	}
	mine := &listener{end}
	g.open[learner] = append(g.open[learner], mine)
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.endListening(learner, mine)
	}
}

// endListening takes a stream from the list. The gates are locked.
func (g *gates) endListening(learner int64, l *listener) {
	rest := slices.DeleteFunc(g.open[learner], func(o *listener) bool { return o == l })
	if g.open[learner] = rest; len(rest) == 0 {
		delete(g.open, learner)
	}
}

// page notes a stream of a page; false says that there are too many.
func (g *gates) page(role string) (over func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.pages[role] >= maxPages {
		return nil, false
	}
	g.pages[role]++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.pages[role]--
	}, true
}

// end lets the streams end.
func (g *gates) end() { g.once.Do(func() { close(g.closing) }) }
