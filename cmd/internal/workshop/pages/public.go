package pages

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// JoinForm is the page at which a learner joins.
type JoinForm struct {
	Plain     bool
	Anonymous bool   // no name is asked for
	Name      string // as it was written
	Code      string
	Error     string // what was wrong with that
	Left      string // of somebody who has left: "kept" or "deleted" is what was sent
}

// Write writes the page.
func (j JoinForm) Write(w io.Writer) error {
	return render(w, Frame{Title: "Join the workshop", Class: "join", Scripts: []string{"join.js"}, Plain: j.Plain}, "join.html", j)
}

// LoginForm is the page at which the instructor logs in.
type LoginForm struct {
	Plain bool
	Error string
}

// Write writes the page.
func (l LoginForm) Write(w io.Writer) error {
	return render(w, Frame{Title: "Log in", Class: "login", Scripts: []string{"login.js"}, Plain: l.Plain}, "login.html", l)
}

// Privacy is the page that says what is kept of a learner.
type Privacy struct {
	Plain     bool
	Anonymous bool
	Source    bool // code is asked for
}

// Write writes the page.
func (p Privacy) Write(w io.Writer) error {
	return render(w, Frame{Title: "What is stored", Class: "privacy", Plain: p.Plain}, "privacy.html", p)
}

// Problem is a page that says what is wrong, and what to do next.
type Problem struct {
	Plain bool
	Title string
	Text  string // what is wrong
	Do    string // what to do
	Links []Link // where to do it, the first above all
}

// Link leads somewhere.
type Link struct{ Address, Text string }

// Write writes the page.
func (p Problem) Write(w io.Writer) error {
	return render(w, Frame{Title: p.Title, Class: "problem", Plain: p.Plain}, "error.html", p)
}

// sentence makes a sentence of an error.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return s
}
