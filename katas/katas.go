// Package katas is the catalogue of katas: one folder each, embedded. To add a
// kata, add a folder; nothing is registered by hand.
//
//	<slug>/kata.md               front matter, brief, ## Hint 1 to 3,
//	                             ## Why this scales, and when it would not
//	<slug>/testdata/starter/     what the learner begins with, and a visible test
//	<slug>/testdata/solution/    the reference solution, the control of every check
//	<slug>/testdata/hidden/      package hidden: func Suite() probe.Suite
//	<slug>/testdata/wrong/NAME/  solutions that must fail, each for its reason
//
// Nothing is parsed before it is asked for.
package katas

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"gokata/checker/spec"
)

//go:embed */kata.md */testdata
var files embed.FS

// ErrUnknown is in the chain of Load's error for a slug that names no kata.
var ErrUnknown = errors.New("no such kata")

// Kata is one exercise. Brief, Hints and Commentary are Markdown.
type Kata struct {
	Spec       spec.Spec
	Title      string
	Chapter    string // id of its chapter
	Lesson     string // slug of the lesson that prepares for it
	Difficulty int    // 1 to 5
	Minutes    int    // a learner's time
	Brief      []byte
	Hints      [][]byte // three, graded
	Commentary []byte   // why the reference scales, and when it would not
	Wrong      []Wrong  // by name
	fsys       fs.FS    // the kata's testdata
}

// Wrong is a solution that must fail, and for what reason; several, as in
// "contended|slow-baseline", are those that are true at once, of which machines
// show the one or the other more clearly.
type Wrong struct {
	Name   string
	Reason string // of the contract: "serial", "wrong-answer", ...
}

// Variant is a folder of Go files of a kata.
type Variant string

// The variants that every kata has; see also WrongVariant.
const (
	Starter  Variant = "starter"
	Solution Variant = "solution"
	Hidden   Variant = "hidden"
)

// WrongVariant is the folder of the wrong solution of that name.
func WrongVariant(name string) Variant { return Variant("wrong/" + name) }

// Slugs lists all katas, sorted. It reads no file.
func Slugs() []string { return SlugsIn(files) }

// SlugsIn lists the katas of a folder such as that of this package, sorted:
// none where it cannot be read.
func SlugsIn(fsys fs.FS) []string {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, e.Name())
		}
	}
	return out
}

// Load reads one kata. An unknown slug gives an error that wraps ErrUnknown;
// any other error is a mistake in the kata's files and names file and line.
func Load(slug string) (*Kata, error) { return LoadFrom(files, slug) }

// LoadFrom is Load for a folder such as that of this package.
func LoadFrom(fsys fs.FS, slug string) (*Kata, error) { return load(fsys, slug) }

// Files returns the files of a variant, by name, such as "parallelsum.go".
func (k *Kata) Files(v Variant) (map[string][]byte, error) {
	entries, err := fs.ReadDir(k.fsys, string(v))
	if err != nil {
		return nil, fmt.Errorf("kata %s has no variant %s: %w", k.Spec.Kata, v, err)
	}
	out := make(map[string][]byte, len(entries))
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		b, err := fs.ReadFile(k.fsys, path.Join(string(v), e.Name()))
		if err != nil {
			return nil, err
		}
		out[e.Name()] = b
	}
	return out, nil
}
