package store

import (
	"context"
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

// tidier empties the log.
type tidier struct {
	store *sqliteStore
	quit  context.CancelFunc
	ended chan struct{}
}

func newTidier(file string) (*tidier, error) {
	s, err := open(file)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	t := &tidier{s, cancel, make(chan struct{})}
	go t.run(ctx)
	return t, nil
}

func (t *tidier) run(ctx context.Context) {
	defer close(t.ended)
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			// What cannot be done now is done later, or by a write, which says so.
			t.store.db.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)")
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
