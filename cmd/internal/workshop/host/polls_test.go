package host

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
)

// A poll runs longer where it has an end, and is not opened again for those who
// have seen the answers.
func TestAPollRunsLongerOrIsLeftAsItIs(t *testing.T) {
	s := serve(t, nil)
	poll := func() *workshop.Poll { return s.snapshot().stage.Poll }
	conflict := func(fields ...string) {
		t.Helper()
		before := *poll()
		if status, text := s.tryAct(s.Instructor, fields...); status != http.StatusConflict {
			t.Errorf("%v: %d %s", fields, status, text)
		}
		if fmt.Sprint(before) != fmt.Sprint(*poll()) {
			t.Errorf("%v: the poll has changed", fields)
		}
	}
	buttons := func(want bool) {
		t.Helper()
		_, page := s.send(s.Instructor, http.MethodGet, "/instructor", nil)
		if strings.Contains(page, `data-key="extend"`) != want {
			t.Errorf("that a poll can run longer is offered: %v", !want)
		}
	}
	s.act("act=poll", "text=?", "options=a\nb")
	conflict("act=extend", "seconds=30")
	buttons(false)
	s.act("act=close")
	buttons(true)
	s.act("act=extend", "seconds=30")
	first := poll().Until
	s.act("act=extend", "seconds=30")
	if more := poll().Until.Sub(first); more.Seconds() != 30 || !poll().Open(s.config.Now()) {
		t.Errorf("%v longer", more)
	}
	buttons(true)
	s.act("act=reveal")
	conflict("act=extend", "seconds=30")
	buttons(false)

	one := poll().ID
	s.act("act=poll", "text=another?", "options=a\nb")
	for _, act := range []string{"close", "reveal", "drop", "extend"} {
		conflict("act="+act, fmt.Sprint("poll=", one)) // of a window that shows the one before
	}
	s.act("act=drop", fmt.Sprint("poll=", poll().ID))
	if poll() != nil {
		t.Error("a poll that was taken away is there")
	}
	if status, _ := s.tryAct(s.Instructor, "act=drop"); status != http.StatusConflict {
		t.Errorf("no poll is taken away: %d", status)
	}
	if polls := s.csv(t, "/instructor/polls.csv"); len(polls) != 1+4 {
		t.Errorf("the polls are kept: %v", polls)
	}
}

// Changes that are written together see each other.
func TestWhatIsWrittenTogetherSeesEachOther(t *testing.T) {
	s := serve(t, nil)
	_, kim := s.member("Kim")
	s.act("act=poll", "text=?", "options=a\nb", "seconds=60")
	before := s.snapshot().stage.Poll
	err := s.desk.change(t.Context(), func(b *batch) error {
		for range 2 {
			p := b.stage.Poll
			if err := b.event(workshop.Event{Act: workshop.ActExtend, Until: p.Until.Add(60e9)}); err != nil {
				return err
			}
		}
		return b.event(workshop.Event{Act: workshop.ActClose})
	})
	if p := s.snapshot().stage.Poll; err != nil || p.Until.Sub(before.Until).Seconds() != 120 || !p.Closed {
		t.Errorf("%+v, %v", p, err)
	}
	s.act("act=extend", "seconds=30")
	err = s.desk.change(t.Context(), func(b *batch) error {
		if err := b.event(workshop.Event{Act: workshop.ActClose}); err != nil {
			return err
		}
		return b.vote(voteOf(before.ID, kim))
	})
	if err == nil {
		t.Error("a vote after the end of the poll counts")
	}
}

// Who waits to join with a code that is changed meanwhile does not come in.
func TestAChangedCodeHoldsForThoseWhoWait(t *testing.T) {
	now := time.Now()
	s := serve(t, func(c *Config) { c.Now = func() time.Time { return now } })
	s.gates.joins.AllowN(now, s.gates.joins.Burst())
	s.gates.joins.ReserveN(now, 300) // three seconds before the next
	old := s.code()
	var waiting sync.WaitGroup
	joined := make(chan int, 1)
	waiting.Go(func() {
		v := s.visitor()
		res, _ := v.ask("/join", url.Values{"name": {"Late"}, "code": {old}})
		joined <- res.StatusCode
	})
	soon(t, "somebody waits", func() bool { return s.gates.joins.TokensAt(now) < -300.5 })
	s.act("act=code")
	waiting.Wait()
	if status := <-joined; status != http.StatusForbidden || s.Learners() != 0 {
		t.Errorf("%d, and %d are in", status, s.Learners())
	}
}

// What came with an earlier check is not shown as if it was of the last one.
func TestAReportOfAnEarlierCheckSaysSo(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	with := checked("merge-sort", "fail", "serial", 1)
	with.Report = []byte(serialisedReport)
	s.report(kim, with)
	page := func() string {
		_, text := s.send(s.Instructor, http.MethodGet, fmt.Sprintf("/instructor/learner/%d", s.id(kim)), nil)
		return text
	}
	const earlier = "came with an earlier check"
	if strings.Contains(page(), earlier) {
		t.Error("the report of the last check is said to be of an earlier one")
	}
	s.report(kim, checked("merge-sort", "fail", "race", 1))
	if text := page(); !strings.Contains(text, earlier) || !slices.Contains(strings.Fields(text), "goroutines") {
		t.Error("an earlier report is shown as the last one's, or not at all")
	}
}
