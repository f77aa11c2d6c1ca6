package prompt

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestFlattenPutsATextOnOneLine(t *testing.T) {
	for _, c := range []struct{ name, text, flat, bare string }{
		{"plain", "a b", "a b", "a b"},
		{"white space", " a\n\tb  c\r\n", "a b c", "a b c"},
		{"colours", "\x1b[1;32ma\x1b[0m b", "\x1b[1;32ma\x1b[0m b", "a b"},
		{"sequences that move the cursor", "a\x1b[2Jb\x1b[Ac\x1b]d", "abc]d", "abc]d"},
		{"control characters", "a\x00\x07\x7fb", "ab", "ab"},
		{"bytes that are no UTF-8", "a\xffb", "a\ufffdb", "a\ufffdb"},
		{"a sequence without end", "a\x1b[31", "a", "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := flatten(c.text); got != c.flat {
				t.Errorf("flatten gives %q", got)
			}
			if got := bare(c.text); got != c.bare {
				t.Errorf("bare gives %q", got)
			}
		})
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"abcdef", 6, "abcdef"},
		{"abcdef", 5, "abcd…"},
		{"abcdef", 1, "…"},
		{"abcdef", 0, ""},
		{"abcdef", -3, ""},
		{"並行と並列", 10, "並行と並列"},
		{"並行と並列", 9, "並行と並…"},
		{"並行と並列", 8, "並行と…"},
		{"\x1b[31mabcdef\x1b[0m", 4, "\x1b[31mabc…\x1b[0m"},
		{"a\nb", 3, "a b"},
	} {
		if got := cut(c.text, c.columns); got != c.want {
			t.Errorf("cut(%q, %d) gives %q, want %q", c.text, c.columns, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := wrap("one two three\nfour\n\na-word-of-many-letters end 並行と並列", 10)
	want := []string{"one two", "three", "four", "", "a-word-of-", "many-lette", "rs end", "並行と並列"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzTextFitsItsColumns(f *testing.F) {
	f.Add("one two three", 5)
	f.Add("\x1b[31m並行\x1b[0m\n👩‍👩‍👧 e\u0301", 3)
	f.Add("\x1b[\x1b", 0)
	f.Add("\x1b[\n0", 3)
	f.Add("0\u2029\u0301", 20)
	f.Add("0\n\u0301", 3)
	f.Fuzz(func(t *testing.T, text string, columns int) {
		columns = columns & 0x7f
		short := cut(text, columns)
		if width(short) > columns {
			t.Errorf("cut to %d gives %q of %d", columns, short, width(short))
		}
		if strings.ContainsFunc(bare(text), unicode.IsControl) {
			t.Errorf("bare gives %q", bare(text))
		}
		// One character may be as wide as survey counts its parts.
		widest := 2
		for _, p := range pieces(text) {
			widest = max(widest, p.width)
		}
		var words strings.Builder
		for _, line := range wrap(text, columns) {
			if width(line) > max(columns, widest) {
				t.Errorf("wrap to %d gives %q of %d", columns, line, width(line))
			}
			words.WriteString(line)
		}
		// Marks that follow a line end or a space are free to join what they then follow.
		squeeze := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.In(r, unicode.M, unicode.Cf, unicode.Z) {
					return -1
				}
				return r
			}, bare(s))
		}
		if squeeze(words.String()) != squeeze(text) {
			t.Errorf("wrap changes %q to %q", text, words.String())
		}
	})
}
