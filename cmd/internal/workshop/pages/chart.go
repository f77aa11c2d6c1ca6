package pages

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"math"
	"strconv"
)

// drawing is an SVG that is being written. Its colours are classes of the style
// sheet; its texts are escaped by text and title.
type drawing struct{ bytes.Buffer }

// open begins a picture. Its label says in words what it shows: the table beside
// it says the same in numbers. A picture whose parts are named, and not it alone,
// is a group.
func (d *drawing) open(width, height int, class, role, label string) {
	fmt.Fprintf(d, `<svg class="%s" viewBox="0 0 %d %d" role="%s" aria-label="%s">`, class, width, height, role, html.EscapeString(label))
}

func (d *drawing) close() template.HTML {
	d.WriteString("</svg>")
	return template.HTML(d.String())
}

// title names the element that was opened just now.
func (d *drawing) title(text string) {
	d.WriteString("<title>")
	d.WriteString(html.EscapeString(text))
	d.WriteString("</title>")
}

// text writes a text; anchor is start, middle or end.
func (d *drawing) text(x, y float64, class, anchor, text string) {
	fmt.Fprintf(d, `<text class="%s" x="%s" y="%s" text-anchor="%s">%s</text>`, class, number(x), number(y), anchor, html.EscapeString(text))
}

func (d *drawing) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(d, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, number(x1), number(y1), number(x2), number(y2))
}

func (d *drawing) rect(class string, x, y, width, height float64) {
	fmt.Fprintf(d, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, number(x), number(y), number(width), number(height))
}

// point is a place in a picture, in the units of its view box.
type point struct{ x, y float64 }

func (d *drawing) path(class string, points []point) {
	d.WriteString(`<path class="`)
	d.WriteString(class)
	d.WriteString(`" d="`)
	for i, p := range points {
		if i == 0 {
			d.WriteByte('M')
		} else {
			d.WriteByte('L')
		}
		d.number(p.x)
		d.WriteByte(' ')
		d.number(p.y)
	}
	d.WriteString(`"/>`)
}

// number writes a coordinate: a tenth is finer than anybody sees.
func (d *drawing) number(f float64) {
	var room [24]byte
	d.Write(strconv.AppendFloat(room[:0], math.Round(f*10)/10, 'f', -1, 64))
}

func number(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

// figure surrounds a picture with what it is called and a table that says the
// same, which is shown on demand.
func figure(caption string, picture, table template.HTML) template.HTML {
	return template.HTML("<figure><figcaption>"+html.EscapeString(caption)+"</figcaption>") + picture +
		"<details class=\"numbers\"><summary>Numbers</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
		template.HTML(html.EscapeString(caption)) + ", numbers\">" + table + "</div></details></figure>"
}

// grid writes a table of texts, the first of each row its head.
type grid struct{ bytes.Buffer }

func newGrid(head ...string) *grid {
	g := &grid{}
	g.WriteString("<table><thead><tr>")
	for _, h := range head {
		g.WriteString(`<th scope="col">` + html.EscapeString(h) + "</th>")
	}
	g.WriteString("</tr></thead><tbody>")
	return g
}

func (g *grid) row(cells ...string) {
	g.WriteString("<tr>")
	for i, c := range cells {
		if i == 0 {
			g.WriteString(`<th scope="row">` + html.EscapeString(c) + "</th>")
		} else {
			g.WriteString("<td>" + html.EscapeString(c) + "</td>")
		}
	}
	g.WriteString("</tr>")
}

func (g *grid) close() template.HTML {
	g.WriteString("</tbody></table>")
	return template.HTML(g.String())
}

// nothing stands where there is no picture yet.
func nothing(why string) template.HTML {
	return template.HTML(`<p class="quiet">` + html.EscapeString(why) + "</p>")
}

// factor is a speed-up as it is shown, "" where none was measured.
func factor(s float64) string {
	switch {
	case !(s > 0):
		return ""
	case s < 10:
		return strconv.FormatFloat(s, 'f', 2, 64)
	}
	return strconv.FormatFloat(s, 'f', 1, 64)
}

// quantity is a number of things: "1 learner", "2 learners".
func quantity(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
