package pages

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"

	"gokata/cmd/internal/workshop"
	"gokata/lessons/web"
)

// Letter names an option of a poll: A is the first.
func Letter(i int) string { return string(rune('A' + i)) }

// Tally shows the options of a poll, each with a bar of its answers where counts
// are given; right says whether those that are right are marked. The list says
// in text all that its bars show.
func Tally(p *workshop.Poll, counts []int, voters int, right bool) template.HTML {
	var d drawing
	d.WriteString(`<ol class="tally">`)
	for i, o := range p.Options {
		marked := right && slices.Contains(p.Right, i)
		if marked {
			d.WriteString(`<li class="right">`)
		} else {
			d.WriteString("<li>")
		}
		fmt.Fprintf(&d, `<span class="letter">%s</span><span class="option">%s`, Letter(i), web.Inline(o))
		if marked {
			d.WriteString(` <b class="mark">✓ right</b>`)
		}
		d.WriteString("</span>")
		if i < len(counts) {
			share := 0.0
			if voters > 0 {
				share = min(float64(counts[i])/float64(voters), 1)
			}
			d.WriteString(`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">`)
			d.rect("track", 0, 0, 100, 10)
			d.rect("bar", 0, 0, share*100, 10)
			fmt.Fprintf(&d, `</svg><span class="count">%s <small>%.0f %%</small></span>`, strconv.Itoa(counts[i]), share*100)
		}
		d.WriteString("</li>")
	}
	d.WriteString("</ol>")
	return template.HTML(d.String())
}
