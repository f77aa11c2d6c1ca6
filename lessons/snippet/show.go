package snippet

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

const ellipsis = "…"

// declarations returns the source of top-level declarations, one after another
// with an empty line between, with their comments if documented is set.
func declarations(src string, names []string, documented bool) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", fmt.Errorf("does not parse: %w", err)
	}
	var parts []string
	for _, name := range names {
		decl, doc := find(file, name)
		if decl == nil {
			return "", fmt.Errorf("declares no %s", name)
		}
		start := decl.Pos()
		if documented && doc != nil {
			start = doc.Pos()
		}
		parts = append(parts, src[fset.Position(start).Offset:fset.Position(decl.End()).Offset])
	}
	return strings.Join(parts, "\n\n"), nil
}

// find looks for a function, method, type, variable or constant by name.
func find(file *ast.File, name string) (ast.Decl, *ast.CommentGroup) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.Name == name {
				return d, d.Doc
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					if s.Name.Name == name {
						return d, d.Doc
					}
				case *ast.ValueSpec:
					for _, id := range s.Names {
						if id.Name == name {
							return d, d.Doc
						}
					}
				}
			}
		}
	}
	return nil, nil
}

// elided reports whether the shown text is the full one with some runs of lines
// replaced by a line … each. Otherwise at is the first shown line, from 0, that
// does not fit.
func elided(full, shown string) (at int, ok bool) {
	have, want := textLines(full), textLines(shown)
	next, gap := 0, false
	for i := 0; i < len(want); {
		if isEllipsis(want[i]) {
			gap = true
			i++
			continue
		}
		end := i
		for end < len(want) && !isEllipsis(want[end]) {
			end++
		}
		// After a gap the segment may begin anywhere; one at the end must lie there.
		start, fit := next, 0
		for from := next; ; from++ {
			n := common(have[min(from, len(have)):], want[i:end])
			if n > fit {
				fit = n
			}
			if n == end-i && (end < len(want) || from+n == len(have)) {
				start = from
				break
			}
			if !gap || from >= len(have) {
				return min(i+fit, end-1), false
			}
		}
		next, i, gap = start+end-i, end, false
	}
	if !gap && next != len(have) {
		return max(len(want)-1, 0), false
	}
	return 0, true
}

func common(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func isEllipsis(line string) bool {
	line = strings.TrimSpace(line)
	return line == ellipsis || line == "// "+ellipsis
}

// textLines splits text into lines without space at their ends, and without
// empty lines around.
func textLines(text string) []string {
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	return lines
}
