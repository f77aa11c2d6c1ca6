package host

import (
	"errors"
	"net/http"
	"sync"
	"testing"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// A host that cannot keep up says so at once, with when to come again, and goes
// on when it has caught up. What the instructor does is not put off.
func TestWhatWouldWaitTooLongIsToldToComeLater(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	hold, held := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		s.desk.change(ctx, func(*batch) error { close(held); <-hold; return nil })
	})
	<-held
	s.desk.wait.Store(int64(2 * mostWait)) // as if that one had waited
	soonBusy := func() {
		for range 2 {
			wg.Go(func() { s.desk.change(ctx, func(*batch) error { return nil }) })
		}
		soon(t, "changes wait", func() bool { return len(s.desk.queue) == 2 })
	}
	soonBusy()
	_, err := kim.Report(ctx, []workshop.Result{checked("merge-sort", "fail", "serial", 1)})
	var e *client.Error
	if !errors.As(err, &e) || e.Status != http.StatusServiceUnavailable || e.Retry == 0 {
		t.Errorf("a result came back with %v", err)
	}
	acted := make(chan struct{})
	go func() { defer close(acted); s.act("act=pause", "on=1") }()
	soon(t, "the instructor's act waits with the others", func() bool { return len(s.desk.queue) == 3 })
	close(hold)
	<-acted
	wg.Wait()
	s.report(kim, checked("merge-sort", "fail", "serial", 1))
}
