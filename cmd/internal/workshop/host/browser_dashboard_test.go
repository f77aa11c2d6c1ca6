package host

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gokata/cmd/internal/workshop"
)

var beamer, small, usual = wall, screen{1024, 768, false}, screen{1440, 900, false}

// instructor is a tab of somebody who has logged in, at the dashboard.
func (b *browser) instructor(s *hosted, size screen) *tab {
	b.t.Helper()
	p := b.tab(size)
	p.open(s.URL() + "/instructor/login#" + s.Instructor)
	p.shows("#connection", "live")
	return p
}

// class is a small room in which much is going on.
func class(s *hosted) {
	kim, ada, eve := s.learner("Kim"), s.learner("Ada Augusta King, Countess of Lovelace"), s.learner("<b>Eve</b>")
	serialised := checked("merge-sort", "fail", "serialised", 1.01)
	s.report(kim, checked("parallel-sum", "pass", "ok", 1.83), serialised, checked("merge-sort", "fail", "serialised", 1.04), checked("merge-sort", "fail", "serialised", 1.02))
	s.report(ada, checked("parallel-sum", "pass", "ok", 1.71), checked("merge-sort", "pass", "ok", 1.62), checked("letter-frequency", "inconclusive", "noisy-machine", 0))
	s.report(eve, checked("parallel-sum", "fail", "race", 0), workshop.Result{ID: "started-eve", Kind: workshop.Started, Item: "merge-sort"})
	s.act("act=cue", "text=Sort it in parallel", "item=merge-sort", "minutes=12")
	s.act("act=poll", "text=How many goroutines run *at once* with `GOMAXPROCS=4`?", "options=one\nat most 4\nas many as there are", "seconds=60")
}

func TestTheDashboardShowsWhatHappensAsItHappens(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	p.shows("#part-stuck", "serialised")
	p.shows("#part-now time.countdown", "left")
	p.screenshot("dashboard-3")
	p.accessible()
	p.fits()

	zoe := s.learner("Zoe")
	p.shows("#room tbody", "Zoe")
	s.report(zoe, checked("first-match", "pass", "ok", 1.93))
	p.shows("#room tbody tr:last-child", "✓ 1.93")
	p.until("the new kata's column", `document.querySelector("th[data-kata=first-match]")`)
	s.act("act=forget", fmt.Sprintf("learner=%d", s.id(zoe)))
	p.until("Zoe has gone", `!document.querySelector("#room tbody").innerText.includes("Zoe")`)
	p.resize(small)
	p.fits()
	p.screenshot("dashboard-3-small")
	p.clean()
}

func TestFiltersStayWhilePatchesArrive(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	rows := `[...document.querySelectorAll("#room tbody tr")].filter(r => !r.hidden).map(r => r.querySelector("a").textContent).join()`
	shown := func() string { return evaluate[string](p, rows) }
	p.write("[name=name]", "k")
	p.until("only names with a k", rows+` === "Ada Augusta King, Countess of Lovelace,Kim"`)
	kit := s.learner("Kit")
	p.until("Kit as well", rows+`.endsWith(",Kim,Kit")`)
	s.report(kit, checked("parallel-sum", "fail", "race", 0))
	p.until("the result of Kit", `document.querySelector("#room").innerText.includes("✗ 1")`)
	s.learner("Bob")
	p.shows("#shown", "3 of 5 shown")
	if got := shown(); strings.Contains(got, "Bob") || strings.Contains(got, "Eve") {
		t.Error(got)
	}
	p.write("[name=name]", " ")
	choose := func(name, value string) {
		evaluate[bool](p, fmt.Sprintf(`(() => { const e = document.querySelector(".filters [name=%s]"); e.value = %q; e.dispatchEvent(new Event("input", {bubbles: true})); return true })()`, name, value))
	}
	for _, c := range []struct{ state, kata, want string }{
		{"stuck", "", "Kim"},
		{"unbegun", "", "Bob"},
		{"unbegun", "merge-sort", "Bob,Kit"},
		{"unpassed", "parallel-sum", "<b>Eve</b>,Bob,Kit"},
		{"", "merge-sort", "<b>Eve</b>,Ada Augusta King, Countess of Lovelace,Kim"},
		{"", "", "<b>Eve</b>,Ada Augusta King, Countess of Lovelace,Bob,Kim,Kit"},
	} {
		choose("state", c.state)
		choose("kata", c.kata)
		if got := shown(); got != c.want {
			t.Errorf("state %q of kata %q: %q, want %q", c.state, c.kata, got, c.want)
		}
	}
	choose("sort", "progress")
	if got := shown(); !strings.HasPrefix(got, "Ada") {
		t.Errorf("by progress: %s", got)
	}
	s.report(kit, checked("parallel-sum", "pass", "ok", 1.5), checked("merge-sort", "pass", "ok", 1.5), checked("first-match", "pass", "ok", 1.5))
	p.until("Kit is ahead", rows+`.startsWith("Kit,Ada")`)
	p.clean()
}

func TestUpdatesPauseAndGoOn(t *testing.T) {
	s := serve(t, nil)
	class(s)
	b := startBrowser(t)
	p, other := b.instructor(s, usual), b.instructor(s, usual)
	p.click("#freeze")
	p.shows("#connection", "paused")
	zoe := s.learner("Zoe")
	s.report(zoe, checked("parallel-sum", "pass", "ok", 1.5))
	yan := s.learner("Yan")
	other.shows("#room tbody", "Yan")
	s.act("act=forget", fmt.Sprintf("learner=%d", s.id(yan)))
	other.until("Yan has gone", `!document.querySelector("#room tbody").innerText.includes("Yan")`)
	if strings.Contains(p.text("#room tbody"), "Zoe") {
		t.Error("a page that is paused changes")
	}
	p.click("#freeze")
	p.shows("#room tbody", "Zoe")
	// (That Yan has gone may come in a patch of its own.)
	p.until("who has come and gone meanwhile is not there", `!document.querySelector("#room tbody").innerText.includes("Yan")`)
	p.clean()
	other.clean()
}

func TestAFormSaysWhatIsWrongAndKeepsWhatWasWritten(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	p.expects("400") // the console tells of every answer that is an error
	form := `aside form:has([name=act][value=cue]):not([id^=part-] *)`
	p.write(form+" [name=text]", "Now this")
	p.write(form+" [name=item]", "no-such-kata")
	p.click(form + " button")
	p.shows(form+" .error", "no kata or lesson")
	if got := evaluate[string](p, fmt.Sprintf("document.querySelector(%q).value", form+" [name=text]")); got != "Now this" {
		t.Errorf("what was written is %q", got)
	}
	p.accessible()
	p.screenshot("dashboard-error")
	p.write(form+" [name=item]", "first-match")
	p.click(form + " button")
	p.shows("#part-now", "Now this")
	p.until("the error is gone and the form is empty", fmt.Sprintf(`(f => !f.querySelector(".error") && f.querySelector("[name=text]").value === "")(document.querySelector(%q))`, form))

	p.click("[data-hint]")
	p.write("#hint textarea", "Look at line 19")
	p.screenshot("dashboard-hint")
	p.click("#hint button")
	p.until("the dialog is closed", `!document.querySelector("#hint").open`)
	if m := s.snapshot().stage.Messages; len(m) != 1 || m[0].Text != "Look at line 19" || m[0].Learner == 0 {
		t.Errorf("%+v", m)
	}
	p.click("[data-key=pause]")
	p.shows("#part-now", "paused")
	p.click("[data-key=pause]")
	p.until("it goes on", `!document.querySelector("#part-now").innerText.includes("paused")`)
	p.click("[data-key=close]")
	p.shows("#part-poll", "Closed")
	p.click("[data-key=reveal]")
	p.shows("#part-poll", "Everybody sees the answers")
	p.clean()
}

func TestWithoutScriptsTheDashboardIsDrawnAndActs(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	p.scripts(false)
	p.reload()
	p.click("[data-key=pause]")
	soon(t, "the room is paused", func() bool { return s.snapshot().stage.Paused })
	p.shows("#part-now", "paused")
	p.shows("#room tbody", "Kim")
}

func TestAPageComesBackAfterTheHostWasAway(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	p.expects("ERR_") // of the stream that was cut
	s.gates.end()
	p.shows("#connection", "connection lost")
	s.gates.mu.Lock()
	s.gates.closing, s.gates.once = newGates().closing, newGates().once
	s.gates.mu.Unlock()
	s.learner("Zoe")
	p.shows("#room tbody", "Zoe")
	p.shows("#connection", "live")
}

func TestAClassOf500FitsOnTheDashboardAndTheProjector(t *testing.T) {
	s := serve(t, nil)
	s.seated(500)
	s.act("act=cue", "item=merge-sort", "text=Sort it in parallel", "minutes=12")
	b := startBrowser(t)
	p := b.instructor(s, usual)
	p.until("every learner", `document.querySelectorAll("#room tbody tr").length === 500`)
	p.fits()
	s.act("act=limits", "quiet=1440", "same=1")
	p.shows("#part-stuck", "more: filter")
	p.screenshot("dashboard-500")
	zoe := s.learner("Zoe")
	s.report(zoe, checked("merge-sort", "pass", "ok", 1.93))
	p.shows("#room tbody", "Zoe")
	p.resize(small)
	p.fits()
	p.screenshot("dashboard-500-small")
	p.clean()

	q := b.tab(beamer)
	q.open(s.URL() + s.projector())
	q.shows("#part-count", "501 learners")
	q.fits()
	if evaluate[bool](q, "document.documentElement.scrollHeight > innerHeight + 1") {
		t.Error("the projector's page is higher than the screen")
	}
	q.screenshot("projector-500")
	q.clean()
}

// someQuestion is a question of the course with a page of its own.
func someQuestion(t *testing.T, s *hosted) string {
	t.Helper()
	all, err := s.course.pollables()
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range all {
		if len(q.Body) > 80 && len(q.Body) < 400 {
			return q.ID
		}
	}
	return all[0].ID
}

func TestALearnersPageAndTheReportAreAccessible(t *testing.T) {
	s := serve(t, func(c *Config) { c.Source = true })
	class(s)
	b := startBrowser(t)
	p := b.instructor(s, usual)
	kim := s.learner("Kimberley")
	r := checked("merge-sort", "fail", "serialised", 1.01)
	r.Report = []byte(serialisedReport)
	r.Source = map[string]string{"mergesort.go": "package mergesort\n\n// Sort sorts.\nfunc Sort(x []int) []int {\n\tif len(x) < 2 {\n\t\treturn x\n\t}\n\treturn \"no\"\n}\n"}
	s.report(kim, r)
	p.open(s.URL() + fmt.Sprintf("/instructor/learner/%d", s.id(kim)))
	p.shows("main", "Your goroutines wait for each other")
	p.click("details summary")
	p.screenshot("learner")
	p.accessible()
	p.fits()
	p.open(s.URL() + "/instructor/report?names=1")
	p.shows("main", "Kimberley")
	p.screenshot("report")
	p.accessible()
	p.fits()
	p.resize(narrow)
	p.fits()
	p.clean()
}

// The keyboard stays where it is: on a button that was pressed, on a curve that is
// drawn anew, on a row that moves.
func TestTheKeyboardStaysWhereItIs(t *testing.T) {
	s := serve(t, nil)
	class(s)
	zoe := s.learner("Zoe")
	p := startBrowser(t).instructor(s, usual)
	at := func(what, css string) {
		t.Helper()
		p.until("the keyboard is on "+what, fmt.Sprintf("document.activeElement.matches(%q)", css))
	}
	focus := func(css string) {
		t.Helper()
		evaluate[bool](p, fmt.Sprintf("(document.querySelector(%q).focus(), true)", css))
	}
	press := func(css string) {
		t.Helper()
		focus(css)
		p.do(chromedp.KeyEvent("\r"))
	}
	press("[data-key=pause]")
	p.shows("#part-now", "paused")
	at("the pause", "[data-key=pause]")
	press("[data-key=pause]")
	p.until("it goes on", `!document.querySelector("#part-now").innerText.includes("paused")`)
	at("the pause", "[data-key=pause]")
	cue := "aside form:has([name=act][value=cue]):not([id^=part-] *)"
	p.write(cue+" [name=text]", "Next")
	press(cue + " button")
	p.shows("#part-now", "Next")
	at("the button of the form", cue+" button")

	s.act("act=cue", "item=merge-sort")
	p.shows("#part-wall", "Parallel merge sort")
	focus("#part-wall g[data-key]")
	key := evaluate[string](p, "document.activeElement.dataset.key")
	s.report(zoe, checked("merge-sort", "pass", "ok", 1.21))
	p.until("Zoe's curve", `document.querySelector("#part-wall").innerHTML.includes("Zoe")`)
	at("the curve", "g[data-key="+key+"]")

	evaluate[bool](p, `(f => { f.value = "progress"; f.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector(".filters [name=sort]"))`)
	focus(fmt.Sprintf("#l%d a", s.id(zoe)))
	s.report(zoe, checked("parallel-sum", "pass", "ok", 1.5), checked("letter-frequency", "pass", "ok", 1.5))
	p.until("Zoe is the first", fmt.Sprintf(`document.querySelector("#room tbody tr").id === "l%d"`, s.id(zoe)))
	at("Zoe", fmt.Sprintf("#l%d a", s.id(zoe)))
	p.clean()
}

// A dashboard whose key has ended leads to where one logs in.
func TestADashboardWhoseKeyHasEndedSaysSo(t *testing.T) {
	s := serve(t, func(c *Config) { c.waits = usualWaits; c.waits.beat = 100 * time.Millisecond })
	class(s)
	p := startBrowser(t).instructor(s, usual)
	p.expects("403")
	evaluate[int](p, `fetch("/instructor/logout", {method: "POST", redirect: "manual"}).then(r => r.status)`)
	p.until("it is the login", `location.pathname === "/instructor/login" && document.querySelector("[name=token]")`)
	p.clean()
}

// The filter "stuck" with a kata shows those who are stuck on that one.
func TestWhoIsStuckIsStuckOnAKata(t *testing.T) {
	s := serve(t, nil)
	class(s)
	p := startBrowser(t).instructor(s, usual)
	choose := func(name, value string) {
		t.Helper()
		evaluate[bool](p, fmt.Sprintf(`(f => { f.value = %q; f.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector(".filters [name=%s]"))`, value, name))
	}
	hidden := `[...document.querySelectorAll("#room tbody tr")].find(r => r.querySelector("a").textContent === "Kim").hidden`
	choose("state", "stuck")
	choose("kata", "merge-sort")
	p.until("Kim is shown", "!"+hidden)
	choose("kata", "parallel-sum")
	p.until("Kim is not shown", hidden)
}

const serialisedReport = `{"schema":1,"kata":"merge-sort","verdict":"fail","reason":"serialised","explanation":"Your goroutines wait for each other: two of them ran at once 1 % of the time, 50 % is asked. 97 % of their time is spent at","witnesses":[{"name":"wall","says":"serial","figures":{"speedup":1.01}},{"name":"cpu","says":"serial","figures":{"utilisation":1.02}},{"name":"trace","says":"serial","figures":{"overlap":0.01}}],"machine":{"os":"linux","arch":"amd64","go":"go1.26","cpus":2,"p":2},"speedup":1.01,"attainable":1.87,"utilisation":1.02,"inflation":1.04,"overlap":0.01,"parallelism":1.06,"noise":0.02,"at":{"file":"mergesort.go","line":11},"try":"Count into a map of your own, and lock only to merge.","rounds":2,"bounds":[],"findings":[]}`
