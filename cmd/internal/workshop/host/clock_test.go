package host

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

// clock is one that is put forward and back.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func (c *clock) jump(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Wherever the host's clock jumps, results keep the order in which they came, the
// last check is what counts, and no duration is negative.
func TestAClockThatJumpsKeepsTheOrder(t *testing.T) {
	at := &clock{now: time.Now()}
	s := serve(t, func(c *Config) { c.Now = at.Now })
	kim := s.learner("Kim")
	var want []string
	send := func(verdict, reason string) {
		r := checked("merge-sort", verdict, reason, 1)
		r.AgeMS = 1 // as it takes to send
		want = append(want, r.ID)
		s.report(kim, r)
	}
	send("fail", "serial")
	at.jump(5 * time.Hour)
	send("fail", "race")
	at.jump(-9 * time.Hour)
	send("fail", "deadlock")
	var got []string
	last := int64(-1)
	err := s.store.Results(context.Background(), 0, func(r store.Row) error {
		if r.Seq <= last {
			t.Errorf("result %s has number %d after %d", r.Result.ID, r.Seq, last)
		}
		last = r.Seq
		got = append(got, r.Result.ID)
		return nil
	})
	if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("order %v, want %v (%v)", got, want, err)
	}
	cell := func() *workshop.Cell { return s.snapshot().people[0].Cells["merge-sort"] }
	if c := cell(); c.Attempts != 3 || c.Reason != "deadlock" || c.Latest != want[2] {
		t.Errorf("after three checks: %d attempts, the last was %s", c.Attempts, c.Reason)
	}
	send("pass", "ok")
	if age := at.Now().Sub(s.snapshot().people[0].Last); age < 0 || age > time.Hour {
		t.Errorf("who has reported just now was last seen %v ago", age)
	}
	at.jump(-time.Hour)
	c := cell()
	if c.State != workshop.Passed || c.OnTask(at.Now()) < 0 || c.OnTask(at.Now()) > time.Hour {
		t.Errorf("%s after %v", c.State, c.OnTask(at.Now()))
	}
	for _, stuck := range workshop.Stuck(s.snapshot().people, at.Now(), workshop.DefaultLimits) {
		t.Errorf("who has passed is stuck: %v", stuck.Why)
	}
}

// The clock of a host goes on evenly, in sleep as well: no time server and nobody's
// hand moves it, so that no poll ends by them.
func TestTheHostsClockGoesOnEvenly(t *testing.T) {
	s := serve(t, nil)
	if now := s.config.Now(); strings.Contains(now.String(), " m=") {
		t.Errorf("the host's clock is Go's, which stands still in sleep: %v", now)
	}
	begun := time.Now().Add(-3 * time.Hour) // the wall's clock has jumped meanwhile
	before := sinceStart()
	now := steady(begun)
	time.Sleep(20 * time.Millisecond)
	passed := now().Sub(begun)
	if most := sinceStart() - before; passed < 20*time.Millisecond || passed > most {
		t.Errorf("%v have passed, of at least 20ms and at most %v", passed, most)
	}
	if first, second := now(), now(); second.Before(first) {
		t.Errorf("%v after %v", second, first)
	}
}
