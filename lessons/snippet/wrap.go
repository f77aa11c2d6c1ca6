package snippet

import (
	"go/parser"
	"go/token"
	"strings"

	"gokata/lessons/quiz"
)

// Wrap completes a fragment so that it compiles as a package: declarations
// stand as they are, statements go into a function. The caller fills in Name,
// File and Line.
func Wrap(src string) Program {
	program, header := quiz.Complete(src)
	if header == 0 { // it has a package clause
		return Program{Source: program}
	}
	// Another package than main is not linked, and needs no func main.
	program = strings.Replace(program, "package main", "package fragment", 1)
	if parses(program) {
		return Program{Source: program, Header: header}
	}
	lines := strings.SplitAfter(program, "\n")
	inner := strings.Join(lines[header:], "")
	inside := strings.Join(lines[:header], "") + "func _() {\n" + inner + "\n}\n"
	if parses(inside) || !declares(inner) {
		return Program{Source: inside, Header: header + 1, Loose: true}
	}
	return Program{Source: program, Header: header}
}

func parses(src string) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	return err == nil
}

// declares reports whether source that does not parse was meant as
// declarations, so that the compiler's message fits.
func declares(src string) bool {
	for _, word := range []string{"func ", "type ", "import "} {
		if strings.HasPrefix(src, word) || strings.Contains(src, "\n"+word) {
			return true
		}
	}
	return false
}
