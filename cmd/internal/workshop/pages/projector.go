package pages

import (
	"fmt"
	"html"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// projectedKatas is how many katas the wall of a room has space for.
const projectedKatas = 7

// Projector is the page for the wall of the room: read by everybody, so that it
// holds no name, no number of a learner and no message to one.
type Projector struct {
	Now    time.Time
	Stream string // address of its stream
	Parts  Parts
	Plain  bool
}

// Write writes the page.
func (p Projector) Write(w io.Writer) error {
	return render(w, Frame{
		Title: "Workshop", Class: "projector", Plain: p.Plain,
		Styles: []string{"charts.css", "projector.css"}, Scripts: []string{"live.js", "projector.js"},
	}, "projector.html", p)
}

// Projecting draws the parts that change when the instructor has done something:
// now, poll, join.
func Projecting(s Say) (Parts, error) {
	return partsOf(s, map[string]string{"now": "projector-now", "poll": "projector-poll", "join": "projector-join"})
}

// ProjectedTally draws how many have answered, and how, once that is revealed.
func ProjectedTally(s Say) template.HTML {
	p := s.Stage.Poll
	if p == nil {
		return ""
	}
	if !p.Revealed {
		return answered(s) + Tally(p, nil, 0, false)
	}
	return answered(s) + Tally(p, s.Counts, s.Voters, true)
}

// ProjectedCharts draws the parts that sum the room up: count, katas, pace, wall.
func ProjectedCharts(people []*workshop.Person, now time.Time, kata string, columns []Column, title func(string) string) Parts {
	p := Parts{
		"count": template.HTML(fmt.Sprintf("<b>%s</b>", quantity(len(people), "learner"))),
		"katas": kataBars(people, kata, columns),
		"pace":  pace(people, now, paceWide),
		"wall":  "",
	}
	if kata != "" {
		p["wall"] = Wall(people, kata, title(kata), nil)
	}
	return p
}

// kataBars are bars of the states of katas, in the order of the course: that of
// now, and those that most have begun.
func kataBars(people []*workshop.Person, now string, columns []Column) template.HTML {
	if len(people) == 0 || len(columns) == 0 {
		return nothing("Nobody has begun a kata yet.")
	}
	begun := map[string]int{now: len(people) + 1}
	counts := map[string]map[workshop.State]int{}
	for _, k := range columns {
		counts[k.Slug] = StatesOf(people, k.Slug)
		if k.Slug != now {
			begun[k.Slug] = len(people) - counts[k.Slug][""]
		}
	}
	shown := slices.Clone(columns)
	slices.SortStableFunc(shown, func(a, b Column) int { return begun[b.Slug] - begun[a.Slug] })
	shown = shown[:min(len(shown), projectedKatas)]
	var b strings.Builder
	b.WriteString(`<table class="katas"><colgroup><col class="name"><col><col class="number"></colgroup><thead class="visually-hidden"><tr><th scope="col">Kata</th><th scope="col">Learners</th><th scope="col">Passed</th></tr></thead><tbody>`)
	for _, k := range columns {
		if !slices.Contains(shown, k) {
			continue
		}
		row := "<tr>"
		if k.Slug == now {
			row = `<tr class="now">`
		}
		b.WriteString(row + `<th scope="row">` + html.EscapeString(k.Title) + "</th><td>" +
			string(bar(counts[k.Slug], k.Title)) + `</td><td class="number">✓ ` + strconv.Itoa(counts[k.Slug][workshop.Passed]) + "</td></tr>")
	}
	b.WriteString("</tbody></table>" + string(stateKey()))
	if n := len(columns) - len(shown); n > 0 {
		b.WriteString(`<p class="quiet">and ` + strconv.Itoa(n) + " more</p>")
	}
	return template.HTML(b.String())
}
