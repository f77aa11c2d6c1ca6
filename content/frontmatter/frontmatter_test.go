package frontmatter

import (
	"strings"
	"testing"
)

type page struct {
	Title string `yaml:"title"`
	Count int    `yaml:"count"`
}

func TestDecodeNamesFileAndLine(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"unknown key", "---\ntitle: a\ntilte: b\n---\n", `f.md:3: unknown key "tilte"`},
		{"wrong type", "---\ntitle: a\n\ncount: many\n---\n", "f.md:4: cannot unmarshal"},
		{"no block", "# a\n", "f.md:1: no front matter"},
		{"no end", "---\ntitle: a\n", "f.md:1: front matter without an end"},
		{"empty block", "---\n---\nbody", "f.md:1: empty front matter"},
		{"empty file", "", "f.md:1: no front matter"},
		{"broken yaml", "---\ntitle: a\n  b: : c\n---\n", "f.md:3: "},
		{"duplicate key", "---\ntitle: a\ntitle: b\n---\n", "f.md:3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Decode("f.md", []byte(c.src), new(page))
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestDecodeReturnsTheBodyAndItsLine(t *testing.T) {
	for _, c := range []struct {
		src, body string
		line      int
	}{
		{"---\ntitle: a\n---\nbody\n", "body\n", 4},
		{"---\r\ntitle: a\r\n---\r\nbody", "body", 4},
		{"\ufeff---\ntitle: a\n\n---\n", "", 5},
		{"---\ntitle: a\n---", "", 4},
	} {
		var p page
		body, line, err := Decode("f.md", []byte(c.src), &p)
		if err != nil || string(body) != c.body || line != c.line || p.Title != "a" {
			t.Errorf("%q: body %q line %d title %q err %v", c.src, body, line, p.Title, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("---\ntitle: a\n---\nbody"))
	f.Add([]byte("---\n---"))
	f.Fuzz(func(t *testing.T, src []byte) {
		body, line, err := Decode("f.md", src, new(page))
		if err != nil {
			if e, ok := err.(*Error); !ok || e.Line < 1 || e.Msg == "" {
				t.Fatalf("error without line or message: %v", err)
			}
			return
		}
		if line < 3 || !strings.HasSuffix(string(src), string(body)) {
			t.Fatalf("body %q at line %d is not the end of %q", body, line, src)
		}
	})
}
