package quiz

import (
	"go/scanner"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Complete makes a Go program of a fragment: where it has no package clause,
// one is put before it, with the imports of the standard packages that it
// names. Header is the number of lines that were added, all of them in front.
func Complete(src string) (program string, header int) {
	f := scan(src)
	if f.packaged {
		return src, 0
	}
	var b strings.Builder
	b.WriteString("package main\n\n")
	if imports := f.imports(); len(imports) > 0 {
		b.WriteString("import (\n")
		for _, path := range imports {
			b.WriteString("\t" + strconv.Quote(path) + "\n")
		}
		b.WriteString(")\n\n")
	}
	head := b.String()
	return head + src, strings.Count(head, "\n")
}

// names is what the tokens of a fragment say about the packages it uses.
type names struct {
	packaged  bool            // it has a package clause
	imported  []string        // paths it imports itself
	selected  map[string]bool // x of x.Name
	otherwise map[string]bool // x that stands alone, so it is no package
}

func scan(src string) names {
	n := names{selected: map[string]bool{}, otherwise: map[string]bool{}}
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(src))
	s.Init(file, []byte(src), func(token.Position, string) {}, 0)
	var (
		before, last token.Token // the two tokens ahead of the current one
		name         string      // of last, where it is an identifier
		importing    bool
	)
	for first := true; ; first = false {
		_, tok, lit := s.Scan()
		if first && tok == token.PACKAGE {
			n.packaged = true
			return n
		}
		switch {
		case tok == token.IMPORT:
			importing = true
		case tok == token.FUNC || tok == token.TYPE || tok == token.VAR || tok == token.CONST:
			importing = false
		case importing && tok == token.STRING:
			if path, err := strconv.Unquote(lit); err == nil {
				n.imported = append(n.imported, path)
			}
		}
		if last == token.IDENT && before != token.PERIOD {
			if tok == token.PERIOD {
				n.selected[name] = true
			} else if tok != token.COLON { // a key of a composite literal
				n.otherwise[name] = true
			}
		}
		if tok == token.EOF {
			return n
		}
		before, last, name = last, tok, lit
	}
}

// imports lists the packages to import, sorted.
func (n names) imports() (out []string) {
	for name := range n.selected {
		path, ok := importPath(name)
		if ok && !n.otherwise[name] && !slices.Contains(n.imported, path) {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	return out
}

// importPath finds the package that a fragment means by a name. The list holds
// what a course on concurrency uses.
func importPath(name string) (path string, ok bool) {
	switch name {
	case "bufio", "bytes", "cmp", "context", "errors", "fmt", "io", "iter", "log", "maps", "math", "net", "os",
		"reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings", "sync", "syscall", "testing",
		"time", "unique", "unsafe", "weak":
		return name, true
	case "atomic":
		return "sync/atomic", true
	case "rand":
		return "math/rand/v2", true
	case "bits", "cmplx":
		return "math/" + name, true
	case "debug", "metrics", "pprof", "trace":
		return "runtime/" + name, true
	case "exec", "signal":
		return "os/" + name, true
	case "heap", "list", "ring":
		return "container/" + name, true
	case "http", "url", "netip":
		return "net/" + name, true
	case "httptest":
		return "net/http/httptest", true
	case "synctest":
		return "testing/synctest", true
	case "json", "binary", "hex":
		return "encoding/" + name, true
	case "sha256", "sha512", "md5":
		return "crypto/" + name, true
	case "utf8":
		return "unicode/utf8", true
	case "filepath":
		return "path/filepath", true
	}
	return "", false
}
