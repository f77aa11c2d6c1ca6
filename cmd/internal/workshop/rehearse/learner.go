package rehearse

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// learner is one who is simulated. The goroutine of work sends results, the one
// of listen hears and votes.
type learner struct {
	rehearsal    *Rehearsal
	number       int
	client       *client.Client
	id           int64 // 0: has not joined
	script       *script
	acknowledged counts
	open         counts
	voted        int64 // the poll that was answered last
}

// answerWithin is how long one request may take before it is sent again.
const answerWithin = 20 * time.Second

// join joins; somebody arrives when it is due.
func (l *learner) join(ctx context.Context, due time.Time) error {
	err := l.persist(ctx, func(ctx context.Context) error {
		j, err := l.client.Join(ctx, workshop.JoinRequest{Name: name(l.number), Rehearsal: true})
		l.id = j.Learner
		return err
	})
	if err != nil {
		return err
	}
	r := l.rehearsal
	r.outcome.Joins.Add(time.Since(due))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.outcome.Joined++
	return nil
}

// work sends each result when it is due. What is due at once goes at once, as it
// does from a learner who was without a network.
func (l *learner) work(ctx context.Context) {
	r := l.rehearsal
	at := func(k int) time.Time { return r.began.Add(due(k, l.number, r.id, r.plan.every())) }
	end := r.began.Add(r.plan.For)
	for k := 0; at(k).Before(end); {
		free := time.Now()
		if l.id == 0 || !sleepUntil(ctx, at(k)) {
			l.unsent(ctx, k, at, end)
			return
		}
		if at(k).After(free) {
			r.outcome.Lag.Add(time.Since(at(k)))
		}
		var results []workshop.Result
		var times []time.Time
		for now := time.Now(); len(results) < workshop.MaxResults && at(k).Before(end) && !at(k).After(now); k++ {
			results, times = append(results, l.script.next()), append(times, at(k))
		}
		if !l.deliver(ctx, results, times) {
			l.unsent(ctx, k, at, end)
			return
		}
	}
}

// unsent counts results from number k that were due and never tried. Where
// somebody has stopped the rehearsal, nobody has failed.
func (l *learner) unsent(ctx context.Context, k int, at func(int) time.Time, end time.Time) {
	if stopped(ctx) {
		return
	}
	n := 0
	for now := time.Now(); at(k).Before(end) && at(k).Before(now); k++ {
		n++
	}
	l.rehearsal.mu.Lock()
	defer l.rehearsal.mu.Unlock()
	l.rehearsal.outcome.Unsent += n
}

// stopped says whether a context has ended, and not for being late.
func stopped(ctx context.Context) bool { return errors.Is(ctx.Err(), context.Canceled) }

// deliver sends results until they are acknowledged; false where they cannot be.
func (l *learner) deliver(ctx context.Context, results []workshop.Result, times []time.Time) bool {
	r := l.rehearsal
	var said workshop.Reported
	err := l.persist(ctx, func(ctx context.Context) (err error) {
		for i := range results {
			results[i].AgeMS = time.Since(times[i]).Milliseconds()
		}
		r.mu.Lock()
		r.outcome.Requests++
		r.mu.Unlock()
		said, err = l.client.Report(ctx, results)
		return err
	})
	now := time.Now()
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		for i := range results {
			l.open.add(&results[i])
		}
		if !stopped(ctx) {
			r.outcome.Unsent += len(results)
		}
		return false
	}
	for i := range results {
		if !slices.Contains(said.Accepted, results[i].ID) {
			continue
		}
		r.outcome.Acks.Add(now.Sub(times[i]))
		r.outcome.Acknowledged++
		l.acknowledged.add(&results[i])
		if len(r.boards) > 0 {
			r.delivered = append(r.delivered, delivered{said.Seq, r.since(times[i])})
		}
	}
	for _, f := range said.Refused {
		r.outcome.Refused++
		r.outcome.RefusedFor = f.Error
	}
	return true
}

func (c *counts) add(r *workshop.Result) {
	switch r.Kind {
	case workshop.Checked:
		c.attempts[r.Item]++
	case workshop.Answered:
		c.answered++
	case workshop.Read:
		c.read++
	}
}

// listen hears what the instructor does, until the context ends, and answers
// polls.
func (l *learner) listen(ctx context.Context) {
	var votes sync.WaitGroup
	defer votes.Wait()
	for wait := first; ; wait = longer(wait) {
		err := l.client.Listen(ctx, func(t workshop.Told) error {
			wait = first
			p := t.Poll
			if !p.Open(t.Now) || p.ID <= l.voted {
				return nil
			}
			l.voted = p.ID
			heard := time.Now()
			votes.Go(func() { l.vote(ctx, p, heard) })
			return nil
		})
		if ctx.Err() != nil {
			return
		}
		l.rehearsal.failed(err)
		if client.Gone(err) || !pause(ctx, waitFor(wait, err)) {
			return
		}
	}
}

// vote answers a poll after a while of thought.
func (l *learner) vote(ctx context.Context, p *workshop.Poll, heard time.Time) {
	r := l.rehearsal
	b := r.ballotOf(p)
	if b != nil {
		r.outcome.Told.Add(heard.Sub(b.opened))
	}
	choice := rand.IntN(len(p.Options))
	due := heard.Add(rand.N(voting))
	if !sleepUntil(ctx, due) {
		return
	}
	err := l.persist(ctx, func(ctx context.Context) error {
		r.mu.Lock()
		r.outcome.Requests++
		r.mu.Unlock()
		return l.client.Vote(ctx, p.ID, []int{choice})
	})
	if b == nil {
		return // the instructor's own, answered all the same
	}
	if err != nil {
		r.failed(err)
		return
	}
	b.count(choice, time.Since(due))
}

// compare asks what the host has, and compares.
func (l *learner) compare(ctx context.Context) (lost, doubled int, stranger bool, err error) {
	var me workshop.Me
	err = l.persist(ctx, func(ctx context.Context) (err error) {
		me, err = l.client.Me(ctx)
		return err
	})
	if err != nil {
		return 0, 0, client.Gone(err), err
	}
	lost, doubled = compare(l.acknowledged, l.open, counts{me.Attempts, me.Answered, me.Read})
	return lost, doubled, me.Learner != l.id, nil
}

// leave deletes what the host has of this learner.
func (l *learner) leave(ctx context.Context) error {
	err := l.persist(ctx, func(ctx context.Context) error { return l.client.Leave(ctx, true) })
	if client.Gone(err) {
		return nil
	}
	return err
}

// The pauses before something is tried again.
const (
	first   = 250 * time.Millisecond
	longest = 5 * time.Second
)

func longer(d time.Duration) time.Duration { return min(2*d, longest) }

// persist does something until it is done, refused for good, or the context ends.
func (l *learner) persist(ctx context.Context, do func(context.Context) error) error {
	for wait := first; ; wait = longer(wait) {
		one, cancel := context.WithTimeout(ctx, answerWithin)
		err := do(one)
		cancel()
		var refused *client.Error
		if err == nil || ctx.Err() != nil || errors.As(err, &refused) && !refused.Temporary() || errors.Is(err, client.ErrPin) {
			return err
		}
		l.rehearsal.failed(err)
		if !pause(ctx, waitFor(wait, err)) {
			return err
		}
	}
}

// waitFor is how long to wait after an error: what the host asks for or what
// became usual, and up to half as much again, so that not all come at once.
func waitFor(usual time.Duration, err error) time.Duration {
	var refused *client.Error
	if errors.As(err, &refused) {
		usual = max(usual, refused.Retry)
	}
	return usual + rand.N(usual/2)
}

// pause waits; false where the context ends before.
func pause(ctx context.Context, d time.Duration) bool { return sleepUntil(ctx, time.Now().Add(d)) }

func sleepUntil(ctx context.Context, at time.Time) bool {
	if ctx.Err() != nil {
		return false
	}
	t := time.NewTimer(time.Until(at))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// errorText is an error without what differs from connection to connection.
func errorText(err error) string {
	var refused *client.Error
	var timeout net.Error
	switch {
	case err == nil:
		return "the connection ended"
	case errors.As(err, &refused):
		return refused.Text + " (" + http.StatusText(refused.Status) + ")"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens there"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), strings.Contains(err.Error(), "EOF"),
		strings.Contains(err.Error(), "connection lost"), strings.Contains(err.Error(), "GOAWAY"):
		return "the connection was cut"
	case errors.Is(err, syscall.EMFILE):
		return "too many files are open on this machine"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return "no answer in time"
	}
	return err.Error()
}
