package cli

import (
	"fmt"
	"strings"

	lessonterm "gokata/lessons/term"
)

// spread puts left and right at the two ends of a line, or right on a line of
// its own where both do not fit.
func spread(left, right string, width int) string {
	gap := width - lessonterm.Width(left) - lessonterm.Width(right)
	if gap < 2 {
		return strings.Join(lessonterm.Wrap(left, width), "\n") + "\n" + strings.Repeat(" ", max(0, width-lessonterm.Width(right))) + right
	}
	return left + strings.Repeat(" ", gap) + right
}

// indent wraps s to width and puts a space before each line, as every screen does.
func indent(s string, width int) string {
	return " " + strings.Join(lessonterm.Wrap(s, width-1), "\n ")
}

// then says which command comes next, and another for those who ask.
func (a *app) then(next, question, other string) {
	gap := "    "
	if len(" Then   "+next+gap+question+"  "+other) > a.out.Width {
		gap = "\n " // a narrow window: no word is cut
	}
	a.printf(" Then   %s%s%s  %s\n", a.out.Command(next), gap, question, a.out.Command(other))
}

// counted is "1 question", "6 questions".
func counted(n int, thing string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s", thing)
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
