package host

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asked is a request as one of those who may come.
func (s *hosted) asked(rt route, learner string, projector string) *http.Request {
	method, path, _ := strings.Cut(rt.pattern, " ")
	path = strings.NewReplacer("{$}", "", "{id}", "1", "{file}", "style.css", "{key}", projector).Replace(path)
	r := httptest.NewRequest(method, path, strings.NewReader("{}"))
	r.Header.Set("Accept", "application/json")
	if learner != "" {
		r.Header.Set("Authorization", "Bearer "+learner)
	}
	return r
}

// Every path lets in those whom its role names, and nobody else: above all, no
// learner's token does what an instructor can.
func TestEachPathIsForItsRoleAlone(t *testing.T) {
	s := serve(t, nil)
	learner := s.learner("Kim").Token
	handler := s.handler()
	for _, rt := range routes() {
		for name, token := range map[string]string{
			"nobody": "", "a learner": learner, "the instructor": s.Instructor, "the projector's key": s.Projector, "a made-up token": newToken(),
		} {
			may := rt.role == rolePublic || rt.role == roleProjector || rt.role == roleLearner && name == "a learner" || rt.role == roleInstructor && name == "the instructor"
			if strings.HasSuffix(rt.pattern, "stream") && may {
				continue // would not end
			}
			key := s.Projector
			if rt.role == roleProjector && name != "the projector's key" {
				key, may = "wrong"+token, false // a learner's or the instructor's token is no projector's key
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, s.asked(rt, token, key))
			denied := w.Code == http.StatusForbidden && !strings.Contains(w.Body.String(), "code") || w.Code == http.StatusUnauthorized ||
				w.Code == http.StatusSeeOther && rt.role != rolePublic
			if rt.pattern == "POST /join" || rt.pattern == "POST /api/join" || rt.pattern == "POST /instructor/login" {
				denied = false // these say themselves what is wrong
			}
			if may == denied {
				t.Errorf("%s as %s: %d %.80s", rt.pattern, name, w.Code, w.Body)
			}
			for header, want := range map[string]string{
				"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "",
			} {
				if got := w.Header().Get(header); got == "" || !strings.Contains(got, want) {
					t.Errorf("%s: header %s is %q", rt.pattern, header, got)
				}
			}
			if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
				t.Errorf("%s: %s", rt.pattern, csp)
			}
		}
	}
	if s.Learners() != 1 {
		t.Error("somebody was deleted by who may not")
	}
}

func TestWhatIsNotInTheTableIsNotServed(t *testing.T) {
	s := serve(t, nil)
	for _, path := range []string{"/debug/pprof/", "/metrics", "/static/", "/static/../pages.go", "/static/..%2fpages.go", "/.git/config", "/workshop.db", "/instructor/", "/projector/"} {
		status, _ := s.send(s.Instructor, http.MethodGet, path, nil)
		if status == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
}

// A page of somebody else's cannot have a browser act for who is logged in.
func TestOtherSitesCannotAct(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim").Token
	handler := s.handler()
	for name, set := range map[string]func(http.Header){
		"by what the browser says of the site": func(h http.Header) { h.Set("Sec-Fetch-Site", "cross-site") },
		"from a neighbour's host name":         func(h http.Header) { h.Set("Sec-Fetch-Site", "same-site") },
		"by its origin":                        func(h http.Header) { h.Set("Origin", "https://evil.example") },
		"from nowhere":                         func(h http.Header) { h.Set("Origin", "null") },
	} {
		for path, cookie := range map[string]*http.Cookie{
			"/instructor/act":    {Name: cookieInstructor, Value: s.Instructor},
			"/room/leave":        {Name: cookieLearner, Value: kim},
			"/instructor/logout": {Name: cookieInstructor, Value: s.Instructor},
			"/api/leave":         {Name: cookieLearner, Value: kim},
		} {
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader("act=clear&sure=delete+all&forget=1"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(cookie)
			set(r.Header)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != http.StatusForbidden || s.Learners() != 1 {
				t.Errorf("%s, %s: %d, %d learners left", path, name, w.Code, s.Learners())
			}
		}
	}
	// The same from our own page does act.
	r := httptest.NewRequest(http.MethodPost, "/instructor/act", strings.NewReader("act=clear&sure=delete+all"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: cookieInstructor, Value: s.Instructor})
	handler.ServeHTTP(httptest.NewRecorder(), r)
	if s.Learners() != 0 {
		t.Error("our own page cannot act")
	}
}

// Tokens are nowhere in what is stored; only their hashes are.
func TestTokensAreNotStored(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, func(c *Config) { c.Data = dir })
	kim := s.learner("Kim")
	s.report(kim, checked("merge-sort", "fail", "serial", 1))
	s.stop()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(b, []byte("Kim")) != strings.HasSuffix(name, ".db") {
			t.Errorf("%s holds the name, or not", filepath.Base(name))
		}
		for what, token := range map[string]string{"a learner's token": kim.Token, "the instructor's": s.Instructor, "the projector's": s.Projector} {
			raw, err := base64.RawURLEncoding.DecodeString(token)
			if err != nil {
				t.Fatal(err)
			}
			for _, written := range []string{token, hex.EncodeToString([]byte(token)), hex.EncodeToString(raw), string(raw)} {
				if bytes.Contains(b, []byte(written)) {
					t.Errorf("%s holds %s", filepath.Base(name), what)
				}
			}
		}
	}
	again := serve(t, func(c *Config) { c.Data = dir })
	for what, ok := range map[string]bool{
		"a learner's token": again.learnerOf(kim.Token) != 0, "the instructor's": again.holds(s.Instructor, roleInstructor),
		"the new instructor's": again.holds(again.Instructor, roleInstructor), "the projector's": again.holds(s.Projector, roleProjector),
	} {
		if !ok {
			t.Errorf("after a restart %s opens nothing", what)
		}
	}
	again.stop()
	revoked := serve(t, func(c *Config) { c.Data, c.Revoke = dir, true })
	if revoked.holds(s.Instructor, roleInstructor) || revoked.holds(again.Projector, roleProjector) || !revoked.holds(revoked.Instructor, roleInstructor) || revoked.learnerOf(kim.Token) == 0 {
		t.Error("revoking voided the wrong keys")
	}
}

// Whatever bytes come to whatever path, the host answers, and not with a failure
// of its own.
func FuzzRequests(f *testing.F) {
	s := serve(f, nil)
	kim := s.learner("Kim")
	handler := s.handler()
	type target struct{ method, path, token string }
	var targets []target
	for _, rt := range routes() {
		method, path, _ := strings.Cut(rt.pattern, " ")
		if strings.HasSuffix(path, "stream") || strings.Contains(path, "leave") {
			continue
		}
		path = strings.NewReplacer("{$}", "", "{id}", "1", "{file}", "style.css", "{key}", s.Projector).Replace(path)
		token := kim.Token
		if rt.role == roleInstructor {
			token = s.Instructor
		}
		targets = append(targets, target{method, path, token})
	}
	for i, body := range []string{
		`{"results":[{"id":"abcdefgh","kind":"checked","item":"merge-sort","verdict":"pass","speedup":1e300}]}`,
		`{"code":"AAAA-AAAA","name":"\u202e<script>"}`, `{"poll":1,"choice":[0,-1,99999999999]}`,
		"act=cue&text=%00%1b[2J&until=99:99", "act=poll&text=?&options=a%0ab%0ac&seconds=-1", "act=hint&learner=9223372036854775808&text=x", "act=limits&quiet=1e9&same=",
		"code=&name=%ff", "\x00\xff{", strings.Repeat("[", 100000),
	} {
		for j := range targets {
			f.Add(uint8(j), body, i%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body string, form bool) {
		at := targets[int(which)%len(targets)]
		r := httptest.NewRequest(at.method, at.path, strings.NewReader(body))
		if at.method == http.MethodGet {
			r.URL.RawQuery = url.Values{"q": {body}, "kata": {body}, "names": {body}}.Encode()
		}
		r.Header.Set("Authorization", "Bearer "+at.token)
		if form {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= 500 && w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s %s with %q: %d %s", at.method, at.path, body, w.Code, w.Body)
		}
	})
}
