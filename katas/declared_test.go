package katas

import (
	"go/parser"
	"go/token"
	"strings"
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
		if _, err := parser.ParseFile(token.NewFileSet(), "", src, 0); err != nil {
			t.Errorf("%s: %v\n%s", k.Spec.Kata, err, text)
		}
		if !strings.HasPrefix(text, "package "+k.Spec.Package+"\n") || !strings.Contains(text, "\nfunc ") {
			t.Errorf("%s: no package or no function:\n%s", k.Spec.Kata, text)
		}
		if strings.Contains(text, "TODO") || strings.Contains(text, "\treturn") {
			t.Errorf("%s: a body is shown:\n%s", k.Spec.Kata, text)
		}
	}
}
