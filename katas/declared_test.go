package katas

import (
	"go/ast"
	"go/parser"
	"go/token"
	"testing"
)

func TestWhatAKataDeclaresCanBeReadWithoutItsStarter(t *testing.T) {
	for _, slug := range Slugs() {
		k, err := Load(slug)
		if err != nil {
			t.Fatal(err)
		}
		src, err := k.Declared()
		if err != nil {
			t.Fatal(err)
		}
		text := string(src)
		file, err := parser.ParseFile(token.NewFileSet(), "", src, 0)
		if err != nil {
			t.Errorf("%s: %v\n%s", k.Spec.Kata, err, text)
			continue
		}
		if file.Name.Name != k.Spec.Package {
			t.Errorf("%s: package %s, want %s", k.Spec.Kata, file.Name.Name, k.Spec.Package)
		}
		exported := 0
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			switch {
			case ok && f.Body != nil:
				t.Errorf("%s: the body of %s is shown:\n%s", k.Spec.Kata, f.Name.Name, text)
			case ok && f.Name.IsExported():
				exported++
			}
		}
		if exported == 0 {
			t.Errorf("%s: no function is exported:\n%s", k.Spec.Kata, text)
		}
	}
}
