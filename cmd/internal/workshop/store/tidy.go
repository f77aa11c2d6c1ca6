package store

import (
	"context"
	"sync/atomic"
	"time"
)

// What is written goes to a log first, and from there to its place in the file.
// A write that has to do this itself waits for the disk many times over, so that
// another connection does it beside, every tidyEvery. Only where that cannot keep
// up the log reaches mostPages, and then a write does the rest.
const (
	tidyEvery = 500 * time.Millisecond
	mostPages = 4000 // of 4 KiB
)

// tidier empties the log. What was deleted is in the log until that is cut off,
// which waits for whoever reads the file, such as a backup: the tidier tries it
// until it is done.
type tidier struct {
	store  *sqliteStore
	remain atomic.Bool // something deleted may be in the log
	quit   context.CancelFunc
	ended  chan struct{}
}

func newTidier(file string) (*tidier, error) {
	s, err := open(file, 0) // a write does not wait until a reader has gone
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	t := &tidier{store: s, quit: cancel, ended: make(chan struct{})}
	t.erase(ctx) // what a host that was killed has left
	go t.run(ctx)
	return t, nil
}

// erase cuts off the log, now or as soon as it can be done.
func (t *tidier) erase(ctx context.Context) {
	t.remain.Store(true)
	t.try(ctx)
}

// try empties the log as far as can be done now.
func (t *tidier) try(ctx context.Context) {
	how := "PRAGMA wal_checkpoint(PASSIVE)"
	erasing := t.remain.Swap(false)
	if erasing {
		how = "PRAGMA wal_checkpoint(TRUNCATE)"
	}
	var busy, log, moved int
	err := t.store.db.QueryRowContext(ctx, how).Scan(&busy, &log, &moved)
	// What cannot be moved now is moved later, or by a write, which says so.
	if erasing && (err != nil || busy != 0) {
		t.remain.Store(true)
	}
}

func (t *tidier) run(ctx context.Context) {
	defer close(t.ended)
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			t.try(ctx)
		case <-ctx.Done():
			return
		}
	}
}

func (t *tidier) close() {
	t.quit()
	<-t.ended
	t.store.Close()
}
