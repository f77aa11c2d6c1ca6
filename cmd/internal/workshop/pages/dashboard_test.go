package pages

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
)

func tableOf(name Naming) Table {
	return Table{Columns: []Column{{"sort", "Sort", "One"}, {"print-in-turn", hostile, hostile}, {"first", "First", "Two"}}, Name: name}
}

func TestARowSaysEverythingOfALearner(t *testing.T) {
	table := tableOf(byName)
	p := person(7, hostile, map[string]*workshop.Cell{
		"sort": cell(workshop.Passed, "ok", 1.83), "first": cell(workshop.Failed, "race", 0), "not-shown": cell(workshop.Unsure, "noisy-machine", 0),
	})
	p.Rehearsal, p.Answered, p.Right, p.Read = true, 5, 4, 3
	p.Cells["first"].Last = noon.Add(time.Hour)
	p.Cells["first"].Same, p.Cells["first"].Seen, p.Cells["first"].Hints = 2, true, 1
	row := template.HTML(table.Row(nil, p))
	wellFormed(t, row)
	for _, want := range []string{
		`<tr id="l7" data-passed="1">`, `href="/instructor/learner/7"`, ">sim</abbr>", "4 of 5 answers right, 3 lessons read",
		`<td class="passed" title="passed; 2 attempts; on task 10 min; speed-up 1.83 of 1.90 attainable on 2 CPUs">✓ 1.83</td>`,
		"<td></td>",
		"failed: race, 2 times in a row; 2 attempts; begun ", "1 hint; solution seen", ">✗ 2</td>",
		fmt.Sprintf(`<time data-since="%d">`, noon.Unix()),
	} {
		if !strings.Contains(string(row), want) {
			t.Errorf("no %s in\n%s", want, row)
		}
	}
	if n := strings.Count(string(row), "<td"); n != 2+len(table.Columns) {
		t.Errorf("%d cells", n)
	}
	wellFormed(t, table.Head())
	if head := string(table.Head()); strings.Count(head, "data-kata=") != 3 || strings.Count(head, "colspan=") != 3 {
		t.Error(head)
	}
}

// Reasons come from learners, and are words only because Result.Verify says so.
func TestNoFieldOfACellIsMarkup(t *testing.T) {
	for _, state := range []workshop.State{workshop.Working, workshop.Failed, workshop.Unsure, workshop.Passed} {
		table := tableOf(byName)
		wellFormed(t, template.HTML(table.Row(nil, person(1, hostile, map[string]*workshop.Cell{"sort": cell(state, hostile, 1)}))))
	}
}

func TestThoseWhoAreStuckComeLongestFirst(t *testing.T) {
	late := cell(workshop.Failed, "race", 0)
	late.First = noon.Add(5 * time.Minute)
	late.Same = 3
	early := cell(workshop.Failed, "serialised", 0)
	early.Same = 4
	early.Reason = "serialised" + hostile
	people := []*workshop.Person{
		person(1, "Late", map[string]*workshop.Cell{"sort": late}),
		person(2, hostile, map[string]*workshop.Cell{"sort": early}),
		person(3, "Fine", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1)}),
	}
	stuck := workshop.Stuck(people, noon.Add(11*time.Minute), workshop.DefaultLimits)
	text := StuckList(stuck, title, byName)
	wellFormed(t, text)
	s := string(text)
	if !strings.Contains(s, `data-ids="2:sort 1:sort"`) || !strings.Contains(s, "✗ serialised&lt;script&gt;") || !strings.Contains(s, `data-hint="2"`) || strings.Contains(s, "Fine") {
		t.Error(s)
	}
	for i := range 100 {
		people = append(people, person(int64(10+i), "x", map[string]*workshop.Cell{"sort": late}))
	}
	s = string(StuckList(workshop.Stuck(people, noon.Add(11*time.Minute), workshop.DefaultLimits), title, byName))
	if strings.Count(s, "<li>") != stuckShown || !strings.Contains(s, "and 78 more") || !strings.Contains(s, " 109:sort\"") {
		t.Errorf("%d are shown", strings.Count(s, "<li>"))
	}
}

func TestAReportIsReadAsFarAsItIsOne(t *testing.T) {
	for _, raw := range []string{"", "null", "[]", "{}", "1", `{"verdict":3}`, `{"verdict":"fail","speedup":"fast"}`, `{"verdict":"fail","witnesses":{"a":1}}`} {
		if r := ReadReport([]byte(raw)); r != nil {
			t.Errorf("%s is %+v", raw, r)
		}
	}
	long := strings.Repeat("x", 5000)
	r := ReadReport([]byte(`{"verdict":"fail","reason":"race","explanation":"\u202e\u0007` + long + `","witnesses":[{},{},{},{},{}],"speedup":null,"noise":1e300,
		"at":{"file":"a\u001b[31m.go","line":3},"findings":[` + strings.Repeat(`{"message":"m"},`, 50) + `{}]}`))
	if r == nil || r.Explanation != long[:reportText-2]+"…" || len(r.Witnesses) != 3 || len(r.Findings) != reportFindings || r.At.File != "a[31m.go" {
		t.Fatalf("%+v", r)
	}
	if f := r.Figures(); len(f) != 1 || f[0] != (Figure{"noise", "1e+300"}) {
		t.Error(f)
	}
}

func FuzzReportsOfLearnersAreText(f *testing.F) {
	f.Add([]byte(`{"verdict":"fail","explanation":"<script>","witnesses":[{"name":"<b>","figures":{"<i>":1}}],"at":{"file":"<","line":1}}`))
	f.Add([]byte(`{"verdict":"pass","bounds":[{"what":"<","got":1}],"findings":[{"message":"<script>","source":"</pre>"}],"machine":{"go":"<u>"}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := ReadReport(raw)
		if r == nil {
			return
		}
		who := person(1, "Kim", map[string]*workshop.Cell{"sort": cell(workshop.Failed, "race", 0)})
		text, err := part("learner.html", Person{Name: "Kim", Who: who, Katas: []PersonKata{{Slug: "sort", Title: "Sort", Cell: who.Cells["sort"], Report: r}}})
		if err != nil {
			t.Fatal(err)
		}
		before, err := part("learner.html", Person{Name: "Kim", Who: who, Katas: []PersonKata{{Slug: "sort", Title: "Sort", Cell: who.Cells["sort"]}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range []string{"<script", "<img", "<iframe", "<a ", "<form"} {
			if strings.Count(string(text), tag) != strings.Count(string(before), tag) {
				t.Errorf("%s comes from %q", tag, raw)
			}
		}
	})
}

func TestAProjectorIsTheSameForAnyNames(t *testing.T) {
	room := func(names ...string) Parts {
		var people []*workshop.Person
		for i, name := range names {
			people = append(people, person(int64(i+1), name, map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.5+float64(i)/10)}))
		}
		return ProjectedCharts(people, noon.Add(time.Hour), "sort", []Column{{"sort", "Sort", "One"}}, title)
	}
	a, _ := json.Marshal(room("Kim", "Ada"))
	b, _ := json.Marshal(room(hostile, "Zoe"))
	if string(a) != string(b) {
		t.Errorf("names are in\n%s\n%s", a, b)
	}
}

func TestTheProjectorShowsTheKataOfNowAmongMany(t *testing.T) {
	var columns []Column
	cells := map[string]*workshop.Cell{}
	for i := range 18 {
		slug := fmt.Sprintf("kata-%d", i)
		columns = append(columns, Column{slug, "Kata " + slug, "One"})
		if i != 17 {
			cells[slug] = cell(workshop.Failed, "race", 0)
		}
	}
	text := kataBars([]*workshop.Person{person(1, "Kim", cells)}, "kata-17", columns)
	wellFormed(t, text)
	if s := string(text); strings.Count(s, "<th scope=\"row\">") != projectedKatas || !strings.Contains(s, `<tr class="now"><th scope="row">Kata kata-17</th>`) || !strings.Contains(s, "and 11 more") {
		t.Error(s)
	}
}

func TestAReportCountsThePollsOfTheWorkshop(t *testing.T) {
	r := NewReport([]*workshop.Person{person(1, "Kim", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.8)})}, noon.Add(time.Hour), title, nil)
	r.History([]workshop.Event{
		{Seq: 3, At: noon, Act: workshop.ActCue, Text: "Go on", Item: "sort"},
		{Seq: 4, At: noon, Act: workshop.ActHint, Text: "for one", Learner: 1},
		{Seq: 5, At: noon, Act: workshop.ActPoll, Poll: &workshop.Poll{Text: "Which?", Options: []string{"a", "b"}}},
		{Seq: 6, At: noon.Add(2 * time.Hour), Act: workshop.ActPause, On: true},
	}, func(poll int64) [][]int { return map[int64][][]int{5: {{0}, {1}, {1, 9}}}[poll] }, title)
	if len(r.Polls) != 1 || r.Polls[0].Voters != 3 || !strings.Contains(string(r.Polls[0].Result), ">2 <small>67 %") {
		t.Errorf("%+v", r.Polls)
	}
	if len(r.Said) != 2 || r.Said[0].Text != "Go on — SORT" {
		t.Errorf("%+v", r.Said)
	}
	if !r.Ended.Equal(noon.Add(2*time.Hour)) || r.Passes != 1 || r.Attempts != 2 {
		t.Errorf("%+v", r)
	}
}

// A row of a learner who has begun all 18 katas: drawn for every result.
func BenchmarkRow(b *testing.B) {
	table := Table{Name: byName}
	cells := map[string]*workshop.Cell{}
	for i := range 18 {
		slug := fmt.Sprintf("kata-%d", i)
		table.Columns = append(table.Columns, Column{Slug: slug})
		cells[slug] = cell(workshop.Failed, "race", 1.2)
	}
	p := person(1, "Ada Augusta King", cells)
	var room []byte
	for b.Loop() {
		room = table.Row(room[:0], p)
	}
	b.SetBytes(int64(len(room)))
}
