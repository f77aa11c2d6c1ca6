package pages

import (
	"fmt"
	"html/template"
	"strconv"

	"gokata/cmd/internal/workshop"
)

// Measures of the bars of reasons, in the units of their view box.
const (
	reasonWidth, reasonRow = 480, 20
	reasonLeft             = 150
	reasonsEach            = 5 // of a kata, at most
)

// Reasons draws why learners have not passed, for each kata: how many of them
// were told which reason last.
func Reasons(all []workshop.KataSummary, title func(kata string) string) template.HTML {
	largest, rows, katas := 0, 0, 0
	for _, k := range all {
		if len(k.Reasons) == 0 {
			continue
		}
		katas++
		rows += 1 + min(len(k.Reasons), reasonsEach)
		largest = max(largest, k.Reasons[0].Learners)
	}
	if katas == 0 {
		return nothing("No check has failed.")
	}
	var d drawing
	d.open(reasonWidth, rows*reasonRow+6, "reasons", "img", fmt.Sprintf("Reasons of those who have not passed, for %s; the numbers are in the table", quantity(katas, "kata")))
	g := newGrid("Kata", "Reason", "Learners")
	y := 0.0
	for _, k := range all {
		if len(k.Reasons) == 0 {
			continue
		}
		y += reasonRow
		d.text(0, y-5, "name", "start", title(k.Kata))
		for i, r := range k.Reasons {
			g.row(title(k.Kata), r.Reason, strconv.Itoa(r.Learners))
			if i >= reasonsEach {
				continue
			}
			y += reasonRow
			width := float64(r.Learners) / float64(largest) * (reasonWidth - reasonLeft - 44)
			d.text(reasonLeft-8, y-5, "quiet", "end", r.Reason)
			d.rect("bar", reasonLeft, y-reasonRow+4, width, reasonRow-6)
			d.text(reasonLeft+width+6, y-5, "count", "start", strconv.Itoa(r.Learners))
		}
	}
	return figure("Why not: the last reason of those who have not passed", d.close(), g.close())
}
