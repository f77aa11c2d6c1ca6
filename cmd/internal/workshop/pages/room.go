package pages

import (
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// Room is the page of a learner's browser: what everybody is told now.
type Room struct {
	Plain bool
	Name  string // the learner's
	Told  workshop.Told
	Open  bool // the poll takes answers
	Item  Item // of the cue; the id is empty where it has none
	Read  bool // the item is a lesson, which can be read here
	Board []workshop.Leader
	Error string // what was wrong with an answer
}

// Write writes the page.
func (r Room) Write(w io.Writer) error {
	return render(w, Frame{Title: "The room", Class: "room", Styles: []string{"charts.css", "room.css"}, Scripts: []string{"room.js"}, Plain: r.Plain}, "room.html", r)
}

// WriteNow writes the part of the page that changes.
func (r Room) WriteNow(w io.Writer) error { return templates().ExecuteTemplate(w, "now", r) }

// shownMessages is how many messages a learner sees.
const shownMessages = 5

// Messages are the last ones, the latest first.
func (r Room) Messages() []workshop.Message {
	all := slices.Clone(r.Told.Messages)
	slices.Reverse(all)
	return all[:min(len(all), shownMessages)]
}

// Choice is an option of the poll that is open.
type Choice struct {
	Letter, Text string
	Number       int
	Chosen       bool
}

// Choices are the options of the poll.
func (r Room) Choices() []Choice {
	var all []Choice
	for i, o := range r.Told.Poll.Options {
		all = append(all, Choice{Letter(i), o, i, slices.Contains(r.Told.Vote, i)})
	}
	return all
}

// Results are how the poll went.
func (r Room) Results() template.HTML {
	return Tally(r.Told.Poll, r.Told.Tally, r.Told.Voters, true)
}

// Chosen are the letters of the learner's own answer.
func (r Room) Chosen() string { return letters(r.Told.Vote) }

// RightOnes are the letters of the right options, "" where none is known.
func (r Room) RightOnes() string { return letters(r.Told.Poll.Right) }

// Right says whether the learner's answer is the right one.
func (r Room) Right() bool {
	mine, right := slices.Sorted(slices.Values(r.Told.Vote)), slices.Sorted(slices.Values(r.Told.Poll.Right))
	return slices.Equal(mine, right)
}

// letters are options in words: "A", "A and C", "A, B and C".
func letters(options []int) string {
	var all []string
	for _, o := range slices.Sorted(slices.Values(options)) {
		all = append(all, Letter(o))
	}
	if n := len(all); n > 1 {
		return strings.Join(all[:n-1], ", ") + " and " + all[n-1]
	}
	return strings.Join(all, "")
}

// clock is a time of day on the host's clock, as a reader has it without
// scripts; scripts make it the reader's own.
func clock(layout string) func(time.Time) string {
	return func(t time.Time) string { return t.Local().Format(layout) }
}
