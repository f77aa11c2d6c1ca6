package cli

import (
	"fmt"
	"strings"

	lessonterm "gokata/lessons/term"
)

// pad fills s with spaces up to a display width.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-lessonterm.Width(s)))
}

// spread puts left and right at the two ends of a line, or right on a line of
// its own where both do not fit.
func spread(left, right string, width int) string {
	gap := width - lessonterm.Width(left) - lessonterm.Width(right)
	if gap < 2 {
		return left + "\n" + strings.Repeat(" ", max(0, width-lessonterm.Width(right))) + right
	}
	return left + strings.Repeat(" ", gap) + right
}

// indent wraps s to width and puts a space before each line, as every screen does.
func indent(s string, width int) string {
	return " " + strings.Join(lessonterm.Wrap(s, width-1), "\n ")
}

// bar draws how much of a whole is done, in ten cells.
func bar(done, of int) string {
	filled := 0
	if of > 0 {
		filled = done * 10 / of
	}
	return strings.Repeat("▓", filled) + strings.Repeat("░", 10-filled)
}

// percent rounds down, so that 100 means all.
func percent(done, of int) int {
	if of == 0 {
		return 0
	}
	return done * 100 / of
}

// counted is "1 question", "6 questions".
func counted(n int, thing string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", thing)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
