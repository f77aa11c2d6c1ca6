package soak

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gokata/checker/verdict"
	"gokata/katas"
)

func TestAVerdictIsRightFalseOrLeftOpen(t *testing.T) {
	starter, solution := Variant{}, Variant{Want: []verdict.Reason{verdict.OK}}
	wrong := Variant{Want: []verdict.Reason{verdict.Serial, verdict.Imbalanced}}
	either := Variant{Want: []verdict.Reason{verdict.Underused, verdict.OK}}
	for _, c := range []struct {
		name    string
		variant Variant
		outcome verdict.Outcome
		reason  verdict.Reason
		want    Kind
	}{
		{"the reference passes", solution, verdict.Pass, verdict.OK, Right},
		{"the reference fails", solution, verdict.Fail, verdict.Serial, FalseFail},
		{"the starter fails for any reason", starter, verdict.Fail, verdict.WrongAnswer, Right},
		{"the starter passes", starter, verdict.Pass, verdict.OK, FalsePass},
		{"a wrong solution fails for its reason", wrong, verdict.Fail, verdict.Serial, Right},
		{"or for its second one", wrong, verdict.Fail, verdict.Imbalanced, Right},
		{"a wrong solution fails for another reason", wrong, verdict.Fail, verdict.Race, OtherReason},
		{"a wrong solution passes", wrong, verdict.Pass, verdict.OK, FalsePass},
		{"what may pass or fail passes", either, verdict.Pass, verdict.OK, Right},
		{"and fails", either, verdict.Fail, verdict.Underused, Right},
		{"and fails for another reason", either, verdict.Fail, verdict.Serial, OtherReason},
		{"noise is no verdict", wrong, verdict.Inconclusive, verdict.NoisyMachine, Inconclusive},
		{"nor is it for the reference", solution, verdict.Inconclusive, verdict.NoisyMachine, Inconclusive},
		{"an error is no verdict", wrong, verdict.Error, verdict.Internal, Broken},
		{"nor is nothing at all", solution, "", "", Broken},
	} {
		if got := c.variant.Judge(verdict.Verdict{Outcome: c.outcome, Reason: c.reason}); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestAClassIsReadAsItIsWritten(t *testing.T) {
	for _, want := range [][]verdict.Reason{nil, {verdict.OK}, {verdict.Serial}, {verdict.Tampered, verdict.Serial}} {
		v := Variant{Want: want}
		if got := parseClass(v.Class()); !slices.Equal(got.Want, want) {
			t.Errorf("%v: class %s, read as %v", want, v.Class(), got.Want)
		}
	}
}

// classes are the programs of MEASURING.md.
const classes = "../../../checker/testdata/classes"

func all(t *testing.T) (list []*katas.Kata) {
	t.Helper()
	for _, slug := range katas.Slugs() {
		k, _ := loaded(t, slug)
		list = append(list, k)
	}
	return list
}

func TestTheProgramsOfTheClassesSayWhatTheyMustGet(t *testing.T) {
	variants, err := Impostors(classes, all(t))
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Variant{}
	for _, v := range variants {
		byName[string(v.Name)] = v
		if v.Kata.Spec.Kata != "letter-frequency" {
			t.Errorf("%s is for %s", v.Name, v.Kata.Spec.Kata)
		}
		if files, err := v.Files(); err != nil || len(files) != 1 {
			t.Errorf("%s: %d files, %v", v.Name, len(files), err)
		}
	}
	if got := byName["classes/sleeps-at-one"].Class(); got != "tampered|serial" {
		t.Errorf("sleeps-at-one: class %q", got)
	}
	if v := byName["classes/parallel"]; !v.MayPass() || v.MayFail() {
		t.Errorf("parallel: %+v", v.Want)
	}
}

func TestAnImpostorSaysWhatItIs(t *testing.T) {
	for _, c := range []struct {
		name, src string
		kata      string // "": refused
		says      string // of the class, or of the error
	}{
		{"the kata by its name", "// kata: parallel-sum\n// want: serial\n\npackage letterfrequency\n", "parallel-sum", "serial"},
		{"the kata by its package", "// want: tampered | serial\n\npackage letterfrequency\n", "letter-frequency", "tampered|serial"},
		{"no verdict", "package letterfrequency\n", "", "does not say what it must get"},
		{"an empty verdict", "// want: serial|\n\npackage letterfrequency\n", "", "does not say what it must get"},
		{"a verdict after the package clause", "package letterfrequency\n\n// want: serial\n", "", "does not say what it must get"},
		{"an unknown kata", "// kata: parallel-som\n// want: ok\n\npackage parallelsum\n", "", "is for no kata"},
		{"an unknown package", "// want: ok\n\npackage nothing\n", "", "is for no kata"},
		{"no Go", "// want: ok\n", "", "main.go"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "odd")
			if err := os.MkdirAll(filepath.Join(dir, "one"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "one", "main.go"), []byte(c.src), 0o644); err != nil {
				t.Fatal(err)
			}
			got, err := Impostors(dir, all(t))
			switch {
			case c.kata == "":
				if !errors.Is(err, ErrImpostor) || !strings.Contains(err.Error(), c.says) {
					t.Errorf("error %v, want one that says %q", err, c.says)
				}
			case err != nil:
				t.Error(err)
			case got[0].Kata.Spec.Kata != c.kata || got[0].Class() != c.says || got[0].Name != "odd/one":
				t.Errorf("%s, %s, %s", got[0].Kata.Spec.Kata, got[0].Class(), got[0].Name)
			}
		})
	}
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none")} {
		if _, err := Impostors(dir, nil); !errors.Is(err, ErrImpostor) {
			t.Errorf("a folder without folders: %v", err)
		}
	}
}

func TestALoadHasOneName(t *testing.T) {
	for text, want := range map[string]Load{
		"quiet": {"quiet", 0}, "0": {"quiet", 0}, "one": {"one", 1}, "1": {"one", 1},
		"many": {"many", 5}, "5": {"many", 5}, "3": {"3 busy", 3}, "17": {"17 busy", 17},
	} {
		if got, err := ParseLoad(text, 4); err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "loud", "1.5", "100000"} {
		_, err := ParseLoad(text, 4)
		if !errors.Is(err, ErrLoad) || !strings.Contains(err.Error(), "quiet, one, many or a number") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got := Condition(Load{"one", 1}, 2); got != "one+2 at once" || slug(got) != "one-2-at-once" {
		t.Errorf("%q, %q", got, slug(got))
	}
}
