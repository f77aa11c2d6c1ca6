package pages

import (
	"html"
	"html/template"
	"strconv"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// Column is a kata in the table of the room.
type Column struct{ Slug, Title, Chapter string }

// Table draws the room: learners down, katas across. Rows are written by hand
// and not by a template, since every result that comes in draws one.
type Table struct {
	Columns []Column
	Name    Naming
}

// Row appends the row of a learner. It holds nothing that changes by itself: the
// page's script lets times on task tick.
func (t *Table) Row(b []byte, p *workshop.Person) []byte {
	id := strconv.FormatInt(p.ID, 10)
	passed := 0
	for _, c := range p.Cells {
		if c.State == workshop.Passed {
			passed++
		}
	}
	b = append(b, `<tr id="l`...)
	b = append(b, id...)
	b = append(b, `" data-passed="`...)
	b = strconv.AppendInt(b, int64(passed), 10)
	b = append(b, `"><th scope="row"><a href="/instructor/learner/`...)
	b = append(b, id...)
	name := html.EscapeString(t.Name(p.Learner))
	b = append(append(append(b, `" title="`...), name...), `">`...)
	b = append(append(b, name...), "</a>"...)
	if p.Rehearsal {
		b = append(b, ` <abbr title="simulated by a rehearsal">sim</abbr>`...)
	}
	b = append(b, `</th><td class="total" title="`...)
	b = strconv.AppendInt(b, int64(p.Right), 10)
	b = append(b, " of "...)
	b = strconv.AppendInt(b, int64(p.Answered), 10)
	b = append(b, " answers right, "...)
	b = strconv.AppendInt(b, int64(p.Read), 10)
	b = append(b, ` lessons read">`...)
	b = strconv.AppendInt(b, int64(passed), 10)
	b = append(b, `</td><td class="at">`...)
	b = at(b, p)
	b = append(b, "</td>"...)
	for _, k := range t.Columns {
		b = cellOf(b, p.Cells[k.Slug])
	}
	return append(b, "</tr>"...)
}

// at says what a learner is working on, and since when.
func at(b []byte, p *workshop.Person) []byte {
	if p.Away() {
		return append(append(b, "left "...), timeOfDay(p.Left)...)
	}
	kata, c := p.Latest()
	if c == nil || c.State == workshop.Passed {
		return b
	}
	b = append(b, `<time data-since="`...)
	b = strconv.AppendInt(b, c.First.Unix(), 10)
	b = append(b, `">`...)
	b = append(b, timeOfDay(c.First)...)
	b = append(b, "</time> "...)
	return append(b, html.EscapeString(kata)...)
}

// cellOf appends a cell; one that was not begun is empty.
func cellOf(b []byte, c *workshop.Cell) []byte {
	if c == nil || c.State == "" {
		return append(b, "<td></td>"...)
	}
	b = append(b, `<td class="`...)
	b = append(b, c.State...)
	b = append(b, `" title="`...)
	b = cellWords(b, c)
	b = append(b, `">`...)
	b = append(b, symbol(c.State)...)
	switch {
	case c.State == workshop.Passed && c.Speedup > 0:
		b = append(append(b, ' '), factor(c.Speedup)...)
	case c.State == workshop.Failed, c.State == workshop.Unsure:
		b = append(b, ' ')
		b = strconv.AppendInt(b, int64(c.Attempts), 10)
	}
	return append(b, "</td>"...)
}

// cellWords says everything about a cell. Reasons are words: Result.Verify has
// seen to it; they are escaped all the same.
func cellWords(b []byte, c *workshop.Cell) []byte {
	b = append(b, stateWords(c.State)...)
	if c.State != workshop.Passed && c.Reason != "" && c.Reason != "ok" {
		b = append(append(b, ": "...), html.EscapeString(c.Reason)...)
		if c.Same > 1 {
			b = append(b, ", "...)
			b = strconv.AppendInt(b, int64(c.Same), 10)
			b = append(b, " times in a row"...)
		}
	}
	b = append(append(b, "; "...), quantity(c.Attempts, "attempt")...)
	if c.State == workshop.Passed {
		b = append(append(b, "; on task "...), Duration(c.OnTask(c.PassedAt))...)
	} else {
		b = append(append(b, "; begun "...), timeOfDay(c.First)...)
	}
	if c.Speedup > 0 {
		b = append(append(b, "; speed-up "...), factor(c.Speedup)...)
		if c.Attainable > 0 {
			b = append(append(b, " of "...), factor(c.Attainable)...)
			b = append(b, " attainable"...)
		}
		if c.CPUs > 0 {
			b = append(append(b, " on "...), quantity(c.CPUs, "CPU")...)
		}
	}
	if c.Hints > 0 {
		b = append(append(b, "; "...), quantity(c.Hints, "hint")...)
	}
	if c.Seen {
		b = append(b, "; solution seen"...)
	}
	return b
}

// Duration is how long something took, in minutes or hours.
func Duration(d time.Duration) string {
	minutes := int(d / time.Minute)
	switch {
	case minutes < 1:
		return "under 1 min"
	case minutes < 60:
		return strconv.Itoa(minutes) + " min"
	}
	return strconv.Itoa(minutes/60) + " h " + strconv.Itoa(minutes%60) + " min"
}

// Head is the head of the table: chapters over katas.
func (t *Table) Head() template.HTML {
	var b strings.Builder
	b.WriteString(`<colgroup><col class="name"><col class="total"><col class="at">`)
	for range t.Columns {
		b.WriteString(`<col class="kata">`)
	}
	b.WriteString(`<col></colgroup><thead><tr><th scope="col" rowspan="2">Learner</th><th scope="col" rowspan="2"><abbr title="katas passed">✓</abbr></th><th scope="col" rowspan="2">At</th>`)
	for i := 0; i < len(t.Columns); {
		n := i
		for n < len(t.Columns) && t.Columns[n].Chapter == t.Columns[i].Chapter {
			n++
		}
		b.WriteString(`<th scope="colgroup" class="chapter" colspan="` + strconv.Itoa(n-i) + `" title="` + html.EscapeString(t.Columns[i].Chapter) + `"><span>` + html.EscapeString(t.Columns[i].Chapter) + "</span></th>")
		i = n
	}
	b.WriteString("</tr><tr>")
	for _, k := range t.Columns {
		b.WriteString(`<th scope="col" class="kata" data-kata="` + html.EscapeString(k.Slug) + `" title="` + html.EscapeString(k.Title+" ("+k.Slug+")") + `">`)
		for word := range strings.SplitSeq(k.Slug, "-") {
			b.WriteString("<span>" + html.EscapeString(word) + "</span> ")
		}
		b.WriteString("</th>")
	}
	b.WriteString("</tr></thead>")
	return template.HTML(b.String())
}
