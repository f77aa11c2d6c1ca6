package term

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWidth(t *testing.T) {
	for _, test := range []struct {
		in   string
		want int
	}{
		{"", 0}, {"abc", 3}, {"並行", 4}, {"e\u0301", 1}, {"👩‍👩‍👧‍👦", 2}, {"🇩🇪", 2}, {"👍🏽", 2}, {"█▏…·", 4},
		{"\x1b[1mab\x1b[0m", 2}, {"\x1b]8;;https://go.dev\x1b\\ab\x1b]8;;\a", 2}, {"\x1b", 0}, {"\x1b[", 0}, {"\x1b[並", 2}, {"\x1b並", 2}, {"\x1b]ab", 2}, {"\x1bM", 0},
		{"e\x1b[1m\u0301", 1}, {"a\nb", 2},
	} {
		if got := Width(test.in); got != test.want {
			t.Errorf("Width(%q) = %d, want %d", test.in, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		name, in string
		width    int
		want     []string
	}{
		{"nothing is one line", "", 10, []string{""}},
		{"at spaces", "aa bb cc", 5, []string{"aa bb", "cc"}},
		{"a line may be full", "aaaaa bbbbb", 5, []string{"aaaaa", "bbbbb"}},
		{"spaces at a cut go", "aaaa    bbbb ", 5, []string{"aaaa", "bbbb"}},
		{"spaces in front and between stay", "  a  b", 10, []string{"  a  b"}},
		{"newlines stay", "a\n\nb", 10, []string{"a", "", "b"}},
		{"no-break spaces hold", "aaa b\u00a0c", 6, []string{"aaa", "b\u00a0c"}},
		{"a word too long is cut", "a bbbbbbbbbb c", 4, []string{"a", "bbbb", "bbbb", "bb c"}},
		{"after a sign if it can", "src/runtime/proc.go", 14, []string{"src/runtime/", "proc.go"}},
		{"beside wide characters", "並行性。構造", 7, []string{"並行", "性。構", "造"}},
		{"wide characters never stick out", "並並並", 5, []string{"並並", "並"}},
		{"emoji stay whole", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 4, []string{"👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"}},
		{"combining marks stay with their letter", "e\u0301e\u0301e\u0301e\u0301e\u0301", 4, []string{"e\u0301e\u0301e\u0301e\u0301", "e\u0301"}},
		{"styles close and open again", "\x1b[1maa bb\x1b[0m cc", 4, []string{"\x1b[1maa\x1b[0m", "\x1b[1mbb\x1b[0m", "cc"}},
		{"styles add up", "\x1b[1ma\x1b[3mb cccc\x1b[0m", 4, []string{"\x1b[1ma\x1b[0m\x1b[1m\x1b[3mb\x1b[0m", "\x1b[1m\x1b[3mcccc\x1b[0m"}},
		{"a style left on is closed", "\x1b[1ma", 4, []string{"\x1b[1ma\x1b[0m"}},
		{"a style of nothing is left out", "\x1b[1m\x1b[0ma\x1b[3m\x1b[m", 4, []string{"a"}},
		{"other sequences pass", "\x1b]8;;u\aab\x1b]8;;\a", 4, []string{"\x1b]8;;u\aab\x1b]8;;\a"}},
		{"a tab is a space", "a\tb", 4, []string{"a b"}},
		{"a tab ends a sequence that has no end", "a\x1b[\tb", 4, []string{"a b"}},
		{"no width is too small", "a並b", 0, []string{"a並b"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, Wrap(test.in, test.width)); diff != "" {
				t.Errorf("Wrap(%q, %d) (-want +got):\n%s", test.in, test.width, diff)
			}
		})
	}
}

// FuzzWrap holds that no line is wider than asked, that nothing but spaces is
// lost, that a word is cut only where it must be, and that each line closes
// the styles it opens.
func FuzzWrap(f *testing.F) {
	for _, seed := range []string{
		"a bb ccc dddd", "並行性 a。b", "\x1b[1mbold\x1b[0m and \x1b[3mit\nalic", "👩‍👩‍👧‍👦 e\u0301 🇩🇪🇩🇪🇩", "\u0600\u0600\u0600\u0600\u0600\u0600\u0600 x",
		"❤\x1b[1m\ufe0f", "\u2e3b\u2e3b", "क्ष्म्य", "\x1b]8;;x\x1b\\link", "tab\tcr\rnl\n", " \u0301", "\xff\xfe", "ᄀᄀᄀ각ᆨᆨ",
	} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 4 + max(width, -width)%150
		width = max(width, 4)
		lines := Wrap(s, width)
		noSpace := strings.NewReplacer(" ", "", "\t", "", "\n", "")
		plain, _ := splitEscapes(s)
		var got strings.Builder
		for _, line := range lines {
			if w := Width(line); w > width {
				t.Fatalf("Wrap(%q, %d): %q is %d wide", s, width, line, w)
			}
			text, marks := splitEscapes(line)
			got.WriteString(text)
			on := false
			for _, m := range marks {
				if isSGR(m.sequence) {
					on = !isReset(m.sequence)
				}
			}
			if on {
				t.Fatalf("Wrap(%q, %d): %q leaves a style on", s, width, line)
			}
		}
		if got, want := noSpace.Replace(got.String()), noSpace.Replace(plain); got != want {
			t.Fatalf("Wrap(%q, %d) lost text: %q", s, width, got)
		}
		whole := map[string]bool{}
		for _, line := range lines {
			text, _ := splitEscapes(line)
			for _, word := range strings.Split(text, " ") {
				whole[word] = true
			}
		}
		for _, word := range strings.FieldsFunc(plain, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }) {
			if len(word) == Width(word) && len(word) <= width && !whole[word] { // ASCII
				t.Fatalf("Wrap(%q, %d) cut %q", s, width, word)
			}
		}
		if again := Wrap(strings.Join(lines, "\n"), width); !cmp.Equal(lines, again) {
			t.Fatalf("wrapped again, the lines of %q at %d change:\n%s", s, width, cmp.Diff(lines, again))
		}
	})
}
