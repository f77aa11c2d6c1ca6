package term

import (
	"strings"
	"testing"
	"unicode"
)

func TestCleanMakesControlCharactersVisible(t *testing.T) {
	for _, test := range []struct{ in, pictures, plain string }{
		{"plain text\n\twith a tab", "plain text\n\twith a tab", "plain text\n\twith a tab"},
		{"\x1b[31m", "␛[31m", "?[31m"},
		{"a\x00b\rc\x7f", "a␀b␍c␡", "a?b?c?"},
		{"\u009b31m", "\uFFFD31m", "?31m"},
		{"\xff\xc2", "\uFFFD\uFFFD", "??"},
		{"\uFFFD", "\uFFFD", "\uFFFD"},
		{"a\u202eb\u2066c\u00add\ufeff", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD", "a?b?c?d?"},
		{"\u2028\u2029", "\uFFFD\uFFFD", "??"},
		{"👩\u200d👧 e\u0301 並", "👩\u200d👧 e\u0301 並", "👩\u200d👧 e\u0301 並"},
	} {
		if got := clean(test.in, "\uFFFD"); got != test.pictures {
			t.Errorf("clean(%q) = %q, want %q", test.in, got, test.pictures)
		}
		if got := clean(test.in, "?"); got != test.plain {
			t.Errorf("in plain mode, clean(%q) = %q, want %q", test.in, got, test.plain)
		}
	}
}

// hostile is what a terminal would obey.
const hostile = "\x1b[31mred\x1b[0m \u009b2J \x1b]0;title\a \x9b \x00\b\r\u202e"

// TestNoControlCharacterOfTheSourceReachesTheTerminal puts one wherever text
// can be, written as such and as a character reference.
func TestNoControlCharacterOfTheSourceReachesTheTerminal(t *testing.T) {
	const references = "&#27;[31m &#x9b;2J &#8; &#13; &#x202e; &#0;"
	for _, bad := range []string{hostile, references} {
		for _, form := range []string{
			"X", "# X", "*X*", "`X`", "[X](X)", "[a](<X>)", "![X](b)", "<https://X>", "a <!-- X --> b", "<div>X</div>",
			"- X", "1. X", "- [ ] X", "> X", "> [!NOTE]\n> X", "> [!X]\n> a", "    X", "```\nX\n```", "```go\nX\n```",
			"```go\n// X\nx := \"X\" + `X`\n```", "```output\nX\n```", "```figure alt=\"X\"\nX\n```", "```X\na\n```",
			"```figure alt=\"X\"\n" + strings.Repeat("█", 130) + "\n```",
			"| X |\n|---|\n| X | X |", "[r]\n\n[r]: <X> \"X\"",
		} {
			src := strings.ReplaceAll(form, "X", bad)
			for name, o := range modes {
				got := render(t, []byte(src), o)
				checkControls(t, name+" of "+src, got, o.Color)
				if strings.Contains(src, "\n") {
					continue
				}
				got = Inline(src, o)
				checkControls(t, name+" inline of "+src, got, o.Color)
			}
		}
	}
}

// checkControls fails for any control character but newlines and, where colour
// is on, our own SGR sequences.
func checkControls(t *testing.T, what, got string, color bool) {
	t.Helper()
	if color {
		plain, marks := splitEscapes(got)
		for _, m := range marks {
			if !ours(m.sequence) {
				t.Errorf("%q: the escape sequence %q", what, m.sequence)
			}
		}
		got = plain
	}
	for _, r := range got {
		if r != '\n' && unicode.IsControl(r) || r == '\u202e' {
			t.Errorf("%q: the character %q in %q", what, r, got)
			return
		}
	}
}

// ours says whether a sequence is one that a theme can write.
func ours(sequence string) bool {
	for _, o := range modes {
		th := themeOf(o)
		for _, st := range []style{
			"0", th.heading, th.strong, th.emphasis, th.code, th.url, th.faint, th.interview, th.myth, th.note,
			th.try, th.keyword, th.text, th.number, th.comment,
		} {
			if st != "" && sequence == "\x1b["+string(st)+"m" {
				return true
			}
		}
	}
	return false
}
