package host

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// A room that mistypes, or somebody who guesses, is held back; who has the code
// gets in all the same.
func TestGuessesAreHeldBackAndTheRoomIsNot(t *testing.T) {
	begun := time.Now()
	s := serve(t, func(c *Config) { c.Now = func() time.Time { return begun } }) // guesses are not forgiven meanwhile
	ctx := context.Background()
	c := s.client("")
	right := c.Address.Code
	held := 0
	for range 200 {
		c.Address.Code = "AAAA-AAAA"
		_, err := c.Join(ctx, workshop.JoinRequest{Name: "Mallory"})
		var e *client.Error
		switch {
		case !errors.As(err, &e):
			t.Fatal(err)
		case e.Status == http.StatusTooManyRequests && e.Retry > 0:
			held++
		case e.Status != http.StatusForbidden:
			t.Fatalf("%d %s", e.Status, e.Text)
		}
	}
	if held == 0 {
		t.Error("200 guesses at once, and none was held back")
	}
	c.Address.Code = strings.ToLower(strings.ReplaceAll(right, "-", " ")) // as people type it
	if _, err := c.Join(ctx, workshop.JoinRequest{Name: "Kim"}); err != nil {
		t.Errorf("who has the code is held back: %v", err)
	}
}

func TestALearnerWhoFloodsIsHeldBackAlone(t *testing.T) {
	s := serve(t, nil)
	ctx := context.Background()
	mallory, kim := s.learner("Mallory"), s.learner("Kim")
	held := false
	for range 60 {
		var many []workshop.Result
		for range workshop.MaxResults {
			many = append(many, checked("merge-sort", "fail", "serial", 1))
		}
		_, err := mallory.Report(ctx, many)
		var e *client.Error
		if errors.As(err, &e) && e.Status == http.StatusTooManyRequests {
			held = true
			break
		}
	}
	if !held {
		t.Error("3,000 results of one learner were taken")
	}
	s.report(kim, checked("merge-sort", "pass", "ok", 1.8))
}

func TestWhatIsTooLargeIsRefused(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	for name, body := range map[string]string{
		"too many results": `{"results":[` + strings.Repeat(`{"id":"abcdefgh"},`, workshop.MaxResults) + `{"id":"abcdefgh"}]}`,
		"too many bytes":   `{"results":[{"id":"` + strings.Repeat("a", workshop.MaxBody) + `"}]}`,
	} {
		r, _ := http.NewRequest(http.MethodPost, s.URL()+"/api/results", strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+kim.Token)
		res, err := kim.HTTP.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %d %s", name, res.StatusCode, text)
		}
	}
}

// A form has no more room than a form takes, whoever sends it.
func TestOnlyResultsMayBeLarge(t *testing.T) {
	s := serve(t, nil)
	learner := s.learner("Kim").Token
	handler := s.handler()
	for _, rt := range routes() {
		if !strings.HasPrefix(rt.pattern, "POST") || rt.pattern == "POST /api/results" || rt.pattern == "POST /instructor/logout" || rt.pattern == "POST /room/leave" {
			continue // the last two read nothing of a body that is JSON
		}
		for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
			if strings.HasPrefix(rt.pattern, "POST /api/") != (kind == "application/json") {
				continue
			}
			_, path, _ := strings.Cut(rt.pattern, " ")
			body := strings.NewReader(`{"name":"` + strings.Repeat("a", maxActing) + `"}`)
			r := httptest.NewRequest(http.MethodPost, path, body)
			r.Header.Set("Accept", "application/json")
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Authorization", "Bearer "+map[string]string{roleInstructor: s.Instructor}[rt.role]+map[string]string{roleLearner: learner}[rt.role])
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %d %s", rt.pattern, w.Code, w.Body)
			}
		}
	}
}

// Large requests are read a few at a time; small ones go on beside them.
func TestLargeRequestsDoNotFillTheMemory(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	for range maxLarge { // as if so many were being read
		s.gates.large <- struct{}{}
	}
	source := checked("merge-sort", "fail", "serial", 1)
	source.Source = map[string]string{"a.go": strings.Repeat("x", large)}
	if _, err := kim.Report(t.Context(), []workshop.Result{source}); status(err) != http.StatusServiceUnavailable {
		t.Errorf("one more: %v", err)
	}
	s.report(kim, checked("merge-sort", "fail", "serial", 1))
	<-s.gates.large
	s.report(kim, source)
}

// Streams of the wall's address, which everybody sees, take no place of the
// instructor's.
func TestProjectorsLeaveRoomForTheInstructor(t *testing.T) {
	s := serve(t, nil)
	var over []func()
	for range maxPages {
		f, ok := s.gates.page(roleProjector)
		if !ok {
			t.Fatalf("no more than %d streams", len(over))
		}
		over = append(over, f)
	}
	if code, _ := s.send("", http.MethodGet, "/projector/"+s.Projector+"/stream", nil); code != http.StatusServiceUnavailable {
		t.Errorf("one more projector: %d", code)
	}
	done, ok := s.gates.page(roleInstructor)
	if !ok {
		t.Fatal("the instructor has no place")
	}
	done()
	over[0]()
	if _, ok := s.gates.page(roleProjector); !ok {
		t.Error("a place that has become free is not given")
	}
}

// Votes and other requests are limited for each learner alone.
func TestWhoAsksWithoutEndIsHeldBackAlone(t *testing.T) {
	begun := time.Now()
	s := serve(t, func(c *Config) { c.Now = func() time.Time { return begun } }) // limits do not come back
	mallory, kim := s.learner("Mallory"), s.learner("Kim")
	s.act("act=poll", "text=?", "options=a\nb")
	poll := s.snapshot().stage.Poll.ID
	held := func(ask func() error) bool {
		for range 300 {
			if err := ask(); status(err) == http.StatusTooManyRequests {
				return true
			}
		}
		return false
	}
	if !held(func() error { return mallory.Vote(t.Context(), poll, []int{0}) }) {
		t.Error("300 votes of one learner at once are taken")
	}
	if !held(func() error { _, err := mallory.Stage(t.Context()); return err }) {
		t.Error("300 requests of one learner at once are answered")
	}
	if err := kim.Vote(t.Context(), poll, []int{1}); err != nil {
		t.Errorf("another learner: %v", err)
	}
}

// Who joins waits for their turn behind others, and is told to come again only
// where that would be long.
func TestJoiningIsAQueue(t *testing.T) {
	now := time.Now()
	s := serve(t, func(c *Config) { c.Now = func() time.Time { return now } }) // nothing comes back meanwhile
	s.gates.joins.AllowN(now, s.gates.joins.Burst())                           // all that are let in at once
	s.gates.joins.ReserveN(now, 20)
	s.learner("Kim") // a fifth of a second later
	s.gates.joins.ReserveN(now, 1000)
	if _, err := s.client("").Join(t.Context(), workshop.JoinRequest{Name: "Lee"}); status(err) != http.StatusTooManyRequests {
		t.Errorf("behind a thousand: %v", err)
	}
}
