package host

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gokata/cmd/internal/workshop"
)

func TestALearnersPageShowsWhatCameOfThem(t *testing.T) {
	s := serve(t, nil)
	kim, ada := s.learner("Kim"), s.learner("Ada")
	r := checked("merge-sort", "fail", "serialised", 1.01)
	r.Report = json.RawMessage(`[1,2]`)
	s.report(kim, workshop.Result{ID: "started-1", Kind: workshop.Started, Item: "merge-sort"}, r)
	s.report(ada, checked("parallel-sum", "fail", "race", 0))
	text := s.page(fmt.Sprintf("/instructor/learner/%d", s.id(kim)))
	for _, want := range []string{"<bdi>Kim</bdi>", "cannot be read", "✗ serialised, 1.01 of 1.90 on 2 CPUs", ">began</td>"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(text, "Parallel sum") {
		t.Error("it shows what came of another")
	}
	for _, path := range []string{"/instructor/learner/999999", "/instructor/learner/x"} {
		if status, _ := s.send(s.Instructor, http.MethodGet, path, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestTheReportNamesNobodyUnlessAsked(t *testing.T) {
	s := serve(t, nil)
	kim := s.learner("Kimberley")
	s.report(kim, checked("merge-sort", "pass", "ok", 1.83))
	s.act("act=cue", "text=Sort it")
	s.act("act=hint", "text=for-everybody")
	s.act("act=hint", "text=only-for-her", fmt.Sprintf("learner=%d", s.id(kim)))
	s.act("act=poll", "text=Which?", "options=this\nthat")
	if err := kim.Vote(context.Background(), s.snapshot().stage.Poll.ID, []int{0}); err != nil {
		t.Fatal(err)
	}
	s.act("act=poll", "text=And now?", "options=yes\nno")
	text := s.page("/instructor/report")
	for _, want := range []string{"Sort it", "for-everybody", "Which?", "And now?", "1 answer", "100 %", "Parallel merge sort", "Nobody has verified"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, secret := range []string{"Kimberley", "only-for-her"} {
		if strings.Contains(text, secret) {
			t.Errorf("it has %q", secret)
		}
	}
	if text := s.page("/instructor/report?names=1"); !strings.Contains(text, "<bdi>Kimberley</bdi>") {
		t.Error("it was asked for names, and has none")
	}
}
