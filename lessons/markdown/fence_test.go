package markdown

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFencesAreFoundWithTheirLines(t *testing.T) {
	const src = "# Title\n" + // line 1
		"\n" +
		"```go run=four.go show=four\n" +
		"func four() {\n" + // line 4
		"\tx()\n" +
		"}\n" +
		"```\n" +
		"~~~output of=four.go\n" +
		"~~~\n" + // line 9: it is empty
		"- item\n" +
		"\n" +
		"  ```figure alt=\"a \\\"b\\\"\"\n" +
		"  ██\n" + // line 13
		"    ██\n" +
		"  ```\n" +
		"> [!TRY]\n" +
		"> ```go run\n" +
		"> y()\r\n" + // line 18
		"> ```\n" +
		"\n" +
		"    ```indented, not a fence\n" +
		"\n" +
		"```\n" +
		"\n" + // line 24
		"no end"
	want := []Fence{
		{"go", map[string]string{"run": "four.go", "show": "four"}, "func four() {\n\tx()\n}\n", 4},
		{"output", map[string]string{"of": "four.go"}, "", 9},
		{"figure", map[string]string{"alt": `a "b"`}, "██\n  ██\n", 13},
		{"go", map[string]string{"run": ""}, "y()\n", 18},
		{"", map[string]string{}, "\nno end\n", 24},
	}
	if diff := cmp.Diff(want, Fences([]byte(src))); diff != "" {
		t.Errorf("fences (-want +got):\n%s", diff)
	}
}

func TestAttributes(t *testing.T) {
	for _, test := range []struct {
		src  string
		want map[string]string
	}{
		{"", map[string]string{}},
		{"run=a.go", map[string]string{"run": "a.go"}},
		{"  run   show=b\ttol=20% ", map[string]string{"run": "", "show": "b", "tol": "20%"}},
		{`alt="two words" x=1`, map[string]string{"alt": "two words", "x": "1"}},
		{`alt="a \"b\" \\ c"`, map[string]string{"alt": `a "b" \ c`}},
		{`alt="no end`, map[string]string{"alt": "no end"}},
		{`alt="" x=`, map[string]string{"alt": "", "x": ""}},
		{`a=1 a=2`, map[string]string{"a": "2"}},
		{`a="1"b=2`, map[string]string{"a": "1", "b": "2"}},
		{`=x y`, map[string]string{"y": ""}},
		{`a=b=c`, map[string]string{"a": "b=c"}},
	} {
		if diff := cmp.Diff(test.want, Attributes(test.src)); diff != "" {
			t.Errorf("Attributes(%q) (-want +got):\n%s", test.src, diff)
		}
	}
}

// TestTextBehindAPageIsLeftAlone holds that a page which is a part of a larger
// buffer, such as a question of a quiz, can be read without a copy.
func TestTextBehindAPageIsLeftAlone(t *testing.T) {
	file := []byte("```\ncode## next")
	page := file[:len("```\ncode")]
	if got := Fences(page)[0].Text; got != "code\n" {
		t.Errorf("text is %q", got)
	}
	if string(file) != "```\ncode## next" {
		t.Errorf("the file is now %q", file)
	}
}
