package pages

import (
	"fmt"
	"html"
	"html/template"
	"strconv"

	"gokata/cmd/internal/workshop"
)

// states are those of a kata, in the order in which bars show them.
func states() []workshop.State {
	return []workshop.State{workshop.Passed, workshop.Unsure, workshop.Failed, workshop.Working, ""}
}

// symbol is the sign of a state, since its colour alone says nothing to some.
func symbol(s workshop.State) string {
	switch s {
	case workshop.Passed:
		return "✓"
	case workshop.Failed:
		return "✗"
	case workshop.Unsure:
		return "?"
	case workshop.Working:
		return "…"
	}
	return "·"
}

// stateWords is a state in words.
func stateWords(s workshop.State) string {
	switch s {
	case "":
		return "not begun"
	case workshop.Unsure:
		return "inconclusive"
	}
	return string(s)
}

// stateClass is the class of a state in the style sheet.
func stateClass(s workshop.State) string {
	if s == "" {
		return "unbegun"
	}
	return string(s)
}

// StatesOf counts the learners in each state of a kata; those who have not begun
// it count as well.
func StatesOf(people []*workshop.Person, kata string) map[workshop.State]int {
	n := map[workshop.State]int{}
	for _, p := range people {
		if c := p.Cells[kata]; c != nil {
			n[c.State]++
		} else {
			n[""]++
		}
	}
	return n
}

// Measures of a bar of states, in the units of its view box.
const barWidth, barHeight = 400, 26

// StateBar draws how a room is getting on with one kata, as one bar with a list
// that says the same.
func StateBar(n map[workshop.State]int, title string) template.HTML {
	picture := bar(n, title)
	if picture == "" {
		return nothing("Nobody has joined yet.")
	}
	list := `<ul class="states">`
	for _, s := range states() {
		list += fmt.Sprintf(`<li class="%s"><b>%s %d</b> %s</li>`, stateClass(s), symbol(s), n[s], html.EscapeString(stateWords(s)))
	}
	return picture + template.HTML(list+"</ul>")
}

// bar is a bar of states, nothing where nobody is there.
func bar(n map[workshop.State]int, title string) template.HTML {
	total := 0
	for _, count := range n {
		total += count
	}
	if total == 0 {
		return ""
	}
	var d drawing
	words := title + ":"
	for _, s := range states() {
		if n[s] > 0 {
			words += fmt.Sprintf(" %d %s,", n[s], stateWords(s))
		}
	}
	d.open(barWidth, barHeight, "states", "img", words[:len(words)-1])
	x := 0.0
	for _, s := range states() {
		width := float64(n[s]) / float64(total) * barWidth
		if width == 0 {
			continue
		}
		d.rect(stateClass(s), x, 0, width, barHeight)
		if text := symbol(s) + " " + strconv.Itoa(n[s]); width > 10+12*float64(len(text)-len(symbol(s))) {
			d.text(x+width/2, barHeight/2+6, "on-"+stateClass(s), "middle", text)
		}
		x += width
	}
	return d.close()
}

// stateKey says what the signs of bars mean.
func stateKey() template.HTML {
	list := `<ul class="states">`
	for _, s := range states() {
		list += fmt.Sprintf(`<li class="%s"><b>%s</b> %s</li>`, stateClass(s), symbol(s), html.EscapeString(stateWords(s)))
	}
	return template.HTML(list + "</ul>")
}
