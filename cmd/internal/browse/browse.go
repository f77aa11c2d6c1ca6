// Package browse is the list of the course as somebody moves through it: which
// lines there are, where the cursor is, what a key does. It knows no terminal:
//
//	items -> New -> Model -> Press(key) -> Model, Action
//	                      -> View(theme)  -> lines of the screen
package browse

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gokata/cmd/internal/tty"
)

// Kind says what an item is.
type Kind int

const (
	Chapter Kind = iota
	Lesson
	Question
	Kata
)

// State is how far somebody is with an item.
type State int

const (
	Todo   State = iota
	Done         // read, answered rightly, passed
	Failed       // answered wrongly the last time; tried and not passed
)

// Item is a line of the list. Items stand in the order of the course, those of
// a chapter behind it.
type Item struct {
	Kind      Kind
	ID, Title string
	State     State
	Due       bool     // for review
	Note      string   // more about its state, in a few words
	Topics    []string // that a search finds it by, too
	Done, Of  int      // of a chapter: what is done of it
}

// Filter chooses items.
type Filter int

const (
	All Filter = iota
	OnlyTodo
	OnlyDone
	OnlyFailed
	OnlyDue
	filters // how many there are
)

// Names are the filters as the screen shows them.
var Names = [filters]string{"all", "todo", "done", "failed", "due"}

// Action is what a key asks the caller to do.
type Action struct {
	Quit bool
	Open *Item // to show; nil is none
}

// Model is the list at one moment.
type Model struct {
	Items  []Item
	Filter Filter
	Search string // words that an item must contain; #topic asks for a topic
	Typing bool   // letters go to the search
	open   map[string]bool
	cursor int // an index of Items
	top    int // of the lines shown: an index of lines()
	rows   int // for items, as the last View had
}

// New makes the list with the cursor at the item of an id, whose chapter is open.
func New(items []Item, id string) Model {
	m := Model{Items: items, open: map[string]bool{}, rows: 10}
	chapter := ""
	for i, item := range items {
		if item.Kind == Chapter {
			chapter = item.ID
		}
		if item.ID == id {
			m.open[chapter] = true
			m.cursor = i
			break
		}
	}
	return m
}

// Refresh takes the items anew, after something was done.
func (m Model) Refresh(items []Item) Model {
	m.Items = items
	m.cursor = min(m.cursor, max(0, len(items)-1))
	return m
}

// lines are the indexes of the items that are shown.
func (m Model) lines() (shown []int) {
	choosing := m.Filter != All || m.Search != ""
	chapter := -1
	for i, item := range m.Items {
		if item.Kind == Chapter {
			chapter = i
			if !choosing {
				shown = append(shown, i)
			}
			continue
		}
		switch {
		case !choosing && m.open[m.Items[chapter].ID]:
			shown = append(shown, i)
		case choosing && m.matches(item):
			if len(shown) == 0 || shown[len(shown)-1] < chapter {
				shown = append(shown, chapter)
			}
			shown = append(shown, i)
		}
	}
	return shown
}

// matches says whether an item is chosen by filter and search.
func (m Model) matches(item Item) bool {
	switch m.Filter {
	case OnlyTodo:
		if item.State == Done {
			return false
		}
	case OnlyDone:
		if item.State != Done {
			return false
		}
	case OnlyFailed:
		if item.State != Failed {
			return false
		}
	case OnlyDue:
		if !item.Due {
			return false
		}
	}
	text := strings.ToLower(item.ID + " " + item.Title + " " + strings.Join(item.Topics, " "))
	for word := range strings.FieldsSeq(strings.ToLower(m.Search)) {
		if topic, ok := strings.CutPrefix(word, "#"); ok {
			if !slices.ContainsFunc(item.Topics, func(t string) bool { return strings.HasPrefix(strings.ToLower(t), topic) }) {
				return false
			}
		} else if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Press does what a key asks for.
func (m Model) Press(k tty.Key) (Model, Action) {
	if m.Typing {
		return m.typed(k), Action{}
	}
	switch k.Kind {
	case tty.Interrupt, tty.EOF:
		return m, Action{Quit: true}
	case tty.Escape:
		if m.Search == "" && m.Filter == All {
			return m, Action{Quit: true}
		}
		m.Search, m.Filter = "", All
	case tty.Up:
		return m.move(-1), Action{}
	case tty.Down:
		return m.move(1), Action{}
	case tty.PageUp:
		return m.move(-m.rows), Action{}
	case tty.PageDown:
		return m.move(m.rows), Action{}
	case tty.Home:
		return m.move(-len(m.Items)), Action{}
	case tty.End:
		return m.move(len(m.Items)), Action{}
	case tty.Right:
		return m.fold(true), Action{}
	case tty.Left:
		return m.fold(false), Action{}
	case tty.Enter:
		return m.enter()
	case tty.Tab:
		m.Filter = (m.Filter + 1) % filters
	case tty.Char:
		return m.letter(k.Rune)
	}
	return m.settle(), Action{}
}

func (m Model) letter(r rune) (Model, Action) {
	switch r {
	case 'q', 'Q':
		return m, Action{Quit: true}
	case 'j':
		return m.move(1), Action{}
	case 'k':
		return m.move(-1), Action{}
	case 'h':
		return m.fold(false), Action{}
	case 'l':
		return m.fold(true), Action{}
	case 'g':
		return m.move(-len(m.Items)), Action{}
	case 'G':
		return m.move(len(m.Items)), Action{}
	case ' ':
		return m.enter()
	case 'f':
		m.Filter = (m.Filter + 1) % filters
	case 'F':
		m.Filter = (m.Filter + filters - 1) % filters
	case '/':
		m.Typing, m.Search = true, ""
	case '#':
		m.Typing, m.Search = true, "#"
	}
	return m.settle(), Action{}
}

// typed changes the search.
func (m Model) typed(k tty.Key) Model {
	switch k.Kind {
	case tty.Char:
		m.Search += string(k.Rune)
	case tty.Backspace:
		if m.Search == "" {
			m.Typing = false
			break
		}
		_, size := utf8.DecodeLastRuneInString(m.Search)
		m.Search = m.Search[:len(m.Search)-size]
	case tty.DeleteWord, tty.DeleteLine:
		m.Search = ""
	case tty.Enter, tty.Down:
		m.Typing = false
	case tty.Escape, tty.Interrupt, tty.EOF:
		m.Typing, m.Search = false, ""
	}
	return m.settle()
}

// move moves the cursor over the lines that are shown.
func (m Model) move(by int) Model {
	lines := m.lines()
	if len(lines) == 0 {
		return m
	}
	at := min(max(m.at(lines)+by, 0), len(lines)-1)
	m.cursor = lines[at]
	return m.settle()
}

// at is the line of the cursor, or of what is shown next to it.
func (m Model) at(lines []int) int {
	at, exact := slices.BinarySearch(lines, m.cursor)
	if !exact && at == len(lines) {
		at--
	}
	return max(at, 0)
}

// settle puts the cursor on a line that is shown, and that line on the screen.
func (m Model) settle() Model {
	lines := m.lines()
	if len(lines) == 0 {
		m.top = 0
		return m
	}
	at := m.at(lines)
	if m.Typing && m.Items[lines[at]].Kind == Chapter && at+1 < len(lines) {
		at++ // what was searched for, not the chapter that it is in
	}
	m.cursor = lines[at]
	m.top = min(m.top, at, max(0, len(lines)-m.rows))
	m.top = max(m.top, at-m.rows+1)
	return m
}

// fold opens or shuts the chapter of the cursor.
func (m Model) fold(open bool) Model {
	if m.Filter != All || m.Search != "" || len(m.Items) == 0 {
		return m
	}
	i := m.cursor
	for i > 0 && m.Items[i].Kind != Chapter {
		i--
	}
	m.open = maps.Clone(m.open)
	m.open[m.Items[i].ID] = open
	if !open {
		m.cursor = i
	}
	return m.settle()
}

// enter opens a chapter or shuts it, and asks for anything else to be shown.
func (m Model) enter() (Model, Action) {
	lines := m.lines()
	if len(lines) == 0 {
		return m, Action{}
	}
	m = m.settle()
	item := m.Items[m.cursor]
	if item.Kind == Chapter {
		return m.fold(!m.open[item.ID]), Action{}
	}
	return m, Action{Open: &item}
}
