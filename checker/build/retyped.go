package build

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"gokata/checker/evidence"
)

// retyped lists the types that the kata hands over and the solution has made
// into others, by declaring them anew or by hiding the names that they are made
// of. Both compile wherever the harness only ranges over a value, and let the
// solution run when its answer is written, outside of all clocks: by a method
// Format of what stands in a map, for one. Structs are the learner's own.
func retyped(p Part) []evidence.Finding {
	var found []evidence.Finding
	have, want := exported(p.Solution), exported(p.Starter)
	for _, name := range sorted(want) {
		w, h := want[name], have[name]
		if _, isStruct := structure(w.made); w.made == nil || isStruct || h.text == "" { // the compiler says what is missing
			continue
		}
		if h.text != w.text {
			found = append(found, evidence.Finding{Position: h.at, Source: Line(p.Solution[h.at.File], h.at.Line),
				Message: fmt.Sprintf("wrong type: have %s, this kata asks for %s", h.text, w.text)})
			continue
		}
		ast.Inspect(w.made.Type, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && types.Universe.Lookup(id.Name) != nil {
				if at, ok := declares(p.Solution, id.Name); ok {
					found = append(found, evidence.Finding{Position: at, Source: Line(p.Solution[at.File], at.Line),
						Message: fmt.Sprintf("type %s hides Go's own, of which %s is made: give it another name", id.Name, name)})
				}
			}
			return true
		})
	}
	return found
}

func structure(t *ast.TypeSpec) (*ast.StructType, bool) {
	if t == nil {
		return nil, false
	}
	s, ok := t.Type.(*ast.StructType)
	return s, ok
}

// declares says where a solution declares a type of that name for the whole
// package.
func declares(files map[string][]byte, name string) (evidence.Position, bool) {
	for _, file := range sorted(files) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, files[file], parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range tree.Decls {
			made, ok := d.(*ast.GenDecl)
			if !ok || made.Tok != token.TYPE {
				continue
			}
			for _, s := range made.Specs {
				if t := s.(*ast.TypeSpec); t.Name.Name == name {
					pos := set.PositionFor(t.Name.Pos(), false)
					return evidence.Position{File: file, Line: pos.Line, Column: pos.Column}, true
				}
			}
		}
	}
	return evidence.Position{}, false
}
