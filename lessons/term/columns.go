package term

import "slices"

// fit shares room among the columns: their natural widths where these fit,
// otherwise whichever of two ways of sharing makes the table shorter. It
// returns nil where not even the words fit side by side.
func (t *table) fit(room int) []int {
	const longest, shortest = 30, 12 // of a word that is kept whole, if need be
	var natural, narrowest []int
	total := room + 1
	for limit := longest; total > room; limit-- {
		if limit < shortest {
			return nil
		}
		natural, narrowest = t.measure(limit)
		total = 0
		for _, width := range narrowest {
			total += width
		}
	}
	// The narrowest column first: short columns stay whole.
	even := share(natural, narrowest, room-total, func(a, b int, widths []int) bool {
		return widths[a] < widths[b]
	})
	// The one with the most lines first: long columns get the most.
	tall := share(natural, narrowest, room-total, func(a, b int, widths []int) bool {
		return natural[a]*widths[b] > natural[b]*widths[a]
	})
	if t.height(tall) < t.height(even) {
		return tall
	}
	return even
}

// measure returns, for each column, the width of its longest text, and of its
// longest word up to a limit, beyond which words are cut.
func (t *table) measure(limit int) (natural, narrowest []int) {
	natural = make([]int, len(t.align))
	narrowest = make([]int, len(t.align))
	for column := range t.align {
		natural[column], narrowest[column] = 1, 1
		for row := range t.rows {
			text := t.cell(row, column)
			natural[column] = max(natural[column], widthOf(text))
			for len(text) > 0 {
				_, word, rest := nextWord(text)
				narrowest[column] = max(narrowest[column], min(widthOf(word), limit))
				text = rest
			}
		}
	}
	return natural, narrowest
}

// share widens columns by spare in all, one by one, each time the first in the
// order of before that has not its natural width.
func share(natural, narrowest []int, spare int, before func(a, b int, widths []int) bool) []int {
	widths := slices.Clone(narrowest)
	for ; spare > 0; spare-- {
		next := -1
		for column := range widths {
			if widths[column] < natural[column] && (next < 0 || before(column, next, widths)) {
				next = column
			}
		}
		if next < 0 {
			break
		}
		widths[next]++
	}
	return widths
}

// height is the number of lines of all rows.
func (t *table) height(widths []int) int {
	height := 0
	for row := range t.rows {
		tallest := 0
		for column, width := range widths {
			tallest = max(tallest, len(wrap(t.cell(row, column), width)))
		}
		height += tallest
	}
	return height
}
