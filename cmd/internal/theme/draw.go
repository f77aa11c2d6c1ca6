package theme

import (
	"fmt"
	"strings"

	lessonterm "gokata/lessons/term"
)

// Pad fills s with spaces up to a display width.
func Pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-lessonterm.Width(s)))
}

// Percent rounds down, so that 100 means all.
func Percent(done, of int) int {
	if of == 0 {
		return 0
	}
	return done * 100 / of
}

// Bar draws how much of a whole is done, in ten cells. Where nothing is drawn it
// is empty: the figures stand beside it.
func (t Theme) Bar(done, of int) string {
	if t.Dumb {
		return ""
	}
	filled := Percent(done, of) / 10
	return strings.Repeat("▓", filled) + strings.Repeat("░", 10-filled)
}

// Sparkline draws values from 0 to most, one cell each. Where nothing is drawn
// it is the values.
func (t Theme) Sparkline(values []int, most int) string {
	if t.Dumb {
		return strings.Trim(fmt.Sprint(values), "[]")
	}
	steps := []rune("▁▂▃▄▅▆▇█")
	var b strings.Builder
	for _, v := range values {
		i := 0
		if most > 0 {
			i = min(len(steps)-1, max(0, v)*len(steps)/most)
		}
		b.WriteRune(steps[i])
	}
	return b.String()
}

// Sign is a sign where something is drawn, and the word for it elsewhere, which
// a screen reader says.
func (t Theme) Sign(sign, word string) string {
	if t.Dumb {
		return word
	}
	return sign
}

// Stripe is a bar of so many cells, or nothing where nothing is drawn.
func (t Theme) Stripe(cells int) string {
	if t.Dumb {
		return ""
	}
	return strings.Repeat("▇", max(0, cells))
}
