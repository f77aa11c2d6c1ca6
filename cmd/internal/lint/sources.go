package lint

import (
	"bytes"
	"io/fs"
	"regexp"
	"strings"
)

var (
	goFile   = regexp.MustCompile(`\bsrc/([a-z0-9_./-]+\.(?:go|s|md|html))`)
	function = regexp.MustCompile(`\bfunc (?:\(\*?[A-Za-z]+(?:\[[^\]]*\])?\) )?([A-Za-z_][A-Za-z0-9_]*)`)
)

// sources reports lessons without a source, and looks up what the course refers
// to in the source of Go: that the file is there, and that it has the functions
// which are named right behind it.
func (t *Tree) sources() {
	for _, ch := range t.course.Chapters {
		for _, l := range ch.Lessons {
			if len(l.Sources) == 0 {
				t.problem(l.File, 1, "the lesson has no sources: name in its front matter where it can be checked")
			}
			for _, s := range l.Sources {
				t.source(l.File, 1, s)
			}
		}
	}
	for _, p := range t.pages() {
		for _, l := range p.lines {
			t.source(p.file, l.no, l.text)
		}
	}
}

// source checks one text.
func (t *Tree) source(file string, no int, text string) {
	if t.Goroot == nil {
		return
	}
	at := goFile.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		name := text[m[0]:m[1]]
		src, err := fs.ReadFile(t.Goroot, name)
		if err != nil {
			t.problem(file, no, "the source of Go has no %s", name)
			continue
		}
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		// Functions are named in the same clause: to the next full stop.
		behind, _, _ := strings.Cut(text[m[1]:end], ". ")
		for _, f := range function.FindAllStringSubmatch(behind, -1) {
			if !defines(src, f[1]) {
				t.problem(file, no, "%s has no func %s", name, f[1])
			}
		}
	}
}

// defines says whether a Go or assembly file defines a function or method.
func defines(src []byte, name string) bool {
	for _, head := range []string{"func " + name + "(", "func " + name + "[", ") " + name + "(", "·" + name + "("} {
		if bytes.Contains(src, []byte(head)) {
			return true
		}
	}
	return false
}
