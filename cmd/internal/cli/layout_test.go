package cli

import (
	"bytes"
	"strings"
	"testing"

	"gokata/cmd/internal/theme"
	lessonterm "gokata/lessons/term"
)

func TestSpreadKeepsToTheWidth(t *testing.T) {
	for _, left := range []string{"", "short", "ein längerer Text", "並行と並列", strings.Repeat("x", 38), "gokata · Concurrency vs Parallelism in Go"} {
		for _, right := range []string{"", "12 min", "░░░░░░░░░░  0 %"} {
			for line := range strings.Lines(spread(left, right, 40)) {
				if w := lessonterm.Width(strings.TrimSuffix(line, "\n")); w > 40 {
					t.Errorf("spread(%q, %q): %d columns", left, right, w)
				}
			}
		}
	}
}

func TestAChapterLineFitsEveryScreen(t *testing.T) {
	for width := 40; width <= 120; width++ {
		for line := range strings.Lines(chapterLine(" 3 GOMAXPROCS and the machine", theme.Theme{}.Bar(3, 10), "2 of 4 lessons · 12 of 30 questions (3 due)", width)) {
			if got := lessonterm.Width(strings.TrimSuffix(line, "\n")); got > width {
				t.Errorf("%d columns: %q is %d wide", width, line, got)
			}
		}
	}
}

func TestWhatComesNextFitsTheWindow(t *testing.T) {
	for width, want := range map[int]string{
		80: " Then   gokata check a    stuck?  gokata hint a\n",
		40: " Then   gokata check a\n stuck?  gokata hint a\n",
	} {
		var out bytes.Buffer
		a := &app{stdout: &out, out: theme.Theme{Width: width}}
		a.then("gokata check a", "stuck?", "gokata hint a")
		if out.String() != want {
			t.Errorf("%d columns: %q", width, out.String())
		}
	}
}
