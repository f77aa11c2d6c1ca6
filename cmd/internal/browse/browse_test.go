package browse

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/tty"
	lessonterm "gokata/lessons/term"
)

func course() []Item {
	return []Item{
		{Kind: Chapter, ID: "one", Title: "Two words", Done: 1, Of: 4},
		{Kind: Lesson, ID: "l1", Title: "Structure and execution", State: Done},
		{Kind: Question, ID: "q1", Title: "Is a `map` safe?", State: Failed, Due: true, Topics: []string{"races"}},
		{Kind: Kata, ID: "k1", Title: "Parallel sum", Note: "3 tries, last: serial", State: Failed},
		{Kind: Chapter, ID: "two", Title: "The scheduler", Of: 3},
		{Kind: Lesson, ID: "l2", Title: "Preemption"},
		{Kind: Question, ID: "q2", Title: "並行と並列 are two words", Topics: []string{"gomaxprocs", "races"}},
		{Kind: Kata, ID: "k2", Title: "Print in turn"},
	}
}

func key(k tty.Kind) tty.Key { return tty.Key{Kind: k} }

func typed(text string) (keys []tty.Key) {
	for _, r := range text {
		keys = append(keys, tty.Key{Kind: tty.Char, Rune: r})
	}
	return keys
}

func press(m Model, keys ...tty.Key) (Model, Action) {
	var a Action
	for _, k := range keys {
		m, a = m.Press(k)
	}
	return m, a
}

// ids are those of the lines that are shown.
func ids(m Model) string {
	var all []string
	for _, i := range m.lines() {
		all = append(all, m.Items[i].ID)
	}
	return strings.Join(all, " ")
}

func TestWhatIsShown(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []tty.Key
		want string
	}{
		{"the chapter of the place is open", nil, "one l1 q1 k1 two"},
		{"shut", []tty.Key{key(tty.Left)}, "one two"},
		{"shut and opened", []tty.Key{key(tty.Left), key(tty.Right)}, "one l1 q1 k1 two"},
		{"the other one opened with Enter", []tty.Key{key(tty.End), key(tty.Enter)}, "one l1 q1 k1 two l2 q2 k2"},
		{"todo", typed("f"), "one q1 k1 two l2 q2 k2"},
		{"done", typed("ff"), "one l1"},
		{"failed", typed("fff"), "one q1 k1"},
		{"due", typed("ffff"), "one q1"},
		{"all again", typed("fffff"), "one l1 q1 k1 two"},
		{"backwards", typed("F"), "one q1"},
		{"a search", typed("/print"), "two k2"},
		{"a search finds ids and topics", typed("/races"), "one q1 two q2"},
		{"a topic", typed("#goma"), "two q2"},
		{"two words, in any order and case", typed("/RACES map"), "one q1"},
		{"filter and search", append(append(typed("fff/"), typed("sum")...), key(tty.Enter)), "one k1"},
		{"nothing", typed("/xyz"), ""},
		{"a search that was dropped", append(typed("/xyz"), key(tty.Escape)), "one l1 q1 k1 two"},
		{"a letter taken back", append(typed("/printx"), key(tty.Backspace)), "two k2"},
	} {
		if m, _ := press(New(course(), "q1"), c.keys...); ids(m) != c.want {
			t.Errorf("%s: %s, want %s", c.name, ids(m), c.want)
		}
	}
}

func TestWhatKeysAskFor(t *testing.T) {
	for _, c := range []struct {
		name string
		keys []tty.Key
		open string
		quit bool
	}{
		{"Enter", []tty.Key{key(tty.Enter)}, "q1", false},
		{"down and Enter", []tty.Key{key(tty.Down), key(tty.Enter)}, "k1", false},
		{"far down is the last line", []tty.Key{key(tty.PageDown), key(tty.PageDown), key(tty.Right), key(tty.End), key(tty.Enter)}, "k2", false},
		{"on a chapter nothing is opened", []tty.Key{key(tty.Home), key(tty.Enter)}, "", false},
		{"a search, then Enter twice", append(typed("/turn"), key(tty.Enter), key(tty.Enter)), "k2", false},
		{"nothing there to open", append(typed("/xyz"), key(tty.Enter), key(tty.Enter)), "", false},
		{"q", typed("q"), "", true},
		{"q in a search is a letter", typed("/q"), "", false},
		{"Ctrl-C", []tty.Key{key(tty.Interrupt)}, "", true},
		{"Ctrl-D", []tty.Key{key(tty.EOF)}, "", true},
		{"Escape", []tty.Key{key(tty.Escape)}, "", true},
		{"Escape first ends a filter", append(typed("f"), key(tty.Escape)), "", false},
	} {
		_, a := press(New(course(), "q1"), c.keys...)
		open := ""
		if a.Open != nil {
			open = a.Open.ID
		}
		if open != c.open || a.Quit != c.quit {
			t.Errorf("%s: opens %q, quits %v", c.name, open, a.Quit)
		}
	}
}

// TestEveryViewFits presses keys at random on windows of any size.
func TestEveryViewFits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	kinds := []tty.Kind{tty.Up, tty.Down, tty.Left, tty.Right, tty.Home, tty.End, tty.PageUp, tty.PageDown, tty.Enter, tty.Escape, tty.Tab, tty.Backspace, tty.None}
	for range 200 {
		m := New(course(), "")
		for range 40 {
			k := key(kinds[r.IntN(len(kinds))])
			if r.IntN(3) == 0 {
				k = typed("fFjkgG/#races並 ")[r.IntN(14)]
			}
			m, _ = m.Press(k)
			width, height := theme.MinWidth+r.IntN(80), 1+r.IntN(30)
			var lines []string
			m, lines = m.View(theme.Theme{Width: width}, "Concurrency vs Parallelism in Go", height)
			if len(lines) > max(height, around+1) {
				t.Fatalf("%d lines on %d rows", len(lines), height)
			}
			points := 0
			for _, line := range lines {
				if w := lessonterm.Width(line); w > width {
					t.Fatalf("%d columns of %d: %q", w, width, line)
				}
				if strings.HasPrefix(line, "▸") {
					points++
				}
			}
			if want := min(1, len(m.lines())); points != want {
				t.Fatalf("%d lines have the cursor, want %d:\n%s", points, want, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestTheCursorStaysWhereItIsAfterARefresh(t *testing.T) {
	m, _ := press(New(course(), "q1"), key(tty.Down))
	items := course()
	items[3].State = Done
	m = m.Refresh(items)
	if _, a := m.Press(key(tty.Enter)); a.Open == nil || a.Open.ID != "k1" || a.Open.State != Done {
		t.Errorf("%+v", a.Open)
	}
	if m = m.Refresh(nil); len(m.lines()) != 0 {
		t.Error("lines of nothing")
	}
}

func TestPressDoesNotChangeTheModelBefore(t *testing.T) {
	m := New(course(), "q1")
	before := ids(m)
	m.Press(key(tty.Left))
	m.Press(tty.Key{Kind: tty.Char, Rune: 'f'})
	if ids(m) != before || !slices.Equal(m.lines(), New(course(), "q1").lines()) {
		t.Error("changed")
	}
}
