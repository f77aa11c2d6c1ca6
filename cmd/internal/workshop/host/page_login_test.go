package host

import (
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestLoggingInGivesAKeyOfItsOwnForADay(t *testing.T) {
	for _, plain := range []bool{false, true} {
		var later atomic.Int64
		begun := time.Now()
		s := serve(t, func(c *Config) {
			c.Plain = plain
			c.Now = func() time.Time { return begun.Add(time.Duration(later.Load())) }
		})
		v := s.visitor()
		res, _ := v.ask("/instructor", nil)
		v.led(res, "/instructor/login")
		v.sees("/instructor/login", `type="password"`)
		res, _ = v.ask("/instructor/login", url.Values{"token": {s.Instructor}})
		v.led(res, "/instructor")
		c := cookieOf(t, res, cookieInstructor)
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure == plain || c.Path != "/instructor" || c.MaxAge != 24*60*60 {
			t.Errorf("plain %v: %v", plain, c)
		}
		if c.Value == s.Instructor || !s.holds(c.Value, roleInstructor) {
			t.Error("the cookie is not a key of its own")
		}
		v.sees("/instructor")
		res, _ = v.ask("/instructor/login", nil)
		v.led(res, "/instructor")
		later.Store(int64(loggedIn))
		res, _ = v.ask("/instructor", nil)
		v.led(res, "/instructor/login")
		if !s.holds(s.Instructor, roleInstructor) {
			t.Error("the host's own key has ended")
		}
	}
}

// Logging out makes the browser's key void, which ends its streams as well. What
// the host has printed goes on.
func TestLoggingOutEndsTheBrowsersKey(t *testing.T) {
	s := serve(t, func(c *Config) { c.waits = usualWaits; c.waits.beat = 50 * time.Millisecond })
	v, other := s.visitor(), s.visitor()
	var key string
	for _, browser := range []*visitor{v, other} {
		res, _ := browser.ask("/instructor/login", url.Values{"token": {s.Instructor}})
		key = cookieOf(t, res, cookieInstructor).Value
	}
	lasting := make(chan struct{})
	go func() {
		defer close(lasting)
		other.ask("/instructor/stream", nil)
	}()
	soon(t, "the stream is open", func() bool { s.gates.mu.Lock(); defer s.gates.mu.Unlock(); return s.gates.pages[roleInstructor] == 1 })
	other.sees("/instructor", `action="/instructor/logout"`)
	res, _ := other.ask("/instructor/logout", url.Values{})
	other.led(res, "/instructor/login")
	if c := cookieOf(t, res, cookieInstructor); c.Value != "" || c.MaxAge >= 0 {
		t.Errorf("the cookie stays: %v", c)
	}
	<-lasting
	if status, _ := s.send(key, http.MethodGet, "/instructor/export.json", nil); status != http.StatusForbidden {
		t.Errorf("the key of who has logged out: %d", status)
	}
	if !s.holds(s.Instructor, roleInstructor) {
		t.Error("the host's own token is void")
	}
	v.sees("/instructor")
}

func TestWrongTokensAreNoLogin(t *testing.T) {
	s := serve(t, nil)
	learner := s.learner("Kim").Token
	v := s.visitor()
	for _, token := range []string{"", "wrong", learner, s.Projector, s.code()} {
		res, body := v.ask("/instructor/login", url.Values{"token": {token}})
		if res.StatusCode != http.StatusForbidden || len(res.Cookies()) > 0 || !strings.Contains(body, `role="alert"`) {
			t.Errorf("%q: %d %v", token, res.StatusCode, res.Cookies())
		}
		if token != "" && strings.Contains(body, token) {
			t.Errorf("%q is on the page", token)
		}
	}
}

// Guesses are held back, and do not lock out who knows the token.
func TestManyWrongTokensAreHeldBackAndTheRightOneIsNot(t *testing.T) {
	begun := time.Now()
	s := serve(t, func(c *Config) { c.Now = func() time.Time { return begun } })
	v := s.visitor()
	held := false
	for range 100 {
		res, _ := v.ask("/instructor/login", url.Values{"token": {"wrong"}})
		if held = res.StatusCode == http.StatusTooManyRequests; held {
			break
		}
	}
	if !held {
		t.Error("100 wrong tokens at once are taken")
	}
	res, _ := v.ask("/instructor/login", url.Values{"token": {s.Instructor}})
	v.led(res, "/instructor")
}

func TestErrorsAreAPageThatSaysWhatToDo(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	for path, status := range map[string]int{
		"/instructor/report": http.StatusForbidden, "/instructor/learner/1": http.StatusForbidden, "/projector/wrong": http.StatusForbidden,
		"/lessons/none": http.StatusNotFound, "/static/none.js": http.StatusNotFound,
	} {
		res, body := v.ask(path, nil)
		if res.StatusCode != status || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") ||
			!strings.Contains(body, `role="alert"`) || !strings.Contains(body, `class="button"`) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
		harmless(t, path, body)
	}
}
