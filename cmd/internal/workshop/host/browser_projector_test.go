package host

import (
	"strings"
	"testing"
)

func TestTheProjectorFitsOnItsScreen(t *testing.T) {
	s := serve(t, nil)
	class(s)
	s.act("act=poll", "question="+someQuestion(t, s))
	q := startBrowser(t).tab(beamer)
	q.open(s.URL() + s.projector())
	q.shows("#part-now", "left")
	q.shows("#part-tally", "0 answers")
	q.accessible()
	q.fits()
	high := func(what string) {
		t.Helper()
		if evaluate[bool](q, "document.documentElement.scrollHeight > innerHeight + 1") {
			t.Errorf("%s: the page is higher than the screen", what)
		}
	}
	q.screenshot("projector-poll")
	high("a poll")
	s.act("act=reveal")
	q.shows("#part-tally", "right")
	q.screenshot("projector-revealed")
	high("answers")
	s.act("act=cue", "item=merge-sort", "minutes=12") // the room goes on
	q.until("the charts are back", `document.querySelector("#part-wall").getClientRects().length > 0 && document.querySelector("#part-katas").getClientRects().length > 0`)
	high("charts after a poll")
	s.act("act=poll", "text=How many?", "options=one\ntwo", "seconds=1")
	q.shows("#part-poll", "Closed")
	q.screenshot("projector-closed")
	s.act("act=drop")
	q.until("the poll is gone", `document.querySelector("#part-wall").getClientRects().length > 0 && !document.querySelector(".question")`)
	s.act("act=clear", "sure=delete all")
	s.seated(12)
	s.act("act=cue", "item=merge-sort", "until=23:59")
	q.shows("#part-count", "12 learners")
	q.shows("#part-wall", "Parallel merge sort")
	high("charts")
	q.screenshot("projector-12")
	q.accessible()
	s.act("act=pause", "on=1")
	q.shows("#part-now", "listen")
	q.screenshot("projector-pause")
	q.clean()
}

// Everything fits, and is no smaller than it need be, with the banner of plain
// HTTP as well, and where what was said is long.
func TestTheProjectorFitsWithItsBannerAndLongTexts(t *testing.T) {
	s := serve(t, func(c *Config) { c.Plain = true })
	s.seated(12)
	s.act("act=cue", "item=merge-sort", "minutes=12")
	q := startBrowser(t).tab(beamer)
	q.open(s.URL() + s.projector())
	q.shows("#part-wall", "Parallel merge sort")
	fits := func(what string, least float64) {
		t.Helper()
		for _, size := range []screen{beamer, {1440, 900, false}, {1280, 720, false}, {1024, 768, false}} {
			q.resize(size)
			q.until(what+" is fitted", `getComputedStyle(document.querySelector("main")).getPropertyValue("--fit") !== ""`)
			if over := evaluate[int](q, "document.documentElement.scrollHeight - innerHeight"); over > 1 {
				t.Errorf("%s, %dx%d: %d too high", what, size.width, size.height, over)
			}
			if fit := evaluate[float64](q, `Number(getComputedStyle(document.querySelector("main")).getPropertyValue("--fit"))`); fit < least {
				t.Errorf("%s, %dx%d: shrunk to %v", what, size.width, size.height, fit)
			}
		}
	}
	fits("charts", 0.75)
	s.act("act=cue", "text="+strings.Repeat("Now this. ", 49))
	s.act("act=poll", "text="+strings.Repeat("Which of these? ", 31), "options="+strings.Repeat("This is an option of some length\n", 10))
	q.shows("#part-poll", "Which")
	fits("a long poll", 0)
	q.screenshot("projector-long")
	q.clean()
}
