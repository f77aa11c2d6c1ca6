package rehearse

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// board is a stream of the instructor's page.
type board struct {
	client *client.Client
	mu     sync.Mutex
	sights []sight
}

// watch notes when the page gets what, until the context ends.
func (b *board) watch(ctx context.Context, r *Rehearsal) {
	for wait := first; ; wait = longer(wait) {
		err := b.client.Events(ctx, "/instructor/stream", b.last(), func(e client.Event) error {
			wait = first
			at := r.since(time.Now())
			b.mu.Lock()
			defer b.mu.Unlock()
			if n := len(b.sights); n == 0 || e.ID > b.sights[n-1].seq {
				b.sights = append(b.sights, sight{e.ID, at})
			}
			return nil
		})
		if ctx.Err() != nil {
			return
		}
		r.failed(err)
		if !pause(ctx, waitFor(wait, err)) {
			return
		}
	}
}

func (b *board) last() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.sights) == 0 {
		return 0
	}
	return b.sights[len(b.sights)-1].seq
}

// instructor asks for a path with the instructor's token, with a form where one
// is given, and reads JSON.
func (r *Rehearsal) instructor(ctx context.Context, path string, form url.Values, out any) error {
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	q, err := http.NewRequestWithContext(ctx, method, r.plan.Address.URL+path, body)
	if err != nil {
		return err
	}
	q.Header.Set("Authorization", "Bearer "+r.plan.Instructor)
	q.Header.Set("Accept", "application/json")
	if form != nil {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := r.http.Do(q)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil {
		return err
	}
	if res.StatusCode >= 400 {
		var p workshop.Problem
		json.Unmarshal(text, &p)
		return &client.Error{Status: res.StatusCode, Text: p.Error}
	}
	return json.Unmarshal(text, out)
}

// health is what a host says of itself.
type health struct {
	RSS        int64 `json:"rss_bytes"`
	Goroutines int   `json:"goroutines"`
	Queue      int   `json:"queue"`
}

func (r *Rehearsal) health(ctx context.Context) (x health, err error) {
	return x, r.instructor(ctx, "/instructor/health", nil, &x)
}

// watch looks at the host's own figures until the context ends.
func (r *Rehearsal) watch(ctx context.Context) (ended <-chan struct{}) {
	done := make(chan struct{})
	if r.plan.Instructor == "" {
		close(done)
		return done
	}
	r.outcome.Host = &Host{}
	go func() {
		defer close(done)
		for pause(ctx, watchHost) {
			if x, err := r.health(ctx); err == nil {
				h := r.outcome.Host
				h.RSS, h.Goroutines, h.Queue = max(h.RSS, x.RSS), max(h.Goroutines, x.Goroutines), max(h.Queue, x.Queue)
			}
		}
	}()
	return done
}

// ballot is what learners have answered to the rehearsal's poll.
type ballot struct {
	opened time.Time
	votes  Latency
	mu     sync.Mutex
	counts []int
}

func (b *ballot) count(choice int, took time.Duration) {
	b.votes.Add(took)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.counts[choice]++
}

// counted is a copy of the counts, and how many they are.
func (b *ballot) counted() (counts []int, voters int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.counts {
		voters += n
	}
	return slices.Clone(b.counts), voters
}

// question is how learners know the rehearsal's poll from the instructor's.
const question = "Rehearsal: how is the room's network?"

var options = [...]string{"fast", "slow", "gone"}

// ballotOf is that of a poll, nil where it is the instructor's own.
func (r *Rehearsal) ballotOf(p *workshop.Poll) *ballot {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.Text != question || len(p.Options) != len(options) {
		return nil
	}
	return r.ballot
}

// poll asks everybody who listens, and counts after the host.
func (r *Rehearsal) poll(ctx context.Context) {
	b := &ballot{opened: time.Now(), counts: make([]int, len(options))}
	r.mu.Lock()
	r.ballot = b
	r.mu.Unlock()
	form := url.Values{"act": {string(workshop.ActPoll)}, "text": {question}, "options": {strings.Join(options[:], "\n")}}
	if !r.act(ctx, form) {
		return
	}
	counts, voters := b.counted()
	for end := time.Now().Add(grace); voters < r.listeners && time.Now().Before(end); counts, voters = b.counted() {
		if !pause(ctx, 20*time.Millisecond) {
			return
		}
	}
	if !r.act(ctx, url.Values{"act": {string(workshop.ActReveal)}}) {
		return
	}
	var told workshop.Told
	err := r.people[0].persist(ctx, func(ctx context.Context) (err error) {
		told, err = r.people[0].client.Stage(ctx)
		return err
	})
	if err != nil || told.Poll == nil || told.Poll.Text != question {
		return // the instructor has made another one
	}
	p := &Poll{Votes: &b.votes, Listeners: r.listeners, Tally: told.Tally, Acknowledged: counts, Others: told.Voters - voters}
	p.Exact = p.Others >= 0 && covers(p.Tally, counts) && (p.Others > 0 || slices.Equal(p.Tally, counts))
	r.outcome.Poll = p
}

// covers says whether a tally has at least these votes.
func covers(tally, votes []int) bool {
	for i := range votes {
		if i >= len(tally) || tally[i] < votes[i] {
			return false
		}
	}
	return true
}

// act does what an instructor can, until it is done.
func (r *Rehearsal) act(ctx context.Context, form url.Values) bool {
	err := r.people[0].persist(ctx, func(ctx context.Context) error {
		return r.instructor(ctx, "/instructor/act", form, &struct{}{})
	})
	if err != nil {
		r.failed(err)
	}
	return err == nil
}
