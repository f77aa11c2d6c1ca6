package katas

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"slices"
	"strings"
)

// Declared is what a solution must declare and what it is given, as Go source
// without bodies: the package clause, and the types and functions of the
// starter with what is said of them.
func (k *Kata) Declared() ([]byte, error) {
	starter, err := k.Files(Starter)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "package %s\n", k.Spec.Package)
	for _, name := range sortedNames(starter) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, starter[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("kata %s: %w", k.Spec.Kata, err)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				d.Body = nil
			case *ast.GenDecl:
				if d.Tok != token.TYPE {
					continue
				}
			}
			b.WriteString("\n")
			// Of the comments those count that belong to the declaration.
			if err := printer.Fprint(&b, set, &printer.CommentedNode{Node: d, Comments: commentsOf(file, d)}); err != nil {
				return nil, fmt.Errorf("kata %s: %w", k.Spec.Kata, err)
			}
			b.WriteString("\n")
		}
	}
	return b.Bytes(), nil
}

// commentsOf are the comments of a declaration: what stands before it, and what
// is inside of a type.
func commentsOf(file *ast.File, d ast.Decl) (list []*ast.CommentGroup) {
	doc := func() *ast.CommentGroup {
		switch d := d.(type) {
		case *ast.FuncDecl:
			return d.Doc
		case *ast.GenDecl:
			return d.Doc
		}
		return nil
	}()
	for _, c := range file.Comments {
		if c == doc || c.Pos() >= d.Pos() && c.End() <= d.End() {
			list = append(list, c)
		}
	}
	return list
}

func sortedNames(files map[string][]byte) []string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
