package host

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A browser test that finds nothing proves something only where there is
// something to be found.
func TestTheBrowserTestsFindFaults(t *testing.T) {
	b := startBrowser(t)
	faulty := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'")
		fmt.Fprint(w, `<!doctype html><meta name="viewport" content="width=device-width"><title>x</title><img src="/none.png"><p style="color:red">x<table width="900"><tr><td>wide`)
	}))
	defer faulty.Close()
	p := b.tab(phone)
	p.open(faulty.URL)
	p.until("a complaint", "true")
	soon(t, "complaints of the console", func() bool { p.mu.Lock(); defer p.mu.Unlock(); return len(p.complaints) > 0 })
	if faults := p.faults(); len(faults) == 0 {
		t.Error("a picture without a text, in a page without a language, is accessible")
	}
	if len(p.wide()) == 0 {
		t.Error("a table of 900 pixels fits on a phone")
	}
}

// A phone says that its network has gone, and catches up when it is back; one whose
// learner was deleted says so.
func TestAPhoneSaysWhatHasHappenedToIt(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(phone)
	p.open(s.Join())
	p.write("#name", "Kim")
	p.click("main button")
	p.shows(".greeting", "Kim")
	s.act("act=cue", "text=Begin")
	p.shows("#part-told", "Begin") // so that it listens
	tell := func(event string) {
		t.Helper()
		evaluate[bool](p, fmt.Sprintf("dispatchEvent(new Event(%q))", event))
	}
	tell("offline")
	p.shows("#trouble", "no connection")
	tell("online")
	p.until("the trouble is over", `document.getElementById("trouble").hidden`)
	s.act("act=cue", "text=Go on")
	p.shows("#part-told", "Go on")
	s.act("act=clear", "sure=delete all")
	p.shows("main [role=status]", "not in the workshop any more")
	p.expects("401")
	p.clean()
}

func TestAPhoneJoinsAnswersAndSeesTheResults(t *testing.T) {
	s := serve(t, nil)
	b := startBrowser(t)
	p := b.tab(phone)
	p.open(s.Join()) // as a reader of QR codes does
	p.until("the code in its field and nowhere else", fmt.Sprintf(`document.getElementById("code").value === %q && location.hash === ""`, s.code()))
	p.whole("join")
	p.write("#name", "Kim")
	p.click("main button")
	p.shows(".greeting", "Kim")
	p.whole("room-empty")

	s.act("act=cue", "text=Read the lesson, then answer the poll", "item=wall-and-cpu-time", "minutes=5")
	p.shows("#part-told", "Read the lesson")
	p.until("a countdown", `/^\d+:\d\d left$/.test(document.querySelector("#part-told .countdown").textContent)`)
	p.until("the status region says so", `document.getElementById("status").textContent.includes("Now: Read the lesson")`)

	s.act("act=poll", "question=wait-in-the-loop", "seconds=600")
	p.shows("#part-poll", "Choose one")
	p.until("a countdown that goes on", `window.seen ??= document.querySelector("#part-poll .countdown").textContent, document.querySelector("#part-poll .countdown").textContent !== window.seen`)
	p.until("the poll is large enough for a finger", `[...document.querySelectorAll(".choice, button:not([hidden])")].every(e => e.getBoundingClientRect().height >= 44 || !e.checkVisibility())`)
	p.whole("room-poll")

	p.click(`label:has(#choice-1)`)
	s.act("act=hint", "text=Two minutes more")
	p.shows("#part-messages", "Two minutes more")
	s.act("act=extend", "seconds=60") // draws the poll anew
	p.until("the poll is drawn anew and the choice is still made", fmt.Sprintf(
		`document.querySelector("#part-poll .countdown").dataset.until === "%d" && document.getElementById("choice-1").checked`, s.snapshot().stage.Poll.Until.UnixMilli()))
	p.click("#part-poll button")
	p.shows("#part-poll .done", "Answered: B")
	s.counted(1, 1)
	p.click(`label:has(#choice-0)`)
	p.click("#part-poll button")
	p.shows("#part-poll .done", "Answered: A")
	s.counted(0, 1)
	p.whole("room-answered")

	p.reload()
	p.shows(".greeting", "Kim")
	p.shows("#part-poll .done", "Answered: A")
	if n := s.Learners(); n != 1 {
		t.Errorf("%d learners after a refresh", n)
	}

	s.act("act=close")
	p.shows("#part-poll", "takes no more answers")
	p.whole("room-closed")
	s.act("act=reveal")
	p.shows("#part-poll", "You chose A, which is right")
	p.shows("#part-poll .tally .right", "✓ right")
	if got := evaluate[float64](p, `document.querySelector("#part-poll .tally .right .bar").getBoundingClientRect().width`); got <= 0 {
		t.Error("no bar")
	}
	p.whole("room-results")
	s.act("act=board", "on=1")
	p.shows("#part-board", "Nobody has passed a kata yet")
	s.report(s.learner("Ann"), checked("cpu-vs-wall", "pass", "ok", 1.8))
	s.act("act=pause", "on=1")
	p.shows("#part-pause", "Pause")
	p.shows("#part-board", "Ann")
	p.whole("room-board")

	p.open(s.URL())
	p.until("who has joined is in the room", `location.pathname === "/room"`)
	p.click("details summary")
	p.whole("room-leave")
	p.click(".choice:has([name=forget])")
	p.click("button.danger")
	p.shows("main", "what you sent is deleted")
	if s.Learners() != 1 {
		t.Errorf("%d learners", s.Learners())
	}
	p.clean()
}

// counted waits until one option has so many answers.
func (s *hosted) counted(option, n int) {
	s.t.Helper()
	soon(s.t, "the answer is counted", func() bool { tally := s.snapshot().tally; return tally[option] == n })
}

// whole looks at a page as a whole: on two screens, in light and in dark.
func (p *tab) whole(name string) {
	p.t.Helper()
	p.screenshot(name)
	p.accessible()
	p.fits()
	p.resize(narrow)
	p.fits()
	p.resize(phone)
}

func TestAPollThatEndsByItselfClosesOnThePhone(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(phone)
	p.cookie(s.URL(), cookieLearner, s.learner("Kim").Token, "/")
	s.act("act=poll", "text=Now?", "options=yes\nno", "seconds=3")
	p.open(s.URL() + "/room")
	p.shows("#part-poll", "takes no more answers")
	p.clean()
}

func TestWhoIsForgottenIsLedToTheForm(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(phone)
	c := s.learner("Kim")
	p.cookie(s.URL(), cookieLearner, c.Token, "/")
	p.open(s.URL() + "/room")
	p.shows(".greeting", "Kim")
	s.act("act=forget", "learner="+fmt.Sprint(s.id(c)))
	p.expects("/api/stream") // is refused from now on
	p.until("the form", `location.pathname === "/" && document.getElementById("code")`)
	p.clean()
}

func TestAPhoneFindsTheHostAgain(t *testing.T) {
	data := t.TempDir()
	s := serve(t, func(c *Config) { c.Data = data })
	p := startBrowser(t).tab(phone)
	p.cookie(s.URL(), cookieLearner, s.learner("Kim").Token, "/")
	p.open(s.URL() + "/room")
	p.shows(".greeting", "Kim")
	p.expects("ERR_") // while nobody is there
	s.stop()
	p.shows("#trouble", "no connection to the host")
	s = serve(t, func(c *Config) { c.Data, c.Addr = data, s.listen.Addr().String() })
	s.act("act=cue", "text=Here we are again")
	p.shows("#part-told", "Here we are again")
	p.until("no trouble any more", `document.getElementById("trouble").hidden`)
	p.shows(".greeting", "Kim")
	p.clean()
}

func TestAPhoneWithoutScriptsAnswers(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(phone)
	p.scripts(false)
	p.open(s.Join())
	p.write("#name", "Kim")
	p.write("#code", s.code())
	p.click("main button")
	p.shows(".greeting", "Kim")
	s.act("act=poll", "text=Which?", "options=this\nthat", "seconds=600")
	p.click("#again")
	p.shows("#part-poll", "until")
	p.click(`label:has(#choice-1)`)
	p.click("#part-poll button")
	p.shows("#part-poll .done", "Answered: B")
	s.counted(1, 1)
	p.screenshot("room-no-scripts")
	p.clean()
}

func TestPausedUpdatesWait(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(phone)
	p.cookie(s.URL(), cookieLearner, s.learner("Kim").Token, "/")
	p.open(s.URL() + "/room")
	p.click("#hold")
	p.until("it is paused", `document.getElementById("hold").getAttribute("aria-pressed") === "true"`)
	s.act("act=cue", "text=Something new")
	p.click("#hold")
	p.shows("#part-told", "Something new")
	p.clean()
}

func TestLessonsAndOtherPagesFitAndAreAccessible(t *testing.T) {
	s := serve(t, func(c *Config) { c.Source = true })
	p := startBrowser(t).tab(phone)
	paths := map[string]string{"/lessons": "lessons", "/privacy": "privacy", "/instructor/login": "login"}
	for _, ch := range s.course.course.Chapters {
		for i, l := range ch.Lessons {
			name := ""
			if i == 0 {
				name = "lesson-" + l.ID
			}
			paths["/lessons/"+l.ID] = name
		}
	}
	for path, name := range paths {
		p.open(s.URL() + path)
		if name != "" {
			p.screenshot(name)
			p.accessible()
		}
		p.fits()
		p.resize(narrow)
		p.fits()
		p.resize(phone)
	}
	p.clean()
	p.expects("404", "403")
	for path, name := range map[string]string{"/lessons/none": "error-404", "/instructor/report": "error-403"} {
		p.open(s.URL() + path)
		p.whole(name)
	}
	p.open(s.URL() + "/#WRNG-CODE")
	p.write("#name", "Kim")
	p.click("main button")
	p.shows("[role=alert]", "not the workshop")
	p.whole("join-wrong")
	p.clean()
}

func TestTheAddressOfTheDashboardLogsIn(t *testing.T) {
	s := serve(t, nil)
	p := startBrowser(t).tab(laptop)
	p.open(s.URL() + "/instructor/login#" + s.Instructor)
	p.until("the dashboard", `location.pathname === "/instructor" && location.hash === ""`)
	p.open(s.URL() + "/instructor/login#" + s.Instructor)
	p.until("the dashboard again", `location.pathname === "/instructor"`)
	p.clean()
}

// Without TLS a browser says less about where a form comes from. Names other than
// those of this machine are what learners have.
func TestFormsWorkWithoutEncryption(t *testing.T) {
	s := serve(t, func(c *Config) { c.Plain = true })
	p := startBrowser(t, "host-resolver-rules=MAP workshop.example 127.0.0.1").tab(phone)
	p.open(strings.Replace(s.Join(), "127.0.0.1", "workshop.example", 1))
	p.shows(".plain-banner", "not encrypted")
	p.whole("join-plain")
	p.write("#name", "Kim")
	p.click("main button")
	p.shows(".greeting", "Kim")
	p.clean()
}
