package katas

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gokata/checker/spec"
	"gokata/content/frontmatter"
)

// meta is the front matter of a kata.md.
type meta struct {
	Title      string            `yaml:"title"`
	Chapter    string            `yaml:"chapter"`
	Lesson     string            `yaml:"lesson"`
	Kind       spec.Kind         `yaml:"kind"`
	Compare    spec.Compare      `yaml:"compare"`
	Difficulty int               `yaml:"difficulty"`
	Minutes    int               `yaml:"minutes"`
	Limits     spec.Limits       `yaml:"limits"`
	Allow      []string          `yaml:"allow"`
	Godebug    []string          `yaml:"godebug"`
	Wrong      map[string]string `yaml:"wrong"`
}

func load(fsys fs.FS, slug string) (*Kata, error) {
	name := path.Join(slug, "kata.md")
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, slug)
	}
	m := meta{Compare: spec.Equal}
	body, line, err := frontmatter.Decode(name, src, &m)
	if err != nil {
		return nil, err
	}
	if key, msg := m.mistake(); msg != "" {
		head := src[:len(src)-len(body)]
		return nil, &frontmatter.Error{File: name, Line: lineOf(head, key), Msg: msg}
	}
	k := &Kata{
		Spec: spec.Spec{
			Kata: slug, Package: strings.ReplaceAll(slug, "-", ""),
			Lesson: m.Lesson, Kind: m.Kind, Compare: m.Compare, Limits: m.Limits,
			Allow: m.Allow, Godebug: m.Godebug,
		},
		Title: m.Title, Chapter: m.Chapter, Lesson: m.Lesson,
		Difficulty: m.Difficulty, Minutes: m.Minutes,
	}
	if k.fsys, err = fs.Sub(fsys, path.Join(slug, "testdata")); err != nil {
		return nil, err
	}
	for w, reason := range m.Wrong {
		k.Wrong = append(k.Wrong, Wrong{Name: w, Reason: reason})
	}
	slices.SortFunc(k.Wrong, func(a, b Wrong) int { return strings.Compare(a.Name, b.Name) })
	if at, msg := k.sections(body); msg != "" {
		return nil, &frontmatter.Error{File: name, Line: line + at, Msg: msg}
	}
	return k, nil
}

// mistake says which key of the front matter is wrong and why, or nothing.
func (m *meta) mistake() (key, msg string) {
	l := m.Limits
	switch {
	case m.Title == "":
		return "title", "title is missing"
	case m.Chapter == "":
		return "chapter", "chapter is missing"
	case m.Lesson == "":
		return "lesson", "lesson is missing"
	case !slices.Contains(spec.Kinds, m.Kind):
		return "kind", fmt.Sprintf("kind %q: want one of %q", m.Kind, spec.Kinds)
	case !slices.Contains([]spec.Compare{spec.Equal, spec.Near, spec.Reported}, m.Compare):
		return "compare", fmt.Sprintf("compare %q: want equal, near or reported", m.Compare)
	case (m.Kind == spec.Meter) != (m.Compare == spec.Reported):
		return "compare", fmt.Sprintf("kind %s with compare %s: meter and reported go together", m.Kind, m.Compare)
	case m.Difficulty < 1 || m.Difficulty > 5:
		return "difficulty", fmt.Sprintf("difficulty %d: want 1 to 5", m.Difficulty)
	case m.Minutes < 1:
		return "minutes", "minutes is missing: how long does a learner take?"
	case m.Kind == spec.Parallel && (l.Speedup <= 0 || l.Speedup > 1 || l.Inflation < 1):
		return "limits", "kind parallel: want limits speedup (above 0, at most 1) and inflation (at least 1)"
	case l.Parallelism != 0 && (m.Kind != spec.Parallel || l.Parallelism < 2 || l.Parallelism > 8):
		return "limits", fmt.Sprintf("limit parallelism %v: want a number from 2 to 8, with kind parallel", l.Parallelism)
	case (l.Goroutines != 0 || l.Started != 0) && (m.Kind != spec.Parallel || l.Goroutines < 0 || l.Started < 0):
		return "limits", "limits goroutines and started: want positive numbers, with kind parallel"
	case m.Kind == spec.Counted && l != (spec.Limits{}):
		return "limits", "kind counted has no limits here: the hidden cases hold them, in Task.Bounds"
	case slices.ContainsFunc(m.Godebug, func(s string) bool { return !strings.Contains(s, "=") }):
		return "godebug", fmt.Sprintf("godebug %q: want settings such as asyncpreemptoff=1", m.Godebug)
	case m.Kind == spec.Overlap && (l.InFlight < 2 || l.Waits < 1 || l.CPU <= 0):
		return "limits", "kind overlap: want limits in_flight (at least 2), waits (at least 1) and cpu (a duration)"
	case len(m.Wrong) < 3:
		return "wrong", fmt.Sprintf("%d wrong solutions: want at least 3, each with its reason", len(m.Wrong))
	}
	return "", ""
}

// lineOf is the line of head, counted from 1, that begins with key; 1 if none.
func lineOf(head []byte, key string) int {
	n := 1
	for line := range bytes.Lines(head) {
		if bytes.HasPrefix(line, []byte(key+":")) {
			return n
		}
		n++
	}
	return 1
}

// titles are the sections after the brief: the hints, and the commentary.
var titles = [...]string{"Hint 1", "Hint 2", "Hint 3", "Why this scales, and when it would not"}

// sections cuts the body at its second-level headings, which must be those of
// titles, in that order. A mistake is at a line of the body, counted from 0.
func (k *Kata) sections(body []byte) (at int, msg string) {
	parts := []part{{}} // the brief, then one for each title
	offset, line, fenced := 0, 0, false
	for l := range bytes.Lines(body) {
		if bytes.HasPrefix(l, []byte("```")) {
			fenced = !fenced
		}
		if title, ok := bytes.CutPrefix(l, []byte("## ")); ok && !fenced {
			title, n := string(bytes.TrimSpace(title)), len(parts)-1
			if n == len(titles) || title != titles[n] {
				return line, fmt.Sprintf("section %q: want %q, in this order", title, titles)
			}
			parts[n].end = offset
			parts = append(parts, part{start: offset + len(l), line: line})
		}
		offset += len(l)
		line++
	}
	parts[len(parts)-1].end = offset
	if n := len(parts) - 1; n < len(titles) {
		return line, fmt.Sprintf("section %q is missing", titles[n])
	}
	var texts [1 + len(titles)][]byte
	for i, p := range parts {
		texts[i] = bytes.TrimSpace(body[p.start:p.end])
		switch {
		case len(texts[i]) > 0:
		case i == 0:
			return 0, "the brief is missing: it stands between the front matter and Hint 1"
		default:
			return p.line, fmt.Sprintf("section %q is empty", titles[i-1])
		}
	}
	k.Brief, k.Hints, k.Commentary = texts[0], texts[1:4], texts[4]
	return 0, ""
}

// part is where a section lies in the body: its text in bytes, its heading as
// a line counted from 0.
type part struct{ start, end, line int }
