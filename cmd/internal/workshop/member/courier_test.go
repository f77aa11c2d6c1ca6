package member

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

func TestACourierSendsWhatIsThereAndWhatComes(t *testing.T) {
	host := newFake(t)
	folder, _ := host.joined()
	add(t, folder, read(1))
	carry(t, folder)
	soon(t, "the first result has arrived", func() bool { return host.count() == 1 })
	add(t, folder, read(2))
	soon(t, "the second result has arrived", func() bool { return host.count() == 2 && folder.Waiting() == 0 })
}

func TestWhatIsToldIsKeptWithTheHostsClock(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	late := time.Now().Add(3 * time.Hour).UTC().Round(0) // the host's clock is wrong
	host.told = workshop.Told{Now: late, Stage: workshop.Stage{Seq: 7, Cue: "Try this", Until: late.Add(12 * time.Minute)}}
	carry(t, folder)
	soon(t, "the stage is there", func() bool { return folder.Heard(m) != nil })
	h := folder.Heard(m)
	if h.Told.Cue != "Try this" || h.Told.Seq != 7 {
		t.Errorf("heard %+v", h.Told)
	}
	if left := h.Told.Until.Sub(h.Now(h.At)); left != 12*time.Minute {
		t.Errorf("%v are left of 12 minutes", left)
	}
	if until := h.Local(h.Told.Until); !until.Equal(h.At.Add(12 * time.Minute)) {
		t.Errorf("it lasts until %v by the clock here, heard at %v", until, h.At)
	}
	soon(t, "the connection is noted", func() bool { return folder.Link(m).Connected })
}

func TestThereIsOneCourierForAFolder(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	if folder.Running() {
		t.Error("one is running before any was started")
	}
	_, stop := carry(t, folder)
	soon(t, "the first is connected", func() bool { return folder.Link(m).Connected })
	if !folder.Running() {
		t.Error("none is running while one is")
	}
	if err := Carry(context.Background(), folder); err != nil {
		t.Errorf("a second one ended with %v", err)
	}
	if host.streams != 1 {
		t.Errorf("%d streams", host.streams)
	}
	stop()
	if folder.Running() {
		t.Error("one is running after the last has ended")
	}
}

func TestACourierEndsWithTheMembership(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	ended, _ := carry(t, folder)
	soon(t, "it is connected", func() bool { return folder.Link(m).Connected })
	if err := folder.Leave(); err != nil {
		t.Fatal(err)
	}
	finished(t, ended)
	if _, err := os.Stat(string(folder)); !os.IsNotExist(err) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestACourierTakesAwayWhatIsHalfWrittenAndOld(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	old, fresh := folder.path(filepath.Join(spoolDir, ".new-1")), folder.path(".new-2")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if then := time.Now().Add(-2 * time.Hour); os.Chtimes(old, then, then) != nil {
		t.Fatal("the time of a file cannot be set")
	}
	carry(t, folder)
	soon(t, "it is connected", func() bool { return folder.Link(m).Connected })
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("the old one: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("one that is being written: %v", err)
	}
}

func TestACourierGoesOnWhenTheHostHasAnotherAddress(t *testing.T) {
	old, next := newFake(t), newFake(t)
	folder, m := old.joined()
	carry(t, folder)
	soon(t, "it is connected", func() bool { return folder.Link(m).Connected })
	moved := *m
	moved.URL = next.server.URL
	if err := folder.Join(&moved); err != nil {
		t.Fatal(err)
	}
	add(t, folder, read(1))
	soon(t, "the result has arrived there", func() bool { return next.count() == 1 })
	if old.count() != 0 {
		t.Error("it has arrived at the old address, too")
	}
}

func TestACourierEndsWhenNobodyHasUsedGokataForLong(t *testing.T) {
	folder, _ := newFake(t).joined()
	folder.Touch(time.Now())
	folder.Touch(time.Now().Add(-idle - time.Minute))
	ended, _ := carry(t, folder)
	finished(t, ended)
}

func TestACourierEndsWhenTheHostKnowsTheLearnerNoMore(t *testing.T) {
	for _, where := range []string{"results", "stream"} {
		t.Run(where, func(t *testing.T) {
			host := newFake(t)
			folder, m := host.joined()
			gone := workshop.Problem{Error: "you are not in this workshop (any more); join it again"}
			if where == "results" {
				host.results = func(w http.ResponseWriter, _ workshop.ResultsRequest) bool {
					return answerJSON(w, http.StatusUnauthorized, gone)
				}
			} else {
				host.stream = func(w http.ResponseWriter) bool { return answerJSON(w, http.StatusUnauthorized, gone) }
				host.results = func(w http.ResponseWriter, _ workshop.ResultsRequest) bool {
					return answerJSON(w, http.StatusServiceUnavailable, workshop.Problem{})
				}
			}
			add(t, folder, read(1))
			ended, _ := carry(t, folder)
			finished(t, ended)
			if l := folder.Link(m); !l.Gone || l.Connected || l.Error != gone.Error {
				t.Errorf("the link is %+v", l)
			}
			if n := folder.Waiting(); n != 1 {
				t.Errorf("%d results wait: joining again would send it", n)
			}
		})
	}
}

func TestAHostThatIsBusyGetsTheResultsLater(t *testing.T) {
	host := newFake(t)
	folder, _ := host.joined()
	refusals := 2
	host.results = func(w http.ResponseWriter, _ workshop.ResultsRequest) bool {
		if refusals == 0 {
			return true
		}
		refusals--
		return answerJSON(w, http.StatusServiceUnavailable, workshop.Problem{Error: "the workshop is busy"})
	}
	add(t, folder, read(1), read(2))
	carry(t, folder)
	soon(t, "both have arrived", func() bool { return host.count() == 2 && folder.Waiting() == 0 })
}

func TestPausesGrowAndTheHostsWishIsHonoured(t *testing.T) {
	var p pause
	for n, most := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		most *= firstPause
		d, firm := p.length(context.DeadlineExceeded)
		if d < most/2 || d > most || firm {
			t.Errorf("pause %d is %v, firm %v; want %v to %v", n, d, firm, most/2, most)
		}
	}
	p.over()
	if d, _ := p.length(context.DeadlineExceeded); d > firstPause {
		t.Errorf("after a success the first pause is %v", d)
	}
	d, firm := p.length(&client.Error{Status: 429, Retry: 20 * time.Second})
	if d < 20*time.Second || !firm {
		t.Errorf("asked to wait 20 s, it waits %v, firm %v", d, firm)
	}
	hurry := make(chan struct{}, 1)
	poke(hurry)
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if p.wait(ctx, &client.Error{Status: 503, Retry: time.Minute}, hurry) {
		t.Error("a wait that the host has asked for was cut short")
	}
	if !p.wait(context.Background(), context.DeadlineExceeded, hurry) {
		t.Error("a wait for the network was not cut short")
	}
}

func TestTextsOfTheHostThatCannotBeShownAreNotKept(t *testing.T) {
	folder, m := newFake(t).joined()
	good := workshop.Told{Now: time.Now(), Stage: workshop.Stage{Seq: 1}}
	if err := folder.Hear(m, good, time.Now()); err != nil {
		t.Fatal(err)
	}
	for name, told := range map[string]workshop.Told{
		"no clock":         {},
		"no options":       {Now: time.Now(), Stage: workshop.Stage{Poll: &workshop.Poll{}}},
		"tally of another": {Now: time.Now(), Tally: []int{1}, Stage: workshop.Stage{Poll: &workshop.Poll{Options: []string{"a", "b"}}}},
	} {
		if err := folder.Hear(m, told, time.Now()); err == nil {
			t.Errorf("%s: was kept", name)
		}
	}
	if h := folder.Heard(m); h == nil || h.Told.Seq != 1 {
		t.Errorf("what was heard before is %+v", h)
	}
}

func TestWhatAnotherMemberHeardAndSawIsNobodysNow(t *testing.T) {
	folder, m := newFake(t).joined()
	if err := folder.Hear(m, workshop.Told{Now: time.Now()}, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := folder.Show(Shown{Member: m.ID, Hint: 9}); err != nil {
		t.Fatal(err)
	}
	other := *m
	other.ID = "another"
	if h := folder.Heard(&other); h != nil {
		t.Errorf("heard %+v", h)
	}
	if s := folder.Shown(&other); s.Hint != 0 {
		t.Errorf("shown %+v", s)
	}
}

// finished waits for the end of a courier.
func finished(t testing.TB, ended <-chan error) {
	t.Helper()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("the courier ended with %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the courier has not ended after 30 s")
	}
}
