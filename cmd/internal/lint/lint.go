// Package lint checks the sources of the course without running anything:
// what can be seen by reading. What has to be run, gokata course test runs.
//
//	source tree -> Load (catalogue, katas) -> one function a rule -> problems
//
// Each rule is a function of the tree that reports what it finds; Run calls
// them all. A problem names file and line, and says what to do.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gokata/content/frontmatter"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/snippet"
)

// Problem is a mistake in a file of the course. File is a path from the root
// of the tree.
type Problem = frontmatter.Error

// Tree is a source tree of the course, and what was read from it.
type Tree struct {
	Root   fs.FS // holds content and katas
	Goroot fs.FS // the source of the Go toolchain, to look up sources in; nil: not looked up
	course *lessons.Course
	katas  []*katas.Kata
	found  []*Problem
}

// ErrNoTree is in the chain of Run's error for a folder without content and
// katas.
var ErrNoTree = errors.New("no source tree of the course")

// Run reads the tree and applies every rule. Problems are sorted by file and
// line. The error is for what cannot be read at all.
func Run(t *Tree) ([]*Problem, error) {
	if err := t.load(); err != nil {
		return nil, err
	}
	if t.course != nil { // else the catalogue itself is broken, and that is said
		t.add(t.course.Check())
		_, err := snippet.Collect(t.course, t.content())
		t.add(err)
		t.lengths()
		t.mix()
		t.mentions()
		t.stale()
		t.sources()
	}
	t.strays()
	slices.SortStableFunc(t.found, func(a, b *Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, strings.Compare(a.Msg, b.Msg))
	})
	return slices.CompactFunc(t.found, func(a, b *Problem) bool { return *a == *b }), nil
}

// Katas are the katas of a tree that Run has read.
func (t *Tree) Katas() []*katas.Kata { return t.katas }

func (t *Tree) content() fs.FS { return sub(t.Root, "content") }

func sub(fsys fs.FS, dir string) fs.FS {
	s, err := fs.Sub(fsys, dir)
	if err != nil {
		panic(err) // the names are constants
	}
	return s
}

func (t *Tree) load() error {
	for _, dir := range []string{"content", "katas"} {
		if _, err := fs.ReadDir(t.Root, dir); err != nil {
			return fmt.Errorf("%w: %w", ErrNoTree, err)
		}
	}
	dir := sub(t.Root, "katas")
	var refs []lessons.KataRef
	for _, slug := range katas.SlugsIn(dir) {
		k, err := katas.LoadFrom(dir, slug)
		if err != nil {
			t.add(err)
			continue
		}
		t.katas = append(t.katas, k)
		refs = append(refs, lessons.KataRef{Slug: slug, Chapter: k.Chapter, Lesson: k.Lesson, File: path.Join("katas", slug, "kata.md")})
	}
	course, err := lessons.Load(t.content(), refs)
	t.add(err)
	if err == nil {
		t.course = course
	}
	return nil
}

// problem reports one mistake.
func (t *Tree) problem(file string, line int, format string, args ...any) {
	t.found = append(t.found, &Problem{File: file, Line: max(line, 1), Msg: fmt.Sprintf(format, args...)})
}

// add reports the mistakes that an error joins.
func (t *Tree) add(err error) {
	if err == nil {
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			t.add(e)
		}
		return
	}
	var p *Problem
	if !errors.As(err, &p) {
		t.problem(".", 1, "%v", err)
		return
	}
	if file := path.Join("katas", p.File); strings.HasSuffix(p.File, "/kata.md") && !strings.HasPrefix(p.File, "katas/") {
		p = &Problem{File: file, Line: p.Line, Msg: p.Msg} // a kata knows its own folder only
	}
	t.found = append(t.found, p)
}
