package pages

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever code comes, the page on which the instructor deletes its author stays
// one that a browser opens.
func TestCodeHasSoMuchRoomOnAPageAndNoMore(t *testing.T) {
	c := NewCode()
	size, cut := 0, 0
	for range 60 { // katas
		for _, f := range c.Sources(map[string]string{"a.go": strings.Repeat("1 ", 64<<10), "b.txt": strings.Repeat("é", 64<<10)}) {
			size += len(f.Text)
			if f.Cut {
				cut++
			}
			if !utf8.ValidString(string(f.Text)) {
				t.Error("a character is cut in two")
			}
		}
	}
	if size > 8<<20 || cut == 0 {
		t.Errorf("%d bytes of code, %d files cut", size, cut)
	}
}

// Code is what it looks like: what hides or turns the text is seen.
func TestCodeIsWhatItLooksLike(t *testing.T) {
	files := NewCode().Sources(map[string]string{"a.go": "package a // \u202e\u2066x\x1b[31m\r\n\tvar b = \"<b>\"\n"})
	text := string(files[0].Text)
	for _, hidden := range []string{"\u202e", "\u2066", "\x1b", "\r", "<b>"} {
		if strings.Contains(text, hidden) {
			t.Errorf("%q is in %q", hidden, text)
		}
	}
	if strings.Count(text, "\ufffd") != 3 || !strings.Contains(text, "\n\t") || files[0].Cut {
		t.Errorf("%q, cut: %v", text, files[0].Cut)
	}
}
