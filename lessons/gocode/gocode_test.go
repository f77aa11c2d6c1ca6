package gocode

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSpansNameWhatGetsAColour(t *testing.T) {
	got := Spans("go f(1, \"a\") // b\n…")
	want := []Span{
		{Keyword, "go"}, {"", " f("}, {Number, "1"}, {"", ", "}, {Text, `"a"`}, {"", ") "}, {Comment, "// b"}, {"", "\n…"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatDoesNotScanIsOneSpan(t *testing.T) {
	src := "func f() { return \"a\n}"
	if got := Spans(src); len(got) != 1 || got[0] != (Span{"", src}) {
		t.Errorf("%q", got)
	}
}

func FuzzSpansAreTheSource(f *testing.F) {
	for _, src := range []string{"", "a := `b\r\nc`", "/* x", "\x00\xff", "func main() {\r\n\tgo f()\r\n}"} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		var b strings.Builder
		for _, s := range Spans(src) {
			b.WriteString(s.Text)
		}
		if b.String() != src {
			t.Errorf("%q became %q", src, b.String())
		}
	})
}
