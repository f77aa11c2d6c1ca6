package host

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gokata/cmd/internal/workshop"
)

// visitor is what a browser without scripts does: it keeps cookies and sends
// forms.
type visitor struct {
	*hosted
	http *http.Client
}

// visitor comes in.
func (s *hosted) visitor() *visitor {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	c := s.client("").HTTP
	c.Jar = jar
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{s, c}
}

// ask asks for a path, or sends a form to it. The body is the page.
func (v *visitor) ask(path string, form url.Values) (res *http.Response, body string) {
	v.t.Helper()
	r, err := http.NewRequest(http.MethodGet, v.URL()+path, nil)
	if form != nil {
		r, err = http.NewRequest(http.MethodPost, v.URL()+path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", v.URL())
	}
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Accept", "text/html")
	if res, err = v.http.Do(r); err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res, string(b)
}

// sees asks for a page and requires texts in it.
func (v *visitor) sees(path string, texts ...string) string {
	v.t.Helper()
	res, body := v.ask(path, nil)
	if res.StatusCode != http.StatusOK {
		v.t.Fatalf("%s: %d to %q\n%s", path, res.StatusCode, res.Header.Get("Location"), body)
	}
	for _, text := range texts {
		if !strings.Contains(body, text) {
			v.t.Errorf("%s has no %q in\n%s", path, text, body)
		}
	}
	return body
}

// led requires that an answer leads elsewhere.
func (v *visitor) led(res *http.Response, to string) {
	v.t.Helper()
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusSeeOther || got != to {
		v.t.Fatalf("%s: %d, leads to %q, not %q", res.Request.URL.Path, res.StatusCode, got, to)
	}
}

// joined is a visitor who has joined.
func (s *hosted) joined(name string) *visitor {
	s.t.Helper()
	v := s.visitor()
	res, _ := v.ask("/join", url.Values{"name": {name}, "code": {s.code()}})
	v.led(res, "/room")
	return v
}

// cookieOf is a cookie that an answer sets.
func cookieOf(t *testing.T, res *http.Response, name string) *http.Cookie {
	t.Helper()
	for _, c := range res.Cookies() {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no cookie %s in %q", name, res.Header["Set-Cookie"])
	return nil
}

func TestJoiningGivesACookieForThisSiteAlone(t *testing.T) {
	for _, plain := range []bool{false, true} {
		s := serve(t, func(c *Config) { c.Plain = plain })
		v := s.visitor()
		v.sees("/", `name="name"`, `name="code"`, `href="/privacy"`)
		res, _ := v.ask("/join", url.Values{"name": {"Kim"}, "code": {s.code()}})
		v.led(res, "/room")
		c := cookieOf(t, res, cookieLearner)
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Secure == plain || c.Path != "/" || c.MaxAge <= 0 || len(c.Value) < 22 {
			t.Errorf("plain %v: %v", plain, c)
		}
		v.sees("/room", "<bdi>Kim</bdi>")
		v.sees("/room", "<bdi>Kim</bdi>") // again, as the same
		if s.Learners() != 1 {
			t.Errorf("%d learners", s.Learners())
		}
		res, _ = v.ask("/", nil)
		v.led(res, "/room")
		res, _ = v.ask("/join", url.Values{"name": {"Kim"}, "code": {s.code()}})
		v.led(res, "/room")
		if s.Learners() != 1 {
			t.Errorf("joined twice by one form: %d learners", s.Learners())
		}
	}
}

func TestAFormThatWasWrongComesBackAsItWasWritten(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	for _, c := range []struct {
		name, code, says string
		status           int
	}{
		{`Kim "the <b>`, "WRNG-CODE", "not the workshop", http.StatusForbidden},
		{"  ", s.code(), "A name is needed", http.StatusBadRequest},
		{strings.Repeat("x", workshop.MaxName+1), s.code(), "longer than", http.StatusBadRequest},
	} {
		res, body := v.ask("/join", url.Values{"name": {c.name}, "code": {c.code}})
		if res.StatusCode != c.status || len(res.Cookies()) > 0 {
			t.Errorf("%q: %d, cookies %v", c.name, res.StatusCode, res.Cookies())
		}
		values := map[string]string{}
		alert := ""
		walk(t, body, func(n *html.Node) {
			if n.Data == "input" {
				values[attribute(n, "name")] = attribute(n, "value")
			}
			if attribute(n, "role") == "alert" {
				alert = n.FirstChild.Data
			}
		})
		if values["name"] != c.name || values["code"] != c.code || !strings.Contains(alert, c.says) {
			t.Errorf("form has %q, alert %q", values, alert)
		}
	}
	if s.Learners() != 0 {
		t.Error("somebody joined")
	}
}

func TestTheCodeMayBeTheWholeJoinString(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	res, _ := v.ask("/join", url.Values{"name": {"Kim"}, "code": {" " + strings.ToLower(s.Join()) + " "}})
	v.led(res, "/room")
}

func TestAnAnonymousWorkshopAsksForNoName(t *testing.T) {
	s := serve(t, func(c *Config) { c.Anonymous = true })
	v := s.visitor()
	if body := v.sees("/"); strings.Contains(body, `name="name"`) {
		t.Error("asks for a name")
	}
	res, _ := v.ask("/join", url.Values{"name": {"Kim"}, "code": {s.code()}})
	v.led(res, "/room")
	if body := v.sees("/room", "Learner "); strings.Contains(body, "Kim") {
		t.Error("the name was taken")
	}
}

// walk visits all elements of a page.
func walk(t *testing.T, page string, visit func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			visit(n)
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// harmless requires that a page has nothing that the content security policy
// forbids, and no text that turns around what is written after it.
func harmless(t *testing.T, name, page string) {
	t.Helper()
	walk(t, page, func(n *html.Node) {
		inline := n.FirstChild != nil && (n.Data == "script" || n.Data == "style")
		for _, a := range n.Attr {
			inline = inline || strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:")
		}
		if inline || n.Data == "iframe" || n.Data == "b" && attribute(n, "id") == "hostile" {
			t.Errorf("%s: <%s %v>", name, n.Data, n.Attr)
		}
	})
	if i := strings.IndexFunc(page, func(r rune) bool {
		return r == '\u202e' || r == '\u2066' || r < ' ' && r != '\n' && r != '\t' || r == 0x7f
	}); i >= 0 {
		t.Errorf("%s: character %q", name, page[i:i+3])
	}
}

// hostile is what a name or a text may try.
const hostile = `<b id=hostile>"'><script>alert(1)</script>` + "\x1b[31m\u202eabc\u2066\x00"

func TestWhatPeopleWriteIsText(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	name := []rune(hostile)
	_, body := v.ask("/join", url.Values{"name": {hostile}, "code": {"<script>x</script>"}})
	harmless(t, "/join", strings.NewReplacer("\x1b", "", "\u202e", "", "\u2066", "", "\x00", "").Replace(body)) // shown to its writer alone
	v = s.joined(string(name[:workshop.MaxName]))
	harmless(t, "/room", v.sees("/room", "&lt;b id=hostile&gt;"))
	s.act("act=cue", "text="+hostile, "minutes=5")
	s.act("act=hint", "text="+hostile)
	s.act("act=board", "on=1")
	s.act("act=poll", "text="+hostile, "options="+hostile+"\n[x](javascript:alert(1))\n`<i>`")
	s.report(s.learner(`"><img src=x onerror=alert(1)>`), checked("cpu-vs-wall", "pass", "ok", 1.8))
	harmless(t, "/room", v.sees("/room", "&lt;script&gt;", "Leaderboard", "onerror=alert"))
	harmless(t, "/room/now", v.sees("/room/now", "&lt;script&gt;"))
	s.act("act=reveal")
	harmless(t, "/room", v.sees("/room", "You did not answer"))
	for _, path := range []string{"/?left=%3Cscript%3E", "/privacy", "/lessons", "/instructor/login"} {
		harmless(t, path, s.visitor().sees(path))
	}
}

func TestAPollIsAnsweredWithoutScripts(t *testing.T) {
	s := serve(t, nil)
	v := s.joined("Kim")
	s.act("act=poll", "text=How many `CPUs`?", "options=one\ntwo\nmany")
	poll := fmt.Sprint(s.snapshot().stage.Poll.ID)
	v.sees("/room", "How many <code>CPUs</code>?", `type="radio"`, `value="`+poll+`"`)
	for choice, says := range map[string]string{"": "Choose one option.", "7": "There is no option 8", "x": "An option is no number"} {
		form := url.Values{"poll": {poll}}
		if choice != "" {
			form.Set("choice", choice)
		}
		res, body := v.ask("/room/vote", form)
		if res.StatusCode != http.StatusBadRequest || !strings.Contains(body, says) || !strings.Contains(body, `type="radio"`) {
			t.Errorf("choice %q: %d\n%s", choice, res.StatusCode, body)
		}
	}
	for _, choice := range []string{"0", "2"} {
		res, _ := v.ask("/room/vote", url.Values{"poll": {poll}, "choice": {choice}})
		v.led(res, "/room")
	}
	v.sees("/room", "Answered: C. You can change it", `value="2" checked`)
	if tally := s.snapshot().tally; fmt.Sprint(tally) != "[0 0 1]" {
		t.Errorf("counted %v", tally)
	}
	s.act("act=close")
	v.sees("/room", "takes no more answers", "You chose <b>C</b>")
	res, body := v.ask("/room/vote", url.Values{"poll": {poll}, "choice": {"1"}})
	if res.StatusCode != http.StatusConflict || !strings.Contains(body, "This poll takes no more answers.") {
		t.Errorf("closed: %d %s", res.StatusCode, body)
	}
	s.act("act=reveal")
	v.sees("/room", "1 answered", "100 %")
}

func TestResultsOfAQuestionOfTheCourseSayWhatIsRight(t *testing.T) {
	s := serve(t, nil)
	right, wrong := s.joined("Kim"), s.joined("Jo")
	s.act("act=poll", "question=never-at-once")
	p := s.snapshot().stage.Poll
	vote := func(v *visitor, choice ...string) {
		res, _ := v.ask("/room/vote", url.Values{"poll": {fmt.Sprint(p.ID)}, "choice": choice})
		v.led(res, "/room")
	}
	if body := right.sees("/room", `type="checkbox"`, "Choose all that fit"); strings.Contains(body, "right") {
		t.Error("says what is right before it is revealed")
	}
	vote(right, "1", "0")
	vote(wrong, "0", "2")
	s.act("act=close")
	if body := right.sees("/room"); strings.Contains(body, "right") {
		t.Error("says what is right before it is revealed")
	}
	s.act("act=reveal")
	right.sees("/room", "You chose <b>A and B</b>", "which is right", "✓ right")
	wrong.sees("/room", "You chose <b>A and C</b>", `right are <b class="good">A and B</b>`)
}

func TestTheRoomSaysWhatTheInstructorSays(t *testing.T) {
	s := serve(t, nil)
	v, other := s.joined("Kim"), s.joined("Jo")
	v.sees("/room", "Nothing to do just now")
	s.act("act=cue", "text=Read this", "item=wall-and-cpu-time", "minutes=5")
	until := s.snapshot().stage.Until
	v.sees("/room", "Read this", `href="/lessons/wall-and-cpu-time"`, fmt.Sprintf(`data-until="%d"`, until.UnixMilli()), until.UTC().Format(time.RFC3339))
	s.act("act=cue", "item=cpu-vs-wall")
	v.sees("/room", "gokata show cpu-vs-wall")
	s.act("act=pause", "on=1")
	v.sees("/room", "Pause.")
	s.act("act=pause")
	s.act("act=hint", "text=Look at the lock", "learner="+fmt.Sprint(s.personOf("Kim").ID))
	v.sees("/room/now", "Look at the lock", "to you")
	if body := other.sees("/room/now"); strings.Contains(body, "Look at the lock") || strings.Contains(body, "Pause.") {
		t.Error("says what is for somebody else, or over")
	}
	s.act("act=unlock", "item=cpu-vs-wall")
	s.act("act=end", "text=Well done")
	v.sees("/room", "gokata solution cpu-vs-wall", "This section is over.", "Well done")
}

// personOf finds a learner by name.
func (s *hosted) personOf(name string) *workshop.Person {
	s.t.Helper()
	for _, p := range s.snapshot().people {
		if p.Name == name {
			return p
		}
	}
	s.t.Fatalf("nobody is named %s", name)
	return nil
}

func TestTheLeaderboardSharesPlacesAndHidesNamesOnDemand(t *testing.T) {
	s := serve(t, nil)
	v := s.joined("Kim")
	for i, name := range []string{"Ann", "Bo", "Cy"} {
		c := s.learner(name)
		for _, kata := range []string{"cpu-vs-wall", "overlap-waits"}[:1+i%2] {
			s.report(c, checked(kata, "pass", "ok", 1.8))
		}
	}
	if body := v.sees("/room"); strings.Contains(body, "Ann") {
		t.Error("a leaderboard that is off")
	}
	s.act("act=board", "on=1")
	body := strings.Join(strings.Fields(v.sees("/room")), " ")
	for _, want := range []string{
		`<td>1</td><th scope="row"><bdi>Bo</bdi></th><td class="number">2</td>`,
		`<td>2</td><th scope="row"><bdi>Ann</bdi></th>`, `<td>2</td><th scope="row"><bdi>Cy</bdi></th>`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	s.act("act=unnamed", "on=1")
	if body := v.sees("/room", "Leaderboard", "Learner "); strings.Contains(body, "Ann") {
		t.Error("names are shown")
	}
}

func TestWhoHasNotJoinedIsLedToTheForm(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	for _, path := range []string{"/room", "/room/now"} {
		res, _ := v.ask(path, nil)
		v.led(res, "/")
	}
	res, body := v.ask("/room/vote", url.Values{"poll": {"1"}, "choice": {"0"}})
	if res.StatusCode != http.StatusUnauthorized || !strings.Contains(body, `href="/"`) || !strings.Contains(body, "Join") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

func TestLeavingForgetsOnDemand(t *testing.T) {
	for forget, left := range map[string]int{"": 1, "1": 0} {
		s := serve(t, nil)
		v := s.joined("Kim")
		res, _ := v.ask("/room/leave", url.Values{"forget": {forget}})
		v.led(res, map[string]string{"": "/?left=kept", "1": "/?left=deleted"}[forget])
		if c := cookieOf(t, res, cookieLearner); c.MaxAge >= 0 || c.Value != "" {
			t.Errorf("cookie %v", c)
		}
		if s.Learners() != left {
			t.Errorf("forget %q: %d learners are left", forget, s.Learners())
		}
		res, _ = v.ask("/room", nil)
		v.led(res, "/")
	}
}

func TestForgottenLearnersAreLedToTheForm(t *testing.T) {
	s := serve(t, nil)
	v := s.joined("Kim")
	s.act("act=forget", "learner="+fmt.Sprint(s.personOf("Kim").ID))
	res, _ := v.ask("/room", nil)
	v.led(res, "/")
}
