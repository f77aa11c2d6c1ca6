package browse

import (
	"fmt"
	"strings"

	"gokata/cmd/internal/theme"
	lessonterm "gokata/lessons/term"
)

// around is how many lines of a screen are not items: title, filters, a blank
// one before and one after the items, and the keys.
const around = 5

// View draws the screen: at most height lines, none wider than the theme. The
// model that comes back knows how many lines there are.
func (m Model) View(t theme.Theme, title string, height int) (Model, []string) {
	m.rows = max(1, height-around)
	m = m.settle()
	cut := func(s string) string { return cutTo(s, t.Width-1) }
	screen := []string{cut(" " + t.Bold(title)), cut(m.filters(t)), ""}
	lines := m.lines()
	if len(lines) == 0 {
		screen = append(screen, cut(" Nothing is like that. Esc shows all."))
	}
	for i := m.top; i < min(m.top+m.rows, len(lines)); i++ {
		screen = append(screen, cut(m.line(t, m.Items[lines[i]], lines[i] == m.cursor)))
	}
	for len(screen) < height-2 {
		screen = append(screen, "")
	}
	return m, append(screen, "", cut(m.keys(t)))
}

// filters shows which filter is on, and what is searched for.
func (m Model) filters(t theme.Theme) string {
	var b strings.Builder
	for i, name := range Names {
		if Filter(i) == m.Filter {
			name = t.Bold("[" + name + "]")
		} else {
			name = " " + t.Dim(name) + " "
		}
		b.WriteString(" " + name)
	}
	switch {
	case m.Typing:
		b.WriteString("   /" + m.Search + "_")
	case m.Search != "":
		b.WriteString("   /" + m.Search)
	}
	return b.String()
}

func (m Model) keys(t theme.Theme) string {
	if m.Typing {
		return " " + t.Dim("type words or #topic; Enter keeps the search, Esc drops it")
	}
	key := func(key, does string) string { return t.Command(key) + " " + does }
	return " " + strings.Join([]string{
		key("↑↓", "move"), key("Enter", "open"), key("/", "search"), key("f", "filter"), key("←→", "fold"), key("q", "quit"),
	}, "  ")
}

// line is one item.
func (m Model) line(t theme.Theme, item Item, here bool) string {
	point := "  "
	if here {
		point = t.Bold("▸ ")
	}
	if item.Kind == Chapter {
		fold := "+"
		if m.open[item.ID] || m.Filter != All || m.Search != "" {
			fold = "-"
		}
		return fmt.Sprintf("%s%s %s %s", point, fold, theme.Pad(t.Bold(item.Title), min(30, t.Width-23)), t.Dim(fmt.Sprintf("%s %d %%", t.Bar(item.Done, item.Of), theme.Percent(item.Done, item.Of))))
	}
	kind := [...]string{Lesson: "lesson", Question: "question", Kata: "kata"}[item.Kind]
	text := fmt.Sprintf("%s    %s %s %s", point, m.mark(t, item), theme.Pad(kind, 8), lessonterm.Inline(item.Title, t.Markdown()))
	note := item.Note
	if item.Due {
		note = strings.TrimSpace("due " + note)
	}
	if note == "" {
		return text
	}
	// The note stands at the right, and the title gives way to it.
	room := t.Width - 1 - lessonterm.Width(note) - 2
	text = cutTo(text, max(room, 20))
	return theme.Pad(text, room) + "  " + t.Dim(note)
}

// cutTo cuts what is wider than so many columns, with a sign that it was cut.
func cutTo(s string, width int) string {
	if lessonterm.Width(s) <= width {
		return s
	}
	return strings.TrimRight(lessonterm.Wrap(s, width-1)[0], " ") + "…"
}

// mark is the state as a sign.
func (m Model) mark(t theme.Theme, item Item) string {
	switch item.State {
	case Done:
		return t.Good("✓")
	case Failed:
		return t.Bad("✗")
	}
	return "·"
}
