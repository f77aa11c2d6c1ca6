package quiz

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// zeroFloor is how far an answer may be off where the right one is zero, which
// has no percentage.
const zeroFloor = 5 * time.Millisecond

// ParseTime reads a duration as people write it: a number and ms, s, us or µs,
// with or without a space between, or 0 alone.
func ParseTime(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	number := strings.TrimRight(text, "smuµμ")
	unit := text[len(number):]
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || math.IsNaN(v) || v < 0 || strings.ContainsAny(number, "xXpP_+-") {
		return 0, fmt.Errorf("%q is not a time: write a number and its unit, such as 200 ms", text)
	}
	scale := time.Duration(0)
	switch unit {
	case "us", "µs", "μs":
		scale = time.Microsecond
	case "ms":
		scale = time.Millisecond
	case "s":
		scale = time.Second
	case "":
		if v == 0 {
			return 0, nil
		}
		return 0, fmt.Errorf("%q has no unit: write %s ms, %s s or %s us", text, text, text, text)
	default:
		return 0, fmt.Errorf("%q has an unknown unit: use ms, s or us", text)
	}
	if v > float64(math.MaxInt64/scale)/2 {
		return 0, errors.New("that is more time than anybody has: check the unit")
	}
	return time.Duration(math.Round(v * float64(scale))), nil
}

// near reports whether an answer is close enough to the right time.
func (b *Blank) near(got time.Duration) bool {
	off := math.Abs(float64(got - b.Value))
	if b.Value == 0 {
		return off <= float64(zeroFloor)
	}
	return off <= b.Tolerance*float64(b.Value)
}

// times reads the table of a time question: each cell [200 ms] is a blank,
// named by its row and column. In the body, blanks are shown as ____.
func (p *parser) times(q *Question, before []block, tol float64) {
	body := strings.Split(string(q.Body), "\n")
	for _, b := range before {
		if b.kind != table {
			continue
		}
		head := cells(b.lines[0].text)
		for _, l := range b.lines[1:] {
			row := cells(l.text)
			for i, cell := range row {
				inner, ok := cutBrackets(cell)
				if !ok || i == 0 {
					continue
				}
				v, err := ParseTime(inner)
				if err != nil {
					p.errorf(l.no, "cell [%s]: %v", inner, err)
					continue
				}
				column := ""
				if i < len(head) {
					column = head[i]
				}
				q.Blanks = append(q.Blanks, Blank{
					Label: strings.TrimSpace(plain(row[0]) + " " + plain(column)), Line: l.no, Value: v, Tolerance: tol,
				})
				if k := l.no - q.BodyLine; k < len(body) {
					body[k] = strings.Replace(body[k], cell, "____", 1)
				}
			}
		}
	}
	if len(q.Blanks) == 0 {
		p.errorf(q.Line, "no time to fill in: kind=time wants a table with cells such as [200 ms]")
	}
	q.Body = []byte(strings.Join(body, "\n"))
}

// cells cuts a row of a table. The outer bars are not cells.
func cells(row string) []string {
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	out := strings.Split(row, "|")
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

func cutBrackets(cell string) (inner string, ok bool) {
	if len(cell) < 2 || cell[0] != '[' || cell[len(cell)-1] != ']' {
		return "", false
	}
	return strings.TrimSpace(cell[1 : len(cell)-1]), true
}

// formatTime writes a time so that ParseTime reads it back, up to a nanosecond
// of rounding: "0", "200 ms", "1.5 s".
func formatTime(d time.Duration) string {
	unit, scale := "us", time.Microsecond
	switch {
	case d == 0:
		return "0"
	case d >= time.Second:
		unit, scale = "s", time.Second
	case d >= time.Millisecond:
		unit, scale = "ms", time.Millisecond
	}
	return strconv.FormatFloat(float64(d)/float64(scale), 'f', -1, 64) + " " + unit
}
