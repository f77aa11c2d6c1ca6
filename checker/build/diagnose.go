package build

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"path"
	"strconv"
	"strings"

	"gokata/checker/evidence"
)

// diagnose reads what the go command printed. Findings in the solution come
// as the compiler says them; where the compiler complains about our own files,
// the solution does not have the signatures that the kata asks for.
func diagnose(text string, p Part) []evidence.Finding {
	var found []evidence.Finding
	ours := ""
	for line := range strings.Lines(text) {
		file, n, col, msg, ok := located(strings.TrimRight(line, "\r\n"))
		if !ok {
			continue
		}
		dir, name := path.Split(file)
		switch path.Base(dir) {
		case "solution":
			found = append(found, evidence.Finding{
				Position: evidence.Position{File: name, Line: n, Column: col},
				Message:  msg, Source: Line(p.Solution[name], n),
			})
		case "hidden":
			if ours == "" {
				ours = msg
			}
		}
	}
	if len(found) == 0 && ours != "" {
		found = mismatches(p)
		if len(found) == 0 {
			found = []evidence.Finding{{Message: "the kata's tests do not compile against this solution: " + ours}}
		}
	}
	if len(found) > 0 {
		return found
	}
	for _, limit := range []struct{ said, means string }{
		{"cannot allocate memory", "the compiler ran out of memory"},
		{"out of memory", "the compiler ran out of memory"},
		{"signal: killed", "the compiler took too much time or memory"},
		{"CPU time limit exceeded", "the compiler took too much time"},
		{"file too large", "the program grew too large"},
	} {
		if strings.Contains(text, limit.said) {
			return tooMuch(limit.means)
		}
	}
	// Where memory ends, Go's runtime does not always find the words for it.
	at := strings.Contains(text, "# check/solution\n")
	for _, sign := range []string{"SIGSEGV", "fatal error: ", "internal compiler error"} {
		if at && strings.Contains(text, sign) {
			return tooMuch("the compiler crashed at this code, most often for want of memory")
		}
	}
	return nil
}

// tooMuch is what is wrong with code that the compiler does not come through.
func tooMuch(means string) []evidence.Finding {
	return []evidence.Finding{{Message: means + ": make the code simpler (huge arrays, deeply nested types)"}}
}

// located splits "[vet: ]file.go:line:col: message".
func located(s string) (file string, line, col int, msg string, ok bool) {
	s = strings.TrimPrefix(s, "vet: ")
	i := strings.Index(s, ".go:")
	if i < 0 || strings.HasPrefix(s, "#") {
		return "", 0, 0, "", false
	}
	file, rest := strings.ReplaceAll(s[:i+3], `\`, "/"), s[i+4:]
	num, rest, found := strings.Cut(rest, ":")
	line, err := strconv.Atoi(num)
	if !found || err != nil || line < 1 {
		return "", 0, 0, "", false
	}
	if num, after, found := strings.Cut(rest, ":"); found {
		if n, err := strconv.Atoi(num); err == nil && n >= 1 {
			col, rest = n, after
		}
	}
	return file, line, col, strings.TrimSpace(rest), true
}

// declaration is an exported declaration, as text that two files can share.
type declaration struct {
	text string
	at   evidence.Position
	made *ast.TypeSpec // where it is a type
}

// mismatches compares the exported declarations of the starter with the
// solution's.
func mismatches(p Part) []evidence.Finding {
	want, have := exported(p.Starter), exported(p.Solution)
	var found []evidence.Finding
	for _, name := range sorted(want) {
		w := want[name]
		h, ok := have[name]
		switch {
		case !ok:
			found = append(found, evidence.Finding{Message: fmt.Sprintf("%s is missing; this kata asks for: %s", name, w.text)})
		case h.text != w.text:
			found = append(found, evidence.Finding{Position: h.at, Source: Line(p.Solution[h.at.File], h.at.Line),
				Message: fmt.Sprintf("wrong signature: have %s, this kata asks for %s", h.text, w.text)})
		}
	}
	return found
}

// exported lists exported functions, methods and types by name, with the
// names of parameters left out, since they are no part of a signature.
func exported(files map[string][]byte) map[string]declaration {
	out := map[string]declaration{}
	for _, name := range sorted(files) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		add := func(id string, at token.Pos, text string, made *ast.TypeSpec) {
			pos := set.PositionFor(at, false)
			out[id] = declaration{text, evidence.Position{File: name, Line: pos.Line, Column: pos.Column}, made}
		}
		for _, d := range tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if !d.Name.IsExported() {
					continue
				}
				id, recv := d.Name.Name, ""
				if d.Recv != nil && len(d.Recv.List) == 1 {
					t := printed(d.Recv.List[0].Type)
					id, recv = strings.TrimPrefix(t, "*")+"."+id, "("+t+") "
				}
				anonymous(d.Type)
				add(id, d.Name.Pos(), "func "+recv+d.Name.Name+strings.TrimPrefix(printed(d.Type), "func"), nil)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if t, ok := s.(*ast.TypeSpec); ok && t.Name.IsExported() {
						text := "type " + t.Name.Name
						if _, isStruct := t.Type.(*ast.StructType); !isStruct { // fields are the learner's own
							text += " " + printed(t.Type)
						}
						add(t.Name.Name, t.Name.Pos(), text, t)
					}
				}
			}
		}
	}
	return out
}

// anonymous removes the names of parameters and results, however deep.
func anonymous(t *ast.FuncType) {
	for _, list := range []*ast.FieldList{t.Params, t.Results} {
		if list == nil {
			continue
		}
		var flat []*ast.Field
		for _, f := range list.List {
			for range max(1, len(f.Names)) {
				flat = append(flat, &ast.Field{Type: f.Type})
			}
			ast.Inspect(f.Type, func(n ast.Node) bool {
				if inner, ok := n.(*ast.FuncType); ok {
					anonymous(inner)
				}
				return true
			})
		}
		list.List = flat
	}
}

func printed(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
