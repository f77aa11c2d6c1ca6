package quiz

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"gokata/content/frontmatter"
)

// Parse reads a quiz.md. File names it in questions and errors. Its front
// matter, with the one key title, may be missing.
func Parse(file string, src []byte) ([]*Question, error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	p := &parser{file: file, ids: map[string]int{}}
	body, first := src, 1
	if bytes.HasPrefix(src, []byte("---")) {
		var meta struct {
			Title string `yaml:"title"`
		}
		var err error
		if body, first, err = frontmatter.Decode(file, src, &meta); err != nil {
			return nil, err
		}
		if meta.Title == "" {
			p.errorf(1, "title is missing: write title: in the front matter, or leave the front matter out")
		}
	}
	for _, s := range p.sections(split(body, first)) {
		p.question(s)
	}
	if len(p.errs) > 0 {
		return nil, errors.Join(p.errs...)
	}
	return p.questions, nil
}

// parser gathers what one file holds.
type parser struct {
	file      string
	ids       map[string]int // line of each id
	questions []*Question
	errs      []error
}

func (p *parser) errorf(line int, format string, args ...any) {
	p.errs = append(p.errs, &frontmatter.Error{File: p.file, Line: line, Msg: fmt.Sprintf(format, args...)})
}

// line is one line of the file, without its line break.
type line struct {
	text string
	no   int
}

func split(src []byte, first int) []line {
	var out []line
	for text := range strings.Lines(string(src)) {
		out = append(out, line{strings.TrimRight(text, "\r\n"), first + len(out)})
	}
	return out
}

// section is a heading and the lines up to the next one.
type section struct {
	heading line
	lines   []line
}

// sections cuts the file at its second-level headings, which fenced code may
// hold too.
func (p *parser) sections(lines []line) []section {
	var (
		out    []section
		open   fence
		opened int // line where the fence was opened
		stray  bool
	)
	for _, l := range lines {
		if !open.inside() {
			opened = l.no
		}
		if open.step(l.text); !open.inside() && !open.closed {
			if level := headingLevel(l.text); level == 2 {
				out = append(out, section{heading: l})
				continue
			} else if level == 1 {
				p.errorf(l.no, "first-level heading: questions are second-level headings (##), and the title stands in the front matter")
				continue
			} else if strings.HasPrefix(l.text, "##") && level == 0 {
				p.errorf(l.no, "heading without a space: write one after the last #")
				continue
			}
		}
		if len(out) > 0 {
			last := &out[len(out)-1]
			last.lines = append(last.lines, l)
		} else if strings.TrimSpace(l.text) != "" && !stray {
			stray = true
			p.errorf(l.no, "text before the first question is never shown: begin with a heading ## Question {#id kind=…}")
		}
	}
	if open.inside() {
		p.errorf(opened, "this code fence is never closed: end it with a line %s", open.marker)
	}
	return out
}

// headingLevel is the number of # that begin a heading, or 0.
func headingLevel(text string) int {
	rest := trimIndent(text)
	n := len(rest) - len(strings.TrimLeft(rest, "#"))
	if n == 0 || n > 6 || n < len(rest) && rest[n] != ' ' && rest[n] != '\t' {
		return 0
	}
	return n
}

// trimIndent removes the up to three spaces that Markdown allows before a
// block; more make indented code, which is returned as it is.
func trimIndent(text string) string {
	rest := strings.TrimLeft(text, " ")
	if len(text)-len(rest) > 3 {
		return text
	}
	return rest
}

// fence follows fenced code from line to line.
type fence struct {
	marker string // what closes it; empty outside
	info   string // of the opening line
	closed bool   // the line just read closed it
}

func (f *fence) inside() bool { return f.marker != "" }

// step reads one line.
func (f *fence) step(text string) {
	f.closed = false
	rest := trimIndent(text)
	if f.inside() {
		end := strings.TrimRight(rest, " \t")
		if len(end) >= len(f.marker) && strings.Trim(end, f.marker[:1]) == "" {
			f.marker, f.closed = "", true
		}
		return
	}
	for _, c := range []string{"`", "~"} {
		n := len(rest) - len(strings.TrimLeft(rest, c))
		if n >= 3 && (c == "~" || !strings.Contains(rest[n:], "`")) {
			f.marker, f.info = rest[:n], strings.TrimSpace(rest[n:])
		}
	}
}

// question parses one section, and keeps it where it holds no mistake.
func (p *parser) question(s section) {
	before := len(p.errs)
	q := &Question{File: p.file, Line: s.heading.no}
	tol := p.heading(q, s.heading)
	if q.Kind == "" {
		return // without a kind, nothing more can be said of the section
	}
	p.assemble(q, p.blocks(s.lines), s.lines, tol)
	if len(p.errs) == before {
		p.questions = append(p.questions, q)
	}
}
