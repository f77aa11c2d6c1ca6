package pages

import (
	"html/template"
	"io"
	"maps"
	"strconv"
	"time"

	"gokata/cmd/internal/workshop"
)

// Parts are pieces of a page that change by themselves: what is in the element
// "part-NAME", by name.
type Parts map[string]template.HTML

// Dashboard is the instructor's page: the room, and what runs it.
type Dashboard struct {
	Seq       int64 // of the last change that is shown
	Now       time.Time
	Head      template.HTML // of the table
	Rows      template.HTML
	Parts     Parts
	Katas     []Chapter
	Lessons   []Chapter
	Questions []Chapter
	Wall      string // kata of the curves that was asked for; empty: the host chooses
	Limits    workshop.Limits
	Projector string // address
	Plain     bool
}

// Chapter is a group of things to choose from.
type Chapter struct {
	Title string
	Items []Item
}

// Item is one thing to choose.
type Item struct{ ID, Title string }

// Write writes the page.
func (d Dashboard) Write(w io.Writer) error {
	return render(w, Frame{
		Title: "Workshop", Class: "dashboard", Plain: d.Plain,
		Styles: []string{"charts.css", "dashboard.css"}, Scripts: []string{"live.js", "acts.js", "dashboard.js"},
	}, "instructor.html", d)
}

// Say is what a room is told, for the parts of a page that show it.
type Say struct {
	Stage    *workshop.Stage
	Title    func(item string) string
	Open     bool // the poll takes answers
	Counts   []int
	Voters   int
	Learners int
	Join     Join
}

// Join is how to join.
type Join struct {
	URL, Code string // for browsers
	Command   string // for terminals
	Scan      string // what the QR code says
}

// Instructing draws the parts of the dashboard that change when the instructor
// has done something: now, switches, poll, unlocked, join.
func Instructing(s Say) (Parts, error) {
	return partsOf(s, map[string]string{
		"now": "instructor-now", "switches": "instructor-switches", "poll": "instructor-poll",
		"unlocked": "instructor-unlocked", "join": "instructor-join",
	})
}

// Tallied draws the part of the dashboard that changes with every answer to a
// poll: the instructor sees them before they are revealed.
func Tallied(s Say) template.HTML {
	p := s.Stage.Poll
	if p == nil {
		return ""
	}
	return answered(s) + Tally(p, s.Counts, s.Voters, true)
}

// answered says how many have answered.
func answered(s Say) template.HTML {
	var d drawing
	d.WriteString(`<p class="answered"><b>` + quantity(s.Voters, "answer") + "</b> of " + quantity(s.Learners, "learner") + "</p>")
	return template.HTML(d.String())
}

// partsOf draws templates, by the name of the part.
func partsOf(data any, names map[string]string) (Parts, error) {
	all := Parts{}
	for name, file := range names {
		text, err := part(file, data)
		if err != nil {
			return nil, err
		}
		all[name] = text
	}
	return all, nil
}

// Charts draws the parts of the dashboard that sum the room up: count, stuck,
// reasons, pace, and the states of one kata.
func Charts(people []*workshop.Person, now time.Time, limits workshop.Limits, kata string, title func(string) string, name Naming) Parts {
	stuck := workshop.Stuck(people, now, limits)
	p := Parts{
		"count":   count(people, len(stuck)),
		"stuck":   StuckList(stuck, title, name),
		"reasons": Reasons(workshop.Summaries(people), title),
		"pace":    Pace(people, now),
		"states":  "",
	}
	if kata != "" {
		p["states"] = template.HTML("<h3>"+template.HTMLEscapeString(title(kata))+"</h3>") + StateBar(StatesOf(people, kata), title(kata))
	}
	return p
}

// count says how many are there.
func count(people []*workshop.Person, stuck int) template.HTML {
	simulated, passes := 0, 0
	for _, p := range people {
		if p.Rehearsal {
			simulated++
		}
		for _, c := range p.Cells {
			if c.State == workshop.Passed {
				passes++
			}
		}
	}
	var d drawing
	d.WriteString("<b>" + quantity(len(people), "learner") + "</b>")
	if simulated > 0 {
		d.WriteString(" (" + strconv.Itoa(simulated) + " simulated)")
	}
	d.WriteString(" · <b>" + passed(passes) + "</b>")
	if stuck > 0 {
		d.WriteString(` · <b class="warn">` + strconv.Itoa(stuck) + " stuck</b>")
	}
	return template.HTML(d.String())
}

// Add gives these parts and others.
func (p Parts) Add(others Parts) Parts { maps.Copy(p, others); return p }

// Question is a question of the course as a poll that is not open yet.
type Question struct{ *workshop.Poll }

// Write writes it as a fragment.
func (q Question) Write(w io.Writer) error {
	return templates().ExecuteTemplate(w, "instructor-question", q.Poll)
}
