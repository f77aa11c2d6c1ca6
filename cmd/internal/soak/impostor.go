package soak

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gokata/checker"
	"gokata/checker/verdict"
	"gokata/katas"
)

// ErrImpostor is in the chain of the errors of Impostors: a folder does not
// say what it must get.
var ErrImpostor = errors.New("cannot read this impostor")

// Impostors lists the folders of dir as variants, in order of name. Comments
// before the package clause say what each must get:
//
//	// kata: letter-frequency
//	// want: tampered|serial
//
// Without a line for the kata it is the one among all whose package the files
// have, as for gokata check --dir.
func Impostors(dir string, all []*katas.Kata) ([]Variant, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrImpostor, err)
	}
	var out []Variant
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		v, err := impostor(filepath.Join(dir, e.Name()), all)
		if err != nil {
			return nil, err
		}
		v.Name = katas.Variant(filepath.Base(dir) + "/" + e.Name())
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: %s holds no folders", ErrImpostor, dir)
	}
	return out, nil
}

func impostor(folder string, all []*katas.Kata) (Variant, error) {
	files, err := checker.ReadDir(folder)
	if err != nil {
		return Variant{}, fmt.Errorf("%w: %w", ErrImpostor, err)
	}
	v := Variant{files: files}
	slug, pkg := "", ""
	for _, name := range slices.Sorted(maps.Keys(files)) {
		tree, err := parser.ParseFile(token.NewFileSet(), name, files[name], parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			return Variant{}, fmt.Errorf("%w: %s: %w", ErrImpostor, filepath.Join(folder, name), err)
		}
		pkg = tree.Name.Name
		if s, ok := said(tree, "kata"); ok {
			slug = s
		}
		if s, ok := said(tree, "want"); ok {
			for word := range strings.SplitSeq(s, "|") {
				v.Want = append(v.Want, verdict.Reason(strings.TrimSpace(word)))
			}
		}
	}
	if len(v.Want) == 0 || slices.Contains(v.Want, "") {
		return Variant{}, fmt.Errorf("%w: %s does not say what it must get; begin a Go file with a line such as // want: tampered|serial", ErrImpostor, folder)
	}
	at := slices.IndexFunc(all, func(k *katas.Kata) bool {
		return k.Spec.Kata == slug || slug == "" && k.Spec.Package == pkg
	})
	if at < 0 {
		return Variant{}, fmt.Errorf("%w: %s is for no kata; begin a Go file with a line such as // kata: letter-frequency", ErrImpostor, folder)
	}
	v.Kata = all[at]
	return v, nil
}

// said is what a comment "// key: text" before the package clause says.
func said(tree *ast.File, key string) (text string, ok bool) {
	for _, group := range tree.Comments {
		for _, c := range group.List {
			if after, found := strings.CutPrefix(c.Text, "// "+key+":"); found && c.Pos() < tree.Package {
				return strings.TrimSpace(after), true
			}
		}
	}
	return "", false
}
