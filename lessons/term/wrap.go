package term

import (
	"strings"
	"unicode/utf8"
)

// Wrap cuts s into lines of at most width columns, at spaces, beside wide
// characters as East Asian text does, and within a word only where the word
// alone is wider. Spaces where a line is cut go away; newlines in s stay. A
// style that is on where a line ends is closed there and opened again in the
// next. A width below 4, that of the widest character, counts as 4. The result
// has at least one line.
func Wrap(s string, width int) []string {
	width = max(width, widestRune)
	var out []string
	text := cells(s)
	for i := range text {
		if text[i].text == "\t" {
			text[i].text, text[i].width = " ", 1
		}
	}
	for _, line := range splitLines(text) {
		for _, l := range wrap(line, width) {
			out = append(out, join(l))
		}
	}
	return out
}

const widestRune = 4

// splitLines cuts cells at newlines, which it removes.
func splitLines(line []cell) [][]cell {
	var out [][]cell
	start := 0
	for i, c := range line {
		if c.text == "\n" {
			out = append(out, line[start:i])
			start = i + 1
		}
	}
	return append(out, line[start:])
}

// wrap cuts one line, without newlines, for a width that no cell exceeds.
func wrap(line []cell, width int) [][]cell {
	var (
		out     [][]cell
		current []cell
		used    int // columns of current
	)
	flush := func() {
		out = append(out, current)
		current, used = nil, 0
	}
	for len(line) > 0 {
		gap, word, rest := nextWord(line)
		line = rest
		gapWidth, wordWidth := widthOf(gap), widthOf(word)
		if len(word) == 0 { // spaces at the end
			break
		}
		fits := used+gapWidth+wordWidth <= width
		if !fits && len(current) > 0 {
			flush()
			gap, gapWidth = nil, 0
		}
		if gapWidth+wordWidth > width {
			gap = nil
		}
		if wordWidth > width {
			pieces := chopWord(word, width)
			out = append(out, pieces[:len(pieces)-1]...)
			word = pieces[len(pieces)-1]
			wordWidth = widthOf(word)
		}
		current = append(append(current, gap...), word...)
		used += widthOf(gap) + wordWidth
	}
	return append(out, current)
}

// nextWord splits line into spaces, the longest run after them in which no
// line may be cut, and the rest.
func nextWord(line []cell) (gap, word, rest []cell) {
	start := 0
	for start < len(line) && isSpace(line[start]) {
		start++
	}
	end := start
	for end < len(line) && !isSpace(line[end]) {
		end++
		if end < len(line) && mayCut(line[end-1], line[end]) {
			break
		}
	}
	return line[:start:start], line[start:end:end], line[end:]
}

func isSpace(c cell) bool { return c.text == " " }

// mayCut says whether a line may end between two cells that are no spaces:
// beside a wide one, unless that parts a bracket or a full stop from its text.
func mayCut(before, after cell) bool {
	if before.width < 2 && after.width < 2 || after.width == 0 {
		return false
	}
	const (
		neverFirst = "、。，．：；？！）」』】》〉〕ー々,.:;?!)]}%\"'”’…"
		neverLast  = "（「『【《〈〔([{\"'“‘"
	)
	first, _ := utf8.DecodeRuneInString(after.text)
	last, _ := utf8.DecodeLastRuneInString(before.text)
	return !strings.ContainsRune(neverFirst, first) && !strings.ContainsRune(neverLast, last)
}

// chop cuts a line wherever width ends, so that its pieces make the line again.
func chop(line []cell, width int) [][]cell {
	var out [][]cell
	start, used := 0, 0
	for i, c := range line {
		if used+c.width > width && used > 0 {
			out = append(out, line[start:i:i])
			start, used = i, 0
		}
		used += c.width
	}
	return append(out, line[start:])
}

// chopText cuts a line into pieces of at most first columns, and then of at most
// rest: after a space, where one stands in the second half of the piece.
func chopText(line []cell, first, rest int) [][]cell {
	var out [][]cell
	for width := first; widthOf(line) > width; width = rest {
		end := len(chop(line, width)[0])
		for i := end; i > end/2; i-- {
			if line[i-1].text == " " {
				end = i
				break
			}
		}
		out = append(out, line[:end:end])
		line = line[end:]
	}
	return append(out, line)
}

// chopWord cuts a word that is wider than width: after a sign that separates
// its parts, as in a path, where one stands in the second half of the line.
func chopWord(word []cell, width int) [][]cell {
	var out [][]cell
	for widthOf(word) > width {
		first := chop(word, width)[0]
		end := len(first)
		for i := end; i > end/2; i-- {
			if strings.Contains("/.-_,;:?&=#", word[i-1].text) {
				end = i
				break
			}
		}
		out = append(out, word[:end:end])
		word = word[end:]
	}
	return append(out, word)
}
