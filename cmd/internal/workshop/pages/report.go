package pages

import (
	"html/template"
	"io"
	"strconv"
	"time"

	"gokata/cmd/internal/workshop"
)

// Report is a workshop on paper. Nobody is named in it unless Named is set.
type Report struct {
	Plain            bool
	Written          time.Time
	Begun, Ended     time.Time // first and last thing that happened
	Learners         int
	Simulated        int
	Passes, Attempts int
	Katas            []ReportKata
	Measured         bool // a speed-up of one at least
	Reasons, Pace    template.HTML
	Polls            []ReportPoll
	Said             []Saying
	Named            bool
	People           []ReportPerson // where they are named
}

// ReportKata is a kata that somebody has begun.
type ReportKata struct {
	workshop.KataSummary
	Title string
	Begun int
	Wall  template.HTML
}

// ReportPoll is a poll and how it went.
type ReportPoll struct {
	*workshop.Poll
	At     time.Time
	Voters int
	Result template.HTML
}

// Saying is something that the instructor has said to everybody.
type Saying struct {
	At   time.Time
	What string
	Text string
}

// ReportPerson is a learner in a report with names.
type ReportPerson struct {
	Name                           string
	Passed, Attempts, Right, Asked int
}

// Write writes the page.
func (r Report) Write(w io.Writer) error {
	return render(w, Frame{
		Title: "Report", Class: "report", Plain: r.Plain, Styles: []string{"charts.css", "report.css"},
	}, "report.html", r)
}

// NewReport sums a room up. Name is nil where nobody is to be named.
func NewReport(people []*workshop.Person, now time.Time, title func(kata string) string, name Naming) Report {
	r := Report{Written: now, Learners: len(people), Named: name != nil}
	summaries := workshop.Summaries(people)
	for _, k := range summaries {
		r.Passes += k.Passed
		r.Attempts += k.Attempts
		line := ReportKata{KataSummary: k, Title: title(k.Kata), Begun: k.Working + k.Failed + k.Unsure + k.Passed}
		if len(curvesOf(people, k.Kata, nil)) > 0 {
			line.Wall = Wall(people, k.Kata, line.Title, name)
			r.Measured = true
		}
		r.Katas = append(r.Katas, line)
	}
	for _, p := range people {
		r.seen(p.Joined)
		r.seen(p.Last)
		if p.Rehearsal {
			r.Simulated++
		}
		if name == nil {
			continue
		}
		line := ReportPerson{Name: name(p.Learner), Right: p.Right, Asked: p.Answered}
		for _, c := range p.Cells {
			line.Attempts += c.Attempts
			if c.State == workshop.Passed {
				line.Passed++
			}
		}
		r.People = append(r.People, line)
	}
	r.Reasons, r.Pace = Reasons(summaries, title), Pace(people, r.end(now))
	return r
}

// seen widens the time of the workshop to something that happened.
func (r *Report) seen(t time.Time) {
	if r.Begun.IsZero() || t.Before(r.Begun) {
		r.Begun = t
	}
	if t.After(r.Ended) {
		r.Ended = t
	}
}

// end is where the pace ends: with the workshop, and not when the report is
// written, which may be a week later.
func (r *Report) end(now time.Time) time.Time {
	if r.Ended.IsZero() {
		return now
	}
	return r.Ended
}

// History adds what the instructor did, in order, and how polls went: votes are
// the choices of each who answered a poll.
func (r *Report) History(events []workshop.Event, votes func(poll int64) [][]int, title func(item string) string) {
	say := func(e workshop.Event, what, text string) { r.Said = append(r.Said, Saying{e.At, what, text}) }
	for _, e := range events {
		r.seen(e.At)
		switch e.Act {
		case workshop.ActCue:
			text := e.Text
			if e.Item != "" {
				if text != "" {
					text += " — "
				}
				text += title(e.Item)
			}
			if text != "" {
				say(e, "now", text)
			}
		case workshop.ActEnd:
			say(e, "over", e.Text)
		case workshop.ActHint:
			if e.Learner == 0 {
				say(e, "hint", e.Text)
			}
		case workshop.ActPause:
			if e.On {
				say(e, "pause", "everybody listens")
			} else {
				say(e, "pause", "is over")
			}
		case workshop.ActUnlock:
			say(e, "solution", title(e.Item)+" is unlocked")
		case workshop.ActPoll:
			if e.Poll != nil {
				p := *e.Poll
				p.ID = e.Seq
				r.Polls = append(r.Polls, ReportPoll{Poll: &p, At: e.At})
			}
		}
	}
	for i := range r.Polls {
		p := &r.Polls[i]
		counts := make([]int, len(p.Options))
		for _, choice := range votes(p.ID) {
			p.Voters++
			for _, option := range choice {
				if option >= 0 && option < len(counts) {
					counts[option]++
				}
			}
		}
		p.Result = Tally(p.Poll, counts, p.Voters, true)
	}
}

// Factor is a speed-up as it is shown.
func (k ReportKata) Factor(s float64) string { return factor(s) }

// Minutes are those of a pass in the middle.
func (k ReportKata) Minutes() string {
	if k.MedianMinutes == 0 {
		return ""
	}
	return strconv.FormatFloat(k.MedianMinutes, 'f', 0, 64)
}
