package build

import (
	"strings"
	"testing"
)

func TestATypeThatTheKataHandsOverStaysWhatItIs(t *testing.T) {
	starter := source(`package tiny

type Counts map[rune]int
type Tree struct{ left, right *Tree }
type private []int
`)
	for _, c := range []struct {
		name, src string // after "package tiny", from line 2
		want      []told
	}{
		{"as it was", "type Counts map[rune]int\ntype Tree struct{}", nil},
		{"with other spaces", "type (\n\tCounts map[ rune ] int\n)", nil},
		{"an alias", "type Counts = map[rune]int", nil},
		{"with a method", "type Counts map[rune]int\nfunc (c Counts) String() string { return \"\" }", nil},
		{"a struct is the learner's own", "type Counts map[rune]int\ntype Tree struct{ int; up *Tree }", nil},
		{"so is what is not exported", "type Counts map[rune]int\ntype private map[int]int", nil},
		{"missing: the compiler's business", "type Tree struct{}", nil},
		{"another element", "type count int\ntype Counts map[rune]count", []told{{3, "wrong type: have type Counts map[rune]count"}}},
		{"another key", "type Counts map[string]int", []told{{2, "this kata asks for type Counts map[rune]int"}}},
		{"hides int", "type Counts map[rune]int\ntype int struct{}", []told{{3, "type int hides Go's own"}}},
		{"hides both", "type (\nint string\nrune string\n)\ntype Counts map[rune]int", []told{{4, "type rune hides"}, {3, "type int hides"}}},
		{"hides what it is not made of", "type Counts map[rune]int\ntype string []byte", nil},
		{"hides in a function", "type Counts map[rune]int\nfunc f() { type int string }", nil},
		{"does not parse", "type Counts map[", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Part{Starter: starter, Solution: source("package tiny\n" + c.src)}
			found := retyped(p)
			if len(found) != len(c.want) {
				t.Fatalf("%d findings, want %d: %+v", len(found), len(c.want), found)
			}
			for i, w := range c.want {
				f := found[i]
				if f.File != "tiny.go" || f.Line != w.line || !strings.Contains(f.Message, w.piece) || f.Source != Line(p.Solution["tiny.go"], w.line) {
					t.Errorf("%s:%d: %s (%q); want line %d: %s", f.File, f.Line, f.Message, f.Source, w.line, w.piece)
				}
			}
		})
	}
}
