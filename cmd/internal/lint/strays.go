package lint

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gokata/katas"
)

// strays reports files that belong to nothing, and folders of a kata that its
// front matter does not name or that lack their file.
func (t *Tree) strays() {
	for _, k := range t.katas {
		slug, source := k.Spec.Kata, k.Spec.Package+".go"
		want := []string{
			"kata.md", "testdata/starter/" + source, "testdata/starter/" + k.Spec.Package + "_test.go", "testdata/solution/" + source,
		}
		for _, w := range k.Wrong {
			want = append(want, path.Join("testdata", string(katas.WrongVariant(w.Name)), source))
		}
		var got []string
		hidden := 0
		_ = fs.WalkDir(t.Root, path.Join("katas", slug), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			rest := strings.TrimPrefix(name, path.Join("katas", slug)+"/")
			got = append(got, rest)
			if path.Dir(rest) == "testdata/hidden" && path.Ext(rest) == ".go" {
				hidden++
				return nil
			}
			if !slices.Contains(want, rest) {
				t.problem(name, 1, "a stray file: a kata has kata.md, and in testdata the folders starter, solution, hidden, and wrong/NAME for each that its front matter names")
			}
			return nil
		})
		for _, name := range want {
			if !slices.Contains(got, name) {
				t.problem(path.Join("katas", slug, name), 1, "the file is missing")
			}
		}
		if hidden == 0 {
			t.problem(path.Join("katas", slug, "testdata/hidden"), 1, "there is no Go file: write func Suite() probe.Suite")
		}
		t.copies(k)
	}
	entries, _ := fs.ReadDir(t.Root, "katas")
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) != ".go" {
			t.problem(path.Join("katas", e.Name()), 1, "a stray file: only folders of katas and the package itself belong here")
		}
	}
	entries, _ = fs.ReadDir(t.Root, "content")
	for _, e := range entries {
		if name := e.Name(); !e.IsDir() && path.Ext(name) != ".go" || e.IsDir() && name != "frontmatter" && !numbered(name) {
			t.problem(path.Join("content", name), 1, "a stray: only NN-chapter folders, frontmatter and the package itself belong here")
		}
	}
}

// numbered says whether a folder is that of a chapter: NN-name.
func numbered(name string) bool {
	return len(name) > 3 && name[0] >= '0' && name[0] <= '9' && name[1] >= '0' && name[1] <= '9' && name[2] == '-'
}

// copies reports a starter or a wrong solution that is the reference.
func (t *Tree) copies(k *katas.Kata) {
	source := k.Spec.Package + ".go"
	reference, err := k.Files(katas.Solution)
	if err != nil {
		return // missing, which is said
	}
	variants := []katas.Variant{katas.Starter}
	for _, w := range k.Wrong {
		variants = append(variants, katas.WrongVariant(w.Name))
	}
	for _, v := range variants {
		if files, err := k.Files(v); err == nil && bytes.Equal(files[source], reference[source]) {
			t.problem(path.Join("katas", k.Spec.Kata, "testdata", string(v), source), 1, "the same code as the reference solution, which passes")
		}
	}
}
