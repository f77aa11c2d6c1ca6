package host

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// patched is an event "patch" of a page.
type patched struct {
	id    int64
	Now   int64
	All   bool
	Head  string
	Rows  map[string]string
	Gone  []int64
	Parts map[string]string
}

// watch follows a page's stream; next gives the patches as they come.
func (s *hosted) watch(token, path string, since int64) (next func() patched) {
	s.t.Helper()
	// A patch that never comes fails the test, and does not hold it up for ever.
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if since >= 0 {
		r.Header.Set("Last-Event-ID", strconv.FormatInt(since, 10))
	}
	c := s.client("").HTTP
	c.Timeout = 0
	res, err := c.Do(r)
	if err != nil {
		cancel()
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { cancel(); res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s", path, res.Status)
	}
	lines := bufio.NewReader(res.Body)
	return func() (p patched) {
		s.t.Helper()
		name := ""
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				s.t.Fatalf("the stream has ended: %v", err)
			}
			field, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch field {
			case "event":
				name = value
			case "id":
				if p.id, err = strconv.ParseInt(value, 10, 64); err != nil {
					s.t.Fatal(err)
				}
			case "data":
				if name != "patch" {
					continue
				}
				if err := json.Unmarshal([]byte(value), &p); err != nil {
					s.t.Fatalf("%v in %.200s", err, value)
				}
				return p
			}
		}
	}
}

// dashboard follows the instructor's dashboard.
func (s *hosted) dashboard(since int64) func() patched {
	s.t.Helper()
	return s.watch(s.Instructor, "/instructor/stream", since)
}

// projector is the path of the projector's page.
func (s *hosted) projector() string { return "/projector/" + s.Projector }

// page is a page as the instructor gets it.
func (s *hosted) page(path string) string {
	s.t.Helper()
	status, text := s.send(s.Instructor, http.MethodGet, path, nil)
	if status != http.StatusOK {
		s.t.Fatalf("%s: %d %.300s", path, status, text)
	}
	return text
}

// id is that of a learner.
func (s *hosted) id(c *client.Client) int64 {
	s.t.Helper()
	me, err := c.Me(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return me.Learner
}

// firstPatch gives the first patch that something holds of.
func firstPatch(next func() patched, holds func(patched) bool) patched {
	for {
		if p := next(); holds(p) {
			return p
		}
	}
}

func TestTheFirstPatchIsTheWholeRoom(t *testing.T) {
	s := serve(t, nil)
	kim, ada := s.learner("Kim"), s.learner("Ada")
	s.report(kim, checked("merge-sort", "pass", "ok", 1.83))
	p := s.dashboard(-1)()
	if !p.All || len(p.Rows) != 2 || !strings.Contains(p.Head, `data-kata="merge-sort"`) {
		t.Errorf("%+v", p)
	}
	if row := p.Rows[fmt.Sprint(s.id(kim))]; !strings.Contains(row, ">✓ 1.83</td>") {
		t.Error(row)
	}
	if row := p.Rows[fmt.Sprint(s.id(ada))]; !strings.Contains(row, "<td></td>") {
		t.Error(row)
	}
	for _, name := range []string{"count", "stuck", "states", "pace", "reasons", "wall", "now", "switches", "poll", "tally", "unlocked", "join"} {
		if _, ok := p.Parts[name]; !ok {
			t.Errorf("no part %s", name)
		}
	}
}

func TestAChangeIsPatchedAsItsRowAlone(t *testing.T) {
	s := serve(t, nil)
	kim, ada := s.learner("Kim"), s.learner("Ada")
	s.report(kim, checked("merge-sort", "fail", "race", 0))
	s.report(ada, checked("merge-sort", "fail", "race", 0))
	next := s.dashboard(-1)
	before := next()
	said, err := kim.Report(context.Background(), []workshop.Result{checked("merge-sort", "fail", "race", 0)})
	if err != nil {
		t.Fatal(err)
	}
	p := firstPatch(next, func(p patched) bool { return len(p.Rows) > 0 })
	if p.All || p.Head != "" || len(p.Gone) > 0 || len(p.Rows) != 1 || !strings.Contains(p.Rows[fmt.Sprint(s.id(kim))], ">✗ 2</td>") {
		t.Errorf("%+v", p)
	}
	if p.id < said.Seq || p.id <= before.id {
		t.Errorf("id %d after %d does not cover the result's %d", p.id, before.id, said.Seq)
	}
}

func TestAPageThatComesBackGetsWhatItMissed(t *testing.T) {
	s := serve(t, nil)
	kim, ada, eve := s.learner("Kim"), s.learner("Ada"), s.learner("Eve")
	for _, c := range []*client.Client{kim, ada, eve} {
		s.report(c, checked("merge-sort", "fail", "race", 0))
	}
	last := s.dashboard(-1)().id
	s.report(ada, checked("merge-sort", "pass", "ok", 1.5))
	s.act("act=forget", fmt.Sprintf("learner=%d", s.id(eve)))
	p := s.dashboard(last)()
	if p.All || len(p.Rows) != 1 || p.Rows[fmt.Sprint(s.id(ada))] == "" || len(p.Gone) != 1 {
		t.Errorf("%+v", p)
	}
	if p := s.dashboard(p.id)(); p.All || p.Rows != nil || p.Gone != nil || p.Head != "" || len(p.Parts) == 0 {
		t.Errorf("nothing was missed, but %+v", p)
	}
}

func TestAPageOfAnEarlierStartGetsTheWholeRoom(t *testing.T) {
	data := t.TempDir()
	s := serve(t, func(c *Config) { c.Data = data })
	kim := s.learner("Kim")
	s.report(kim, checked("merge-sort", "pass", "ok", 1.5))
	next := s.dashboard(-1)
	last := next().id
	s.report(kim, checked("parallel-sum", "pass", "ok", 1.5))
	s.stop()
	s = serve(t, func(c *Config) { c.Data = data })
	if p := s.dashboard(last)(); !p.All || len(p.Rows) != 1 || p.Head == "" {
		t.Errorf("%+v", p)
	}
	if p := s.dashboard(1 << 40)(); !p.All || len(p.Rows) != 1 {
		t.Errorf("of another workshop: %+v", p)
	}
}

func TestANewKataBringsItsColumnToEverybody(t *testing.T) {
	s := serve(t, nil)
	kim, ada := s.learner("Kim"), s.learner("Ada")
	s.report(kim, checked("merge-sort", "fail", "race", 0))
	next := s.dashboard(-1)
	next()
	s.report(ada, checked("parallel-sum", "fail", "race", 0))
	p := firstPatch(next, func(p patched) bool { return len(p.Rows) > 0 })
	if len(p.Rows) != 2 || strings.Count(p.Head, "data-kata=") != 2 {
		t.Errorf("%+v", p)
	}
	s.act("act=cue", "item=first-match")
	if p := firstPatch(next, func(p patched) bool { return p.Head != "" }); len(p.Rows) != 2 || !strings.Contains(p.Head, `data-kata="first-match"`) {
		t.Errorf("the kata of the cue: %+v", p)
	}
}

func TestWhoIsForgottenLeavesTheTable(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	s.learner("Ada")
	id := s.id(kim)
	next := s.dashboard(-1)
	next()
	s.act("act=forget", fmt.Sprintf("learner=%d", id))
	if p := firstPatch(next, func(p patched) bool { return len(p.Gone) > 0 }); p.Gone[0] != id {
		t.Errorf("%+v", p)
	}
	s.act("act=clear", "sure=delete all")
	firstPatch(next, func(p patched) bool { return len(p.Gone) > 0 })
	if p := s.dashboard(-1)(); len(p.Rows) != 0 {
		t.Errorf("%+v", p)
	}
}

func TestHiddenNamesAreOnNoPage(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kimberley")
	s.report(kim, checked("merge-sort", "fail", "race", 1.2), checked("merge-sort", "fail", "race", 1.2), checked("merge-sort", "fail", "race", 1.2))
	next := s.dashboard(-1)
	if p := next(); !strings.Contains(fmt.Sprint(p), "Kimberley") {
		t.Fatal("the name is not there to be hidden")
	}
	s.act("act=unnamed", "on=1")
	p := firstPatch(next, func(p patched) bool { return len(p.Rows) > 0 })
	id := s.id(kim)
	if row := p.Rows[fmt.Sprint(id)]; !strings.Contains(row, fmt.Sprintf(">Learner %d<", id)) {
		t.Error(row)
	}
	for _, path := range []string{"/instructor", fmt.Sprintf("/instructor/learner/%d", id), "/instructor/report?names=1"} {
		if text := s.page(path); strings.Contains(text, "Kimberley") {
			t.Errorf("%s names who is hidden", path)
		}
	}
	if p := s.dashboard(-1)(); strings.Contains(fmt.Sprint(p), "Kimberley") {
		t.Error("the stream names who is hidden")
	}
}

func TestOnlyTheKataThatWasAskedForHasItsCurvesShown(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	s.report(kim, checked("merge-sort", "pass", "ok", 1.83), checked("parallel-sum", "pass", "ok", 1.66)) // parallel-sum is first in the course
	if p := s.watch(s.Instructor, "/instructor/stream?wall=parallel-sum", -1)(); !strings.Contains(p.Parts["wall"], "Kim: 1.66 on 2 CPUs") {
		t.Error(p.Parts["wall"])
	}
	if text := s.page("/instructor?wall=merge-sort"); !strings.Contains(text, "Kim: 1.83 on 2 CPUs") || !strings.Contains(text, `<option value="merge-sort" selected>`) {
		t.Error("the page does not show the curves that were asked for")
	}
	if text := s.page("/instructor?wall=%3Cscript%3E"); !strings.Contains(text, "Kim: 1.66 on 2 CPUs") {
		t.Error("a kata that is none is not the kata of now")
	}
}

func TestThePollIsCountedForTheInstructorAlone(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kim")
	s.act("act=poll", "text=Which?", "options=this\nthat")
	next := s.dashboard(-1)
	projector := s.watch("", s.projector()+"/stream", -1)
	next()
	projector()
	poll := s.snapshot().stage.Poll.ID
	if err := kim.Vote(context.Background(), poll, []int{1}); err != nil {
		t.Fatal(err)
	}
	if p := firstPatch(next, func(p patched) bool { return p.Parts["tally"] != "" }); !strings.Contains(p.Parts["tally"], `<span class="count">1 <small>100 %`) {
		t.Error(p.Parts["tally"])
	}
	p := firstPatch(projector, func(p patched) bool { return strings.Contains(p.Parts["tally"], "1 answer") })
	if strings.Contains(p.Parts["tally"], "100 %") || strings.Contains(p.Parts["tally"], "<rect") {
		t.Errorf("the projector shows answers before they are revealed: %s", p.Parts["tally"])
	}
	s.act("act=reveal")
	firstPatch(projector, func(p patched) bool { return strings.Contains(p.Parts["tally"], "100 %") })
}

// secrets are what the projector must never show.
func TestTheProjectorKnowsNobody(t *testing.T) {
	s := serve(t, nil)
	for range 12 {
		s.learner("Kimberley")
	}
	kim := s.learner("Wilhelmina")
	id := s.id(kim)
	s.report(kim, checked("merge-sort", "fail", "race", 1.2), checked("merge-sort", "fail", "race", 1.2), checked("merge-sort", "fail", "race", 1.2))
	s.act("act=hint", fmt.Sprintf("learner=%d", id), "text=only-for-her")
	s.act("act=hint", "text=for-everybody")
	s.act("act=board", "on=1")
	s.act("act=cue", "item=merge-sort", "text=Sort it")
	status, page := s.send("", http.MethodGet, s.projector(), nil)
	if status != http.StatusOK || !strings.Contains(page, "Sort it") {
		t.Fatalf("%d %.300s", status, page)
	}
	next := s.watch("", s.projector()+"/stream", -1)
	first := next()
	s.report(kim, checked("merge-sort", "pass", "ok", 1.7))
	later := firstPatch(next, func(p patched) bool { return p.Parts["wall"] != "" })
	if first.Rows != nil || later.Rows != nil || first.Gone != nil {
		t.Error("the projector gets rows of learners")
	}
	for _, text := range []string{page, fmt.Sprint(first.Parts), fmt.Sprint(later.Parts)} {
		for _, secret := range []string{"Kimberley", "Wilhelmina", "only-for-her", "Learner " + fmt.Sprint(id), "/learner/", `id="l`, "data-ids"} {
			if strings.Contains(text, secret) {
				t.Errorf("the projector shows %q", secret)
			}
		}
	}
	if !strings.Contains(later.Parts["wall"], `class="learner"`) {
		t.Error("no curve is on the wall")
	}
}

func TestHostileNamesAndTextsAreTextOnEveryPage(t *testing.T) {
	s := serve(t, func(c *Config) { c.Source = true })
	const evil = `<script>alert("1")</script>'&`
	kim := s.learner(evil)
	r := checked("merge-sort", "fail", "race", 1.2)
	r.Report = json.RawMessage(`{"verdict":"<script>","reason":"<b>","explanation":"<script>alert(2)</script>\u202e","witnesses":[{"name":"<i>","says":"<u>","figures":{"<s>":1e300,"x":null}}],"at":{"file":"<img src=x>","line":-5},"findings":[{"file":"<a>","message":"</pre><script>","source":"<script>"}]}`)
	r.Source = map[string]string{"<script>.go": "package a // </code><script>\nvar s = `<script>`", "x.txt": "<script>"}
	s.report(kim, r)
	id := s.id(kim)
	s.act("act=cue", "text=<script>alert(3)</script>")
	s.act("act=poll", "text=<script>alert(4)</script>", "options=<script>\n[x](javascript:alert(1))")
	s.act("act=end", "text=<script>alert(5)</script>")
	projector := func() string { _, text := s.send("", http.MethodGet, s.projector(), nil); return text }
	texts := map[string]string{"projector": projector(), "stream": fmt.Sprint(s.dashboard(-1)())}
	for _, path := range []string{"/instructor", fmt.Sprintf("/instructor/learner/%d", id), "/instructor/report?names=1"} {
		texts[path] = s.page(path)
	}
	for path, text := range texts {
		for _, bad := range []string{"<script>", "<img src=x", `href="javascript:`, "\u202e", "</pre><script"} {
			if strings.Contains(text, bad) {
				i := strings.Index(text, bad)
				t.Errorf("%s has %q: …%s", path, bad, text[max(0, i-80):min(len(text), i+80)])
			}
		}
	}
	for _, want := range []string{"reported, not verified", "1e&#43;300", "&lt;script&gt;alert(2)"} {
		if !strings.Contains(texts[fmt.Sprintf("/instructor/learner/%d", id)], want) {
			t.Errorf("the learner's page does not say %q", want)
		}
	}
}

func TestAQuestionCanBeLookedAtBeforeItIsAsked(t *testing.T) {
	s := serve(t, nil)
	all, err := s.course.pollables()
	if err != nil || len(all) == 0 {
		t.Fatal(len(all), err)
	}
	page := s.page("/instructor")
	for _, q := range all {
		if !strings.Contains(page, `<option value="`+q.ID+`"`) {
			t.Errorf("question %s cannot be chosen", q.ID)
		}
		if text := s.page("/instructor/question/" + q.ID); !strings.Contains(text, `<ol class="tally">`) {
			t.Errorf("%s: %s", q.ID, text)
		}
	}
	if status, _ := s.send(s.Instructor, http.MethodGet, "/instructor/question/none", nil); status != http.StatusNotFound {
		t.Error(status)
	}
}
