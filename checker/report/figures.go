package report

import (
	"fmt"
	"strings"
)

// millis writes a duration in nanoseconds for the eye: "41.2 ms", "412 ms".
func millis(ns int64) string {
	switch ms := float64(ns) / 1e6; {
	case ns > 0 && ms < 0.05:
		return "<0.1 ms"
	case ms < 99.95:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 9999.5:
		return fmt.Sprintf("%.0f ms", ms)
	default:
		return fmt.Sprintf("%.1f s", ms/1e3)
	}
}

func factor(f float64) string  { return fmt.Sprintf("%.2f x", f) }
func percent(f float64) string { return fmt.Sprintf("%.0f %%", 100*f) }

// quantity writes how many of a thing there are: "1 round", "22 rounds".
func quantity(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// bar draws value to the scale of largest, which fills width cells. What is
// there at all is seen.
func (s symbols) bar(value, largest int64, width int) string {
	if value <= 0 || largest <= 0 || width <= 0 {
		return ""
	}
	steps := len(s.cells)
	length := int(float64(value)/float64(largest)*float64(width*steps) + 0.5)
	length = min(max(length, 1), width*steps)
	full := strings.Repeat(s.cells[steps-1], length/steps)
	if rest := length % steps; rest > 0 {
		return full + s.cells[rest-1]
	}
	return full
}
