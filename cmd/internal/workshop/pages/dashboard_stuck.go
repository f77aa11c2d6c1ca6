package pages

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"gokata/cmd/internal/workshop"
)

// stuckShown is how many of those who are stuck are shown; the table marks all.
const stuckShown = 24

// StuckList shows those who do not get on, the longest first, each with a way to
// send a hint.
func StuckList(all []workshop.StuckPerson, title func(kata string) string, name Naming) template.HTML {
	if len(all) == 0 {
		return nothing("Nobody is stuck.")
	}
	var b strings.Builder
	b.WriteString(`<ol class="stuck" data-ids="`)
	for i, s := range all {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(s.ID, 10) + ":" + html.EscapeString(s.Kata))
	}
	b.WriteString(`">`)
	for _, s := range all[:min(len(all), stuckShown)] {
		id, who := strconv.FormatInt(s.ID, 10), html.EscapeString(name(s.Learner))
		b.WriteString(`<li><a class="who" href="/instructor/learner/` + id + `">` + who + `</a>`)
		b.WriteString(`<span class="kata">` + html.EscapeString(title(s.Kata)) + `</span>`)
		b.WriteString(`<span class="why">` + html.EscapeString(why(s)) + `</span>`)
		b.WriteString(`<time data-since="` + strconv.FormatInt(s.Since.Unix(), 10) + `">since ` + timeOfDay(s.Since) + `</time>`)
		b.WriteString(`<a class="button plain" data-hint="` + id + `" data-who="` + who + `" href="/instructor/learner/` + id + `#hint" aria-label="Send a hint to ` + who + `">Hint</a></li>`)
	}
	b.WriteString("</ol>")
	if n := len(all) - stuckShown; n > 0 {
		b.WriteString(`<p class="quiet">and ` + strconv.Itoa(n) + " more: filter the table by “stuck”</p>")
	}
	return template.HTML(b.String())
}

// why says what holds somebody up.
func why(s workshop.StuckPerson) string {
	reason := s.Cell.Reason
	switch {
	case s.Cell.Attempts == 0:
		return "no check yet"
	case s.Why == "same failure" && s.Cell.Same == 1:
		return "✗ " + reason
	case s.Why == "same failure":
		return "✗ " + reason + ", " + strconv.Itoa(s.Cell.Same) + " times"
	case s.Cell.State == workshop.Unsure:
		return "? " + reason + ", no progress"
	}
	return "✗ " + reason + ", no progress"
}
