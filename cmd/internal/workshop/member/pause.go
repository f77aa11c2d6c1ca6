package member

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"gokata/cmd/internal/workshop/client"
)

// Pauses between tries: each is about twice as long as the one before.
const (
	firstPause = 500 * time.Millisecond
	lastPause  = 30 * time.Second
)

// pause is how long to wait after an error. The zero value begins with the
// shortest.
type pause struct{ next time.Duration }

// over begins with the shortest again.
func (p *pause) over() { p.next = 0 }

// length is the next pause, and whether it can be cut short: not where the host
// itself has asked for it. A room that has lost its host comes back one by one.
func (p *pause) length(err error) (d time.Duration, firm bool) {
	p.next = min(max(firstPause, 2*p.next), lastPause)
	d = p.next/2 + rand.N(p.next/2+1)
	var e *client.Error
	if errors.As(err, &e) && e.Retry > 0 {
		return max(d, e.Retry+rand.N(e.Retry/2+1)), true
	}
	return d, false
}

// wait waits after an error; false where the context has ended.
func (p *pause) wait(ctx context.Context, err error, hurry <-chan struct{}) bool {
	d, firm := p.length(err)
	if firm {
		hurry = nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-hurry:
		p.over()
	case <-ctx.Done():
		return false
	}
	return true
}
