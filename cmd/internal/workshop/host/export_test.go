package host

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// roomOf is a room with something of everything in it.
func roomOf(t *testing.T) *hosted {
	s := serve(t, nil)
	kim, evil := s.learner("Kim"), s.learner(`=cmd|' /C calc'!A0`)
	s.report(kim, workshop.Result{ID: "started-1", Kind: workshop.Started, Item: "merge-sort"},
		checked("merge-sort", "fail", "serial", 1), checked("merge-sort", "pass", "ok", 1.8),
		workshop.Result{ID: "hint-0001", Kind: workshop.Hint, Item: "histogram", Hint: 2})
	s.report(evil, checked("merge-sort", "fail", "serial", 1.04),
		workshop.Result{ID: "answer-1", Kind: workshop.Answered, Item: "seed", Right: true, Score: 1})
	s.learner("Quiet")
	return s
}

func (s *hosted) csv(t *testing.T, path string) [][]string {
	t.Helper()
	status, text := s.send(s.Instructor, http.MethodGet, path, nil)
	if status != http.StatusOK {
		t.Fatalf("%s: %d", path, status)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return rows
}

// columns are some of a table, by the names of its header.
func columns(rows [][]string, names ...string) [][]string {
	var picked [][]string
	for _, row := range rows[1:] {
		var some []string
		for _, name := range names {
			for i, head := range rows[0] {
				if head == name {
					some = append(some, row[i])
				}
			}
		}
		picked = append(picked, some)
	}
	return picked
}

func TestExportsHoldEverything(t *testing.T) {
	s := roomOf(t)
	if diff := cmp.Diff([][]string{
		{"'=cmd|' /C calc'!A0", "1", "1", "merge-sort", "failed", "1", "serial", "1.04"},
		{"Kim", "0", "0", "histogram", "working", "0", "", ""},
		{"Kim", "0", "0", "merge-sort", "passed", "2", "ok", "1.80"},
		{"Quiet", "0", "0", "", "", "", "", ""},
	}, columns(s.csv(t, "/instructor/learners.csv"), "name", "answers", "answers right", "kata", "state", "attempts", "last reason", "speed-up")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{
		{"histogram", "1", "0", "0", "0", "0", "", ""},
		{"merge-sort", "0", "1", "0", "1", "3", "1.80", "serial 1"},
	}, columns(s.csv(t, "/instructor/katas.csv"), "kata", "working", "failed", "inconclusive", "passed", "attempts", "best speed-up", "reasons of those who have not passed")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([][]string{
		{"Kim", "started", "merge-sort", ""}, {"Kim", "checked", "merge-sort", "serial"}, {"Kim", "checked", "merge-sort", "ok"}, {"Kim", "hint", "histogram", ""},
		{"'=cmd|' /C calc'!A0", "checked", "merge-sort", "serial"}, {"'=cmd|' /C calc'!A0", "answered", "seed", ""},
	}, columns(s.csv(t, "/instructor/results.csv"), "name", "kind", "item", "reason")); diff != "" {
		t.Error(diff)
	}
	_, text := s.send(s.Instructor, http.MethodGet, "/instructor/export.json", nil)
	var all struct {
		Schema   int
		Learners []json.RawMessage
		Results  []json.RawMessage
		Events   []json.RawMessage
		Votes    []json.RawMessage
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil || all.Schema != 1 || len(all.Learners) != 3 || len(all.Results) != 6 {
		t.Errorf("%v: %d learners, %d results", err, len(all.Learners), len(all.Results))
	}
}

func TestPollsAreExportedWithTheirAnswers(t *testing.T) {
	s := serve(t, nil)
	kim, lee := s.learner("Kim"), s.learner("Lee")
	s.act("act=poll", "text==SUM(A1)?", "options=-a\nb", "many=1")
	told, err := kim.Stage(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for c, choice := range map[*client.Client][]int{kim: {0, 1}, lee: {1}} {
		if err := c.Vote(ctx, told.Poll.ID, choice); err != nil {
			t.Fatal(err)
		}
	}
	s.act("act=poll", "question=wait-in-the-loop")
	rows := columns(s.csv(t, "/instructor/polls.csv"), "question", "text", "option", "option text", "right", "answers", "learners who answered")
	if diff := cmp.Diff([][]string{
		{"", "'=SUM(A1)?", "1", "'-a", "", "1", "2"},
		{"", "'=SUM(A1)?", "2", "b", "", "2", "2"},
	}, rows[:2]); diff != "" {
		t.Error(diff)
	}
	if len(rows) != 6 || rows[2][0] != "wait-in-the-loop" || rows[2][4] != "true" || rows[3][4] != "false" || rows[2][6] != "0" {
		t.Errorf("the question of the course: %q", rows[2:])
	}
}

// No cell of a table that learners can fill begins a formula.
func TestASpreadsheetRunsNothing(t *testing.T) {
	s := serve(t, nil)
	for _, name := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "|x", "%0a=1", "x;=HYPERLINK(1)", "x; =1", "\uff1d1+1"} {
		s.report(s.learner(name), checked("merge-sort", "fail", "-x", 1))
	}
	for _, path := range []string{"/instructor/learners.csv", "/instructor/katas.csv", "/instructor/results.csv", "/instructor/polls.csv"} {
		for _, row := range s.csv(t, path) {
			for _, cell := range row {
				for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
					if part = strings.TrimSpace(part); part != "" && strings.ContainsAny(string([]rune(part)[:1]), "=+-@|%\uff1d\uff0b\uff0d\uff20") {
						t.Errorf("%s: %q", path, cell)
					}
				}
			}
		}
	}
}

func TestCellsAreTextAndWhatIsSafeStaysAsItIs(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Kim": "Kim", "a-b=c": "a-b=c", "Kim; Lee": "Kim; Lee", "=1": "'=1", " =1": " '=1", "\t=1": "'\t=1", "a;;=1": "a;;'=1", "a\n-1": "a\n'-1", "==": "'==", "a;\uff0b1": "a;'\uff0b1",
	} {
		if got := cell(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestHiddenNamesAreInNoExport(t *testing.T) {
	s := roomOf(t)
	s.act("act=unnamed", "on=1")
	for _, path := range []string{"/instructor/learners.csv", "/instructor/katas.csv", "/instructor/results.csv", "/instructor/export.json"} {
		if _, text := s.send(s.Instructor, http.MethodGet, path, nil); strings.Contains(text, "Kim") || strings.Contains(text, "calc") {
			t.Errorf("%s names them", path)
		}
	}
}

// The learners of a rehearsal go, and the class stays.
func TestRehearsalsAreDeletedAlone(t *testing.T) {
	s := serve(t, nil)
	s.learner("Kim")
	c := s.client("")
	if _, err := c.Join(ctx, workshop.JoinRequest{Name: "Rehearsal 1", Rehearsal: true}); err != nil {
		t.Fatal(err)
	}
	s.act("act=forget", "rehearsal=1")
	if names := columns(s.csv(t, "/instructor/learners.csv"), "name"); len(names) != 1 || names[0][0] != "Kim" {
		t.Errorf("left: %v", names)
	}
	s.act("act=clear", "sure=Delete all")
	if s.Learners() != 0 {
		t.Error("somebody is left")
	}
	s.learner("Kim") // and it goes on
}
