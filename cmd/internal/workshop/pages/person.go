package pages

import (
	"html"
	"html/template"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gokata/cmd/internal/workshop"
	"gokata/lessons/gocode"
)

// Person is the page of one learner, for the instructor.
type Person struct {
	Plain   bool
	Now     time.Time
	Name    string // as it is shown
	Who     *workshop.Person
	Katas   []PersonKata
	History []Happening // the latest first
	Earlier int         // so many more
}

// PersonKata is how far a learner is with a kata, and what came with the last
// check of it.
type PersonKata struct {
	Slug, Title string
	Cell        *workshop.Cell
	Report      *CheckReport
	Unreadable  bool // a report came and is none
	Earlier     bool // report and files came with an earlier check than the last
	Files       []SourceFile
}

// SourceFile is code that a learner agreed to send.
type SourceFile struct {
	Name string
	Text template.HTML
	Cut  bool // there is more of it
}

// Happening is a result in a learner's history.
type Happening struct {
	At     time.Time
	Title  string // of the kata, lesson or question
	Result workshop.Result
}

// Write writes the page.
func (p Person) Write(w io.Writer) error {
	return render(w, Frame{
		Title: p.Name, Class: "dashboard person", Plain: p.Plain,
		Styles: []string{"charts.css", "dashboard.css", "person.css"}, Scripts: []string{"live.js", "acts.js"},
	}, "learner.html", p)
}

// Code is how much code a page can still show, in bytes: a learner's machine can
// send any, and colours take many times its size.
type Code struct{ shown, coloured int }

// NewCode is for one page.
func NewCode() *Code { return &Code{shown: 1 << 20, coloured: 128 << 10} }

// Sources are the files of a solution, Go in colours, as far as the page has room.
func (c *Code) Sources(files map[string]string) []SourceFile {
	var all []SourceFile
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := SourceFile{Name: plain(name)}
		text := files[name]
		if f.Cut = len(text) > c.shown; f.Cut {
			text = strings.ToValidUTF8(text[:c.shown], "")
		}
		c.shown -= len(text)
		inColours := path.Ext(name) == ".go" && len(text) <= c.coloured
		if inColours {
			c.coloured -= len(text)
		}
		f.Text = drawn(text, inColours)
		all = append(all, f)
	}
	return all
}

// drawn is code with what is not seen made visible, so that it is what it looks
// like.
func drawn(text string, inColours bool) template.HTML {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return -1
		case unicode.IsControl(r) && r != '\n' && r != '\t', unicode.Is(unicode.Cf, r):
			return utf8.RuneError
		}
		return r
	}, text)
	if !inColours {
		return template.HTML(html.EscapeString(text))
	}
	var b strings.Builder
	for _, s := range gocode.Spans(text) {
		if s.Class == "" {
			b.WriteString(html.EscapeString(s.Text))
		} else {
			b.WriteString(`<span class="` + string(s.Class) + `">` + html.EscapeString(s.Text) + "</span>")
		}
	}
	return template.HTML(b.String())
}

// Says is what happened, in words.
func (h Happening) Says() string {
	r := &h.Result
	switch r.Kind {
	case workshop.Started:
		return "began"
	case workshop.Hint:
		return "saw hint " + strconv.Itoa(r.Hint)
	case workshop.Solution:
		return "saw the solution"
	case workshop.Read:
		return "read"
	case workshop.Left:
		return "left"
	case workshop.Answered:
		if r.Right {
			return "✓ answered rightly"
		}
		return "✗ answered, not right"
	}
	text := map[string]string{"pass": "✓ passed", "fail": "✗ " + r.Reason, "inconclusive": "? " + r.Reason}[r.Verdict]
	if text == "" {
		text = "checked: " + r.Verdict + " " + r.Reason
	}
	if r.Speedup > 0 {
		text += ", " + factor(r.Speedup)
		if r.Attainable > 0 {
			text += " of " + factor(r.Attainable)
		}
		if r.CPUs > 0 {
			text += " on " + quantity(r.CPUs, "CPU")
		}
	}
	return text
}

// Symbol is that of the state of a kata.
func (k PersonKata) Symbol() string { return symbol(k.Cell.State) }

// Class is that of the state of a kata.
func (k PersonKata) Class() string { return stateClass(k.Cell.State) }

// Words says all of a kata in one sentence.
func (k PersonKata) Words() template.HTML { return template.HTML(cellWords(nil, k.Cell)) }

// figureOf is a figure of a report, which can be any number.
func figureOf(f float64) string {
	if f > -1e6 && f < 1e6 {
		return strconv.FormatFloat(f, 'f', 2, 64)
	}
	return strconv.FormatFloat(f, 'g', 3, 64)
}
