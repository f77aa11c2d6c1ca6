package host

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/store"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons"
)

// courseOf is the course as it is.
func courseOf(t testing.TB) (*lessons.Course, map[string]string) {
	t.Helper()
	titles := map[string]string{}
	var refs []lessons.KataRef
	for _, slug := range katas.Slugs() {
		k, err := katas.Load(slug)
		if err != nil {
			t.Fatal(err)
		}
		titles[slug] = k.Title
		refs = append(refs, lessons.KataRef{Slug: slug, Chapter: k.Chapter, Lesson: k.Lesson, File: slug})
	}
	course, err := lessons.Load(content.FS, refs)
	if err != nil {
		t.Fatal(err)
	}
	return course, titles
}

// hosted is a host that serves for one test.
type hosted struct {
	t testing.TB
	*Host
	stop func() // and wait
}

// serve hosts a workshop on this machine; change may alter its configuration.
func serve(t testing.TB, change func(*Config)) *hosted {
	t.Helper()
	course, titles := courseOf(t)
	c := Config{Addr: "127.0.0.1:0", Data: t.TempDir(), Course: course, Katas: titles, Log: testLog{t}}
	if change != nil {
		change(&c)
	}
	ctx, cancel := context.WithCancel(context.Background())
	h, err := Open(ctx, c)
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx) }()
	s := &hosted{t: t, Host: h}
	stopped := false
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the host ended with %v", err)
		}
	}
	t.Cleanup(s.stop)
	return s
}

// testLog is a test's log as a writer.
type testLog struct{ t testing.TB }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Logf("host: %s", strings.TrimSpace(string(p)))
	return len(p), nil
}

// client is a connection of somebody with a token, "" for nobody.
func (s *hosted) client(token string) *client.Client {
	s.t.Helper()
	a, err := client.ParseAddress(s.Join())
	if err != nil {
		s.t.Fatal(err)
	}
	c := client.New(a, token)
	s.t.Cleanup(c.HTTP.CloseIdleConnections)
	return c
}

// learner joins.
func (s *hosted) learner(name string) *client.Client {
	s.t.Helper()
	c := s.client("")
	if _, err := c.Join(context.Background(), workshop.JoinRequest{Name: name, Source: true}); err != nil {
		s.t.Fatalf("%s cannot join: %v", name, err)
	}
	return c
}

// report sends results of a learner, all of which must be taken.
func (s *hosted) report(c *client.Client, results ...workshop.Result) {
	s.t.Helper()
	r, err := c.Report(context.Background(), results)
	if err != nil || len(r.Accepted) != len(results) {
		s.t.Fatalf("of %d results: %+v, %v", len(results), r, err)
	}
}

// numbered counts results, so that no two have one id.
var numbered atomic.Int64

// checked is the result of a check.
func checked(kata, verdict, reason string, speedup float64) workshop.Result {
	return workshop.Result{
		ID: fmt.Sprintf("result-%06d", numbered.Add(1)), Kind: workshop.Checked, Item: kata,
		Verdict: verdict, Reason: reason, Speedup: speedup, Attainable: 1.9, CPUs: 2,
		Curve: map[string]float64{"2": speedup, "4": speedup * 1.7, "16": speedup * 4, "64": speedup * 6},
	}
}

// act does what an instructor can, with fields as "name=value".
func (s *hosted) act(fields ...string) {
	s.t.Helper()
	if status, text := s.tryAct(s.Instructor, fields...); status != http.StatusOK {
		s.t.Fatalf("%v: %d %s", fields, status, text)
	}
}

// tryAct is act with any token.
func (s *hosted) tryAct(token string, fields ...string) (status int, text string) {
	s.t.Helper()
	form := url.Values{}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		form.Set(name, value)
	}
	return s.send(token, http.MethodPost, "/instructor/act", form)
}

// send asks for a path with a form, nil for none, and gives status and body.
func (s *hosted) send(token, method, path string, form url.Values) (status int, text string) {
	s.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, s.URL()+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	c := s.client("").HTTP
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := c.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// soon waits until something holds.
func soon(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not after %v: %s", patience, what)
		}
	}
}

// voteOf is a vote for the first option of a poll.
func voteOf(poll, learner int64) store.Vote {
	return store.Vote{Poll: poll, Learner: learner, Choice: []int{0}}
}
