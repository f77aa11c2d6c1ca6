package rehearse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"gokata/cmd/internal/workshop/client"
)

// Times of a rehearsal.
const (
	grace     = 30 * time.Second // for what is still to be delivered at the end
	showing   = 10 * time.Second // for dashboards to show the last result
	parting   = 30 * time.Second // for learners to be deleted
	asking    = 64               // learners at once who compare or leave
	voting    = 2 * time.Second  // everybody votes within
	watchHost = time.Second      // between two looks at the host
)

// Phase is what a rehearsal is doing.
type Phase string

// The phases.
const (
	Arriving  Phase = "arriving"
	Working   Phase = "working"
	Comparing Phase = "comparing"
	Leaving   Phase = "leaving"
)

// Progress is how a rehearsal is getting on.
type Progress struct {
	Phase        Phase
	Joined       int
	Acknowledged int
	Failures     int
	AckP99       time.Duration
	Left         time.Duration // of sending
}

// Rehearsal is one that runs.
type Rehearsal struct {
	plan   Plan
	id     uint64 // of this run
	http   *http.Client
	began  time.Time // of the phase Working
	phase  atomic.Value
	people []*learner
	boards []*board

	listeners int // learners who have begun to listen

	mu        sync.Mutex
	outcome   Outcome
	delivered []delivered
	ballot    *ballot // of the rehearsal's poll, once it is made
}

// New prepares a rehearsal of a plan, which is verified.
func New(p Plan) *Rehearsal {
	r := &Rehearsal{plan: p, id: rand.Uint64()}
	r.outcome.Errors, r.outcome.Learners = map[string]int{}, p.Learners
	r.http = &http.Client{Transport: client.Transport(p.Address)}
	r.phase.Store(Arriving)
	for i := range p.Learners {
		c := &client.Client{Address: p.Address, HTTP: r.http}
		if !p.Shared {
			c = client.New(p.Address, "")
		}
		r.people = append(r.people, &learner{
			rehearsal: r, number: i, client: c, script: newScript(&r.plan, r.id, i),
			acknowledged: counts{attempts: map[string]int{}}, open: counts{attempts: map[string]int{}},
		})
	}
	for range p.Dashboards {
		r.boards = append(r.boards, &board{client: client.New(p.Address, p.Instructor)})
	}
	return r
}

// Progress is how it is getting on. It may be asked from another goroutine.
func (r *Rehearsal) Progress() Progress {
	p := Progress{Phase: r.phase.Load().(Phase), AckP99: r.outcome.Acks.Quantile(0.99)}
	r.mu.Lock()
	defer r.mu.Unlock()
	p.Joined, p.Acknowledged, p.Failures = r.outcome.Joined, r.outcome.Acknowledged, r.outcome.Failures()
	if !r.began.IsZero() {
		p.Left = max(0, r.plan.For-time.Since(r.began))
	}
	return p
}

// Run plays the class. When the context ends it stops sending, and still
// compares and takes its learners away. The error says why nothing could be
// rehearsed at all.
func (r *Rehearsal) Run(ctx context.Context) (*Outcome, error) {
	start := time.Now()
	defer r.hangUp()
	if err := r.try(ctx); err != nil {
		return nil, err
	}
	streams, closeStreams := context.WithCancel(context.WithoutCancel(ctx))
	defer closeStreams()
	var listening sync.WaitGroup
	watched := r.watch(streams)

	r.arrive(ctx, func(l *learner) { listening.Go(func() { l.listen(streams) }) })
	r.mu.Lock()
	r.began = time.Now()
	r.mu.Unlock()
	for _, b := range r.boards {
		listening.Go(func() { b.watch(streams, r) })
	}
	r.phase.Store(Working)
	r.work(ctx)
	r.outcome.Stopped = ctx.Err() != nil

	ctx = context.WithoutCancel(ctx)
	r.phase.Store(Comparing)
	r.awaitBoards(ctx)
	closeStreams()
	listening.Wait()
	<-watched
	for _, b := range r.boards {
		r.outcome.Unshown += shown(&r.outcome.Shown, r.delivered, b.sights)
	}
	r.compare(ctx)
	if !r.plan.Keep {
		r.phase.Store(Leaving)
		r.leave(ctx)
	}
	r.outcome.Elapsed = time.Since(start)
	return &r.outcome, nil
}

// try asks for what would fail for all.
func (r *Rehearsal) try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if _, err := r.people[0].client.Hello(ctx); err != nil {
		return err
	}
	if r.plan.Instructor != "" {
		if _, err := r.health(ctx); err != nil {
			return err
		}
	}
	return r.people[0].join(ctx, time.Now())
}

// hangUp closes all connections.
func (r *Rehearsal) hangUp() {
	r.http.CloseIdleConnections()
	for _, l := range r.people {
		l.client.HTTP.CloseIdleConnections()
	}
	for _, b := range r.boards {
		b.client.HTTP.CloseIdleConnections()
	}
}

// arrive lets everybody join, evenly spread, and some of them listen from then on.
func (r *Rehearsal) arrive(ctx context.Context, listen func(*learner)) {
	var all sync.WaitGroup
	defer all.Wait()
	begin := time.Now()
	for i, l := range r.people {
		at := begin.Add(r.plan.Arrive * time.Duration(i) / time.Duration(len(r.people)))
		all.Go(func() {
			if l.id == 0 { // the first has joined already
				if !sleepUntil(ctx, at) {
					return
				}
				if err := l.join(ctx, at); err != nil {
					if ctx.Err() == nil {
						r.failed(err)
					}
					return
				}
			}
			if i < r.plan.Streams {
				r.mu.Lock()
				r.listeners++
				r.mu.Unlock()
				listen(l)
			}
		})
	}
}

// work lets everybody send results, and the instructor make a poll in the middle.
func (r *Rehearsal) work(ctx context.Context) {
	late, cancel := context.WithDeadline(ctx, r.began.Add(r.plan.For+grace))
	defer cancel()
	var all sync.WaitGroup
	defer all.Wait()
	for _, l := range r.people {
		all.Go(func() { l.work(late) })
	}
	if r.plan.Instructor != "" && r.listeners > 0 {
		all.Go(func() {
			if sleepUntil(late, r.began.Add(r.plan.For/2)) {
				r.poll(late)
			}
		})
	}
}

// awaitBoards waits until every dashboard has shown the last result.
func (r *Rehearsal) awaitBoards(ctx context.Context) {
	var last int64
	for _, d := range r.delivered {
		last = max(last, d.seq)
	}
	for end := time.Now().Add(showing); time.Now().Before(end); {
		behind := false
		for _, b := range r.boards {
			behind = behind || b.last() < last
		}
		if !behind || !pause(ctx, 50*time.Millisecond) {
			return
		}
	}
}

// compare lets every learner ask what the host has.
func (r *Rehearsal) compare(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	r.each(func(l *learner) {
		lost, doubled, stranger, err := l.compare(ctx)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.outcome.Lost += lost
		r.outcome.Doubled += doubled
		if stranger {
			r.outcome.Strangers++
		}
		if err != nil {
			r.outcome.Unverified++
		}
	})
}

// leave deletes everybody.
func (r *Rehearsal) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, parting)
	defer cancel()
	r.each(func(l *learner) {
		if err := l.leave(ctx); err != nil {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.outcome.Undeleted++
		}
	})
}

// each calls a function for everybody who has joined, for some at once.
func (r *Rehearsal) each(do func(*learner)) {
	var all sync.WaitGroup
	defer all.Wait()
	free := make(chan struct{}, asking)
	for _, l := range r.people {
		if l.id == 0 {
			continue
		}
		free <- struct{}{}
		all.Go(func() {
			do(l)
			<-free
		})
	}
}

// failed notes an error after which something is tried again.
func (r *Rehearsal) failed(err error) {
	text := errorText(err)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Errors[text]++
}

func (r *Rehearsal) since(t time.Time) time.Duration { return t.Sub(r.began) }

// name is that of a simulated learner.
func name(number int) string { return fmt.Sprintf("Rehearsal %d", number+1) }
