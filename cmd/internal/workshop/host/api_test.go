package host

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/store"

	"github.com/google/go-cmp/cmp"
)

var ctx = context.Background()

// status is that of a refusal, 0 for anything else.
func status(err error) int {
	var e *client.Error
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

func TestNamesAreMadeFitToBeShown(t *testing.T) {
	s := serve(t, nil)
	for said, want := range map[string]string{
		"Kim":                         "Kim",
		"  Kim \t Lee\n":              "Kim Lee",
		"\x1b[31mRed\x07":             "[31mRed",
		"a\u202etxt.exe\u2066":        "a txt.exe",
		"<script>alert(1)</script>":   "<script>alert(1)</script>", // pages escape it
		"Żółć 👩\u200d💻":               "Żółć 👩\u200d💻",
		"=HYPERLINK(\"http://x\")":    "=HYPERLINK(\"http://x\")", // exports escape it
		strings.Repeat("é", 40):       strings.Repeat("é", 40),
		"Mia\u200d":                   "Mia", // looks the same
		"M\u200dax":                   "Max",
		"\u200d👩🏽\u200d💻\u200d":       "👩🏽\u200d💻",
		"❤\ufe0f\u200d🔥":              "❤\ufe0f\u200d🔥",
		"Jo\u3164\u2800 Ann":          "Jo Ann",
		"null\x00byte and \xff bytes": "null byte and \ufffd bytes",
	} {
		j, err := s.client("").Join(ctx, workshop.JoinRequest{Name: said})
		if err != nil || j.Name != want {
			t.Errorf("%q: %q, %v", said, j.Name, err)
		}
	}
	for _, bad := range []string{"", "  \n", "\x1b\x07", "\u200d", "\u3164", "\u2800\uffa0", "\u0301", strings.Repeat("é", 41)} {
		if _, err := s.client("").Join(ctx, workshop.JoinRequest{Name: bad}); status(err) != http.StatusBadRequest {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestTwoOfOneNameAreToldApart(t *testing.T) {
	s := serve(t, nil)
	var wg sync.WaitGroup
	names := make([]string, 12)
	for i := range names {
		wg.Go(func() {
			j, err := s.client("").Join(ctx, workshop.JoinRequest{Name: strings.Repeat("K", 40)})
			if err != nil {
				t.Error(err)
			}
			names[i] = j.Name
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, n := range names {
		if seen[n] || len(n) > 40 {
			t.Errorf("%q again, or too long", n)
		}
		seen[n] = true
	}
}

func TestAnAnonymousWorkshopTakesNoNames(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, func(c *Config) { c.Anonymous, c.Data = true, dir })
	if h, err := s.client("").Hello(ctx); err != nil || !h.Anonymous {
		t.Error(h, err)
	}
	j, err := s.client("").Join(ctx, workshop.JoinRequest{Name: "Wilhelmina"})
	if err != nil || j.Name != fmt.Sprintf("Learner %d", j.Learner) {
		t.Errorf("%+v, %v", j, err)
	}
	if _, csv := s.send(s.Instructor, http.MethodGet, "/instructor/learners.csv", nil); strings.Contains(csv, "Wilhelmina") {
		t.Error("the name was kept")
	}
}

func TestResultsAreTakenOnceAndCounted(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	one, two := checked("merge-sort", "fail", "serial", 1), checked("merge-sort", "pass", "ok", 1.8)
	bad := checked("no-such-kata", "pass", "ok", 1.8)
	answered := workshop.Result{ID: "answered-1", Kind: workshop.Answered, Item: "seed", Right: true, Score: 1}
	r, err := kim.Report(ctx, []workshop.Result{one, bad, two, answered, one})
	if err != nil || len(r.Accepted) != 4 || len(r.Refused) != 1 || r.Refused[0].ID != bad.ID {
		t.Fatalf("%+v, %v", r, err)
	}
	again, err := kim.Report(ctx, []workshop.Result{one, two, answered})
	if err != nil || len(again.Accepted) != 3 {
		t.Fatalf("%+v, %v", again, err)
	}
	me, err := kim.Me(ctx)
	if err != nil || me.Attempts["merge-sort"] != 2 || me.Answered != 1 || me.Name != "Kim" {
		t.Errorf("%+v, %v", me, err)
	}
	if r.Seq == 0 || again.Seq < r.Seq {
		t.Errorf("numbers %d, then %d", r.Seq, again.Seq)
	}
}

// Code is kept only where the host asks for it and the learner has said yes.
func TestCodeIsKeptOnlyWithConsent(t *testing.T) {
	for _, c := range []struct{ asks, agrees bool }{{true, true}, {true, false}, {false, true}, {false, false}} {
		s := serve(t, func(conf *Config) { conf.Source = c.asks })
		k := s.client("")
		j, err := k.Join(ctx, workshop.JoinRequest{Name: "Kim", Source: c.agrees})
		if err != nil || j.Source != (c.asks && c.agrees) || j.Asks != c.asks {
			t.Fatalf("%+v: %+v, %v", c, j, err)
		}
		r := checked("merge-sort", "fail", "serial", 1)
		r.Source = map[string]string{"a.go": "package secret"}
		r.Report = json.RawMessage(`{"verdict":"fail"}`)
		s.report(k, r)
		a, err := s.store.Attachment(ctx, j.Learner, "merge-sort")
		if err != nil || (len(a.Source) > 0) != (c.asks && c.agrees) || string(a.Report) != `{"verdict":"fail"}` {
			t.Errorf("%+v: kept %+v, %v", c, a, err)
		}
		_, export := s.send(s.Instructor, http.MethodGet, "/instructor/export.json", nil)
		if strings.Contains(export, "package secret") != (c.asks && c.agrees) {
			t.Errorf("%+v: the export holds it, or not", c)
		}
	}
}

func TestALearnerWhoLeavesIsForgottenOnlyIfTheyAskForIt(t *testing.T) {
	s := serve(t, nil)
	kim, lee := s.learner("Kim"), s.learner("Lee")
	s.report(kim, checked("merge-sort", "fail", "serial", 1))
	if err := kim.Leave(ctx, false); err != nil || s.Learners() != 2 {
		t.Fatal(err, s.Learners())
	}
	if err := kim.Leave(ctx, true); err != nil || s.Learners() != 1 {
		t.Fatal(err, s.Learners())
	}
	if _, err := kim.Me(ctx); !client.Gone(err) {
		t.Errorf("a token of who was deleted: %v", err)
	}
	if _, err := kim.Report(ctx, []workshop.Result{checked("merge-sort", "pass", "ok", 1)}); !client.Gone(err) {
		t.Errorf("a result of who was deleted: %v", err)
	}
	if _, err := lee.Me(ctx); err != nil {
		t.Error(err)
	}
	_, export := s.send(s.Instructor, http.MethodGet, "/instructor/export.json", nil)
	if strings.Contains(export, "Kim") || strings.Contains(export, "serial") || !json.Valid([]byte(export)) {
		t.Errorf("left: %s", export)
	}
}

func TestAPollCountsEverybodyOnce(t *testing.T) {
	s := serve(t, nil)
	var learners []*client.Client
	for i := range 9 {
		learners = append(learners, s.learner(fmt.Sprint("L", i)))
	}
	if err := learners[0].Vote(ctx, 1, []int{0}); status(err) != http.StatusConflict {
		t.Errorf("a vote without a poll: %v", err)
	}
	s.act("act=poll", "text=Which?", "options=a\nb\n\nc\n")
	told, err := learners[0].Stage(ctx)
	if err != nil || told.Poll == nil || len(told.Poll.Options) != 3 || told.Tally != nil {
		t.Fatalf("%+v, %v", told, err)
	}
	id := told.Poll.ID
	for _, bad := range [][]int{nil, {3}, {-1}, {0, 1}} {
		if err := learners[0].Vote(ctx, id, bad); status(err) != http.StatusBadRequest {
			t.Errorf("%v: %v", bad, err)
		}
	}
	var wg sync.WaitGroup
	for i, l := range learners {
		wg.Go(func() {
			for _, choice := range []int{2, i % 2} { // the second answer counts
				if err := l.Vote(ctx, id, []int{choice}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	s.act("act=reveal")
	told, err = learners[1].Stage(ctx)
	if err != nil || fmt.Sprint(told.Tally) != "[5 4 0]" || told.Voters != 9 || fmt.Sprint(told.Vote) != "[1]" {
		t.Errorf("%+v, %v", told, err)
	}
	if err := learners[0].Vote(ctx, id, []int{0}); status(err) != http.StatusConflict {
		t.Errorf("a vote after the end: %v", err)
	}
	s.act("act=poll", "text=Another?", "options=a\nb")
	if err := learners[0].Vote(ctx, id, []int{0}); status(err) != http.StatusConflict {
		t.Errorf("a vote for the poll before: %v", err)
	}
}

func TestAQuestionOfTheCourseIsAPollWhoseAnswerIsHidden(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	all, err := s.course.pollables()
	if err != nil || len(all) < 20 {
		t.Fatalf("%d questions, %v", len(all), err)
	}
	for _, q := range all {
		s.act("act=poll", "question="+q.ID, "seconds=60")
		told, err := kim.Stage(ctx)
		if err != nil || told.Poll.Text != q.Title || len(told.Poll.Options) != len(q.Options) || told.Poll.Right != nil || told.Poll.Until.IsZero() {
			t.Fatalf("%s: %+v, %v", q.ID, told.Poll, err)
		}
	}
	s.act("act=reveal")
	told, _ := kim.Stage(ctx)
	for i, o := range all[len(all)-1].Options {
		right := false
		for _, r := range told.Poll.Right {
			right = right || r == i
		}
		if right != o.Correct {
			t.Errorf("option %d: right is %v", i, right)
		}
	}
}

func TestWhatTheInstructorSaysReachesTheRoom(t *testing.T) {
	s := serve(t, nil)
	kim, lee := s.learner("Kim"), s.learner("Lee")
	heard := make(chan workshop.Told, 100)
	listening, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		ended <- kim.Listen(listening, func(t workshop.Told) error { heard <- t; return nil })
	}()
	if first := <-heard; first.Cue != "" {
		t.Errorf("at first: %+v", first)
	}
	me, _ := kim.Me(ctx)
	other, _ := lee.Me(ctx)
	s.act("act=cue", "text=Sort it", "item=merge-sort", "minutes=10")
	s.act("act=hint", fmt.Sprint("learner=", other.Learner), "text=for Lee")
	s.act("act=hint", fmt.Sprint("learner=", me.Learner), "text=for Kim")
	s.act("act=pause", "on=1")
	s.act("act=unlock", "item=merge-sort")
	var last workshop.Told
	for !last.Paused || len(last.Unlocked) == 0 {
		last = <-heard
	}
	if last.Cue != "Sort it" || last.Item != "merge-sort" || last.Until.Sub(last.Now) <= 9*time.Minute || len(last.Messages) != 1 || last.Messages[0].Text != "for Kim" {
		t.Errorf("told %+v", last)
	}
	// One too many of a learner's streams ends the oldest, and no other.
	again, stop := context.WithCancel(ctx)
	defer stop()
	others := make(chan error, maxListening)
	for range maxListening {
		begun := make(chan struct{}, 100)
		go func() {
			others <- kim.Listen(again, func(workshop.Told) error { begun <- struct{}{}; return nil })
		}()
		<-begun
	}
	if err := <-ended; err == nil {
		t.Error("the first stream ended without an error")
	}
	if n := s.streams(me.Learner); n != maxListening || len(others) > 0 {
		t.Errorf("%d streams are open, and %d of the later ones have ended", n, len(others))
	}
	for _, bad := range [][]string{
		{"act=cue", "item=no-such-kata"}, {"act=cue", "until=25:99"}, {"act=cue", "minutes=-1"}, {"act=unlock", "item="}, {"act=hint", "text="}, {"act=hint", "text=x", "learner=x"},
		{"act=clear", "sure=yes"}, {"act=limits", "quiet=0", "same=3"}, {"act=poll", "text=?", "options=a"}, {"act=poll", "question=none"}, {"act="}, {"act=cue", "text=" + strings.Repeat("x", 501)},
	} {
		if status, text := s.tryAct(s.Instructor, bad...); status != http.StatusBadRequest || !strings.Contains(text, "error") {
			t.Errorf("%v: %d %s", bad, status, text)
		}
	}
	for _, nobody := range [][]string{{"act=hint", "text=x", "learner=999"}, {"act=forget", "learner=999"}} {
		if status, text := s.tryAct(s.Instructor, nobody...); status != http.StatusNotFound || !strings.Contains(text, "not in the workshop") {
			t.Errorf("%v: %d %s", nobody, status, text)
		}
	}
}

func TestARotatedCodeLetsNobodyInWithTheOldOne(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	old := s.client("")
	s.act("act=code")
	if _, err := old.Join(ctx, workshop.JoinRequest{Name: "Late"}); status(err) != http.StatusForbidden {
		t.Errorf("with the old code: %v", err)
	}
	s.learner("Punctual")
	if _, err := kim.Me(ctx); err != nil {
		t.Errorf("who was in is out: %v", err)
	}
}

func TestEverybodyIsStillInAfterARestart(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, func(c *Config) { c.Data = dir })
	kim := s.learner("Kim")
	s.report(kim, checked("merge-sort", "fail", "serial", 1), checked("merge-sort", "pass", "ok", 1.8))
	s.act("act=cue", "text=Go on", "minutes=30")
	s.act("act=poll", "text=?", "options=a\nb")
	told, _ := kim.Stage(ctx)
	if err := kim.Vote(ctx, told.Poll.ID, []int{1}); err != nil {
		t.Fatal(err)
	}
	lee := s.learner("Lee")
	s.report(lee, checked("merge-sort", "fail", "serial", 1))
	if err := lee.Leave(ctx, false); err != nil {
		t.Fatal(err)
	}
	s.report(kim, workshop.Result{ID: "answered-1", Kind: workshop.Answered, Item: "x", Right: true, Score: 1})
	s.act("act=limits", "quiet=30", "same=5")
	before := s.snapshot()
	s.stop()
	s = serve(t, func(c *Config) { c.Data = dir })
	after := s.snapshot()
	truncated := cmp.Transformer("milliseconds", func(t time.Time) int64 { return t.UnixMilli() }) // as they are stored
	if diff := cmp.Diff(before.people, after.people, truncated); diff != "" {
		t.Errorf("the room: %s", diff)
	}
	if diff := cmp.Diff(before.stage, after.stage, truncated); diff != "" {
		t.Errorf("the stage: %s", diff)
	}
	if len(after.people) != 2 || after.people[0].Name != "Kim" || after.people[0].Cells["merge-sort"].Attempts != 2 || after.people[0].Cells["merge-sort"].State != workshop.Passed || after.seq < before.seq {
		t.Errorf("the room is %+v", after.people)
	}
	back := s.client(kim.Token)
	told, err := back.Stage(ctx)
	if err != nil || told.Cue != "Go on" || fmt.Sprint(told.Vote) != "[1]" || !told.Poll.Open(told.Now) {
		t.Errorf("told %+v, %v", told, err)
	}
	s.report(back, checked("merge-sort", "pass", "ok", 1.9))

	s.act("act=clear", "sure=delete all")
	s.stop()
	s = serve(t, func(c *Config) { c.Data = dir })
	if l := s.snapshot().stage.Limits; l.Same != 5 || l.Quiet != 30*time.Minute {
		t.Errorf("after all was deleted, and a restart, somebody is stuck after %+v", l)
	}
}

func TestOneHostAtATime(t *testing.T) {
	dir := t.TempDir()
	serve(t, func(c *Config) { c.Data = dir })
	course, titles := courseOf(t)
	if _, err := Open(ctx, Config{Addr: "127.0.0.1:0", Data: dir, Course: course, Katas: titles}); !errors.Is(err, ErrInUse) {
		t.Errorf("a second host: %v", err)
	}
}

// A change that cannot be made spoils no other of its batch.
func TestARefusalIsForOneAlone(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	me, _ := kim.Me(ctx)
	s.act("act=poll", "text=?", "options=a\nb")
	told, _ := kim.Stage(ctx)
	var wg sync.WaitGroup
	var mu sync.Mutex
	refused, fine := 0, 0
	for i := range 200 {
		wg.Go(func() {
			err := s.desk.change(ctx, func(b *batch) error {
				return b.vote(store.Vote{Poll: told.Poll.ID, Learner: me.Learner, Choice: []int{i % 3}})
			})
			mu.Lock()
			defer mu.Unlock()
			var r *refusal
			switch {
			case err == nil:
				fine++
			case errors.As(err, &r) && i%3 == 2:
				refused++
			default:
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	wg.Wait()
	if refused != 66 || fine != 134 {
		t.Errorf("%d refused, %d taken", refused, fine)
	}
}
