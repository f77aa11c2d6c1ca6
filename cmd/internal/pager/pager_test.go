package pager_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"gokata/cmd/internal/pager"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// numbered is a text of n lines.
func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return b.String()
}

func none(string) string { return "" }

// without gives an environment and a PATH in which no pager is found.
func without(t *testing.T) func(string) string {
	t.Setenv("PATH", t.TempDir())
	return none
}

func TestTextThatFitsIsWrittenAsItIs(t *testing.T) {
	for _, rows := range []int{0, 11} {
		var out bytes.Buffer
		s := pager.Screen{In: strings.NewReader(""), Out: &out, Rows: rows, Getenv: none}
		if err := s.Show(numbered(10)); err != nil {
			t.Fatal(err)
		}
		if out.String() != numbered(10) {
			t.Errorf("rows %d: got %q", rows, out.String())
		}
	}
}

func TestOwnPagingStopsWhereTheReaderDoes(t *testing.T) {
	tests := []struct {
		name, keys string
		last       int // number of the last line shown
	}{
		{"no key", "", 9},
		{"q", "q", 9},
		{"Ctrl-C", "\x03", 9},
		{"Escape", "\x1b", 9},
		{"a line", "\rq", 10},
		{"two lines", "\r\rq", 11},
		{"a page", " q", 18},
		{"other keys do nothing", "xyzq", 9},
		{"to the end", "   ", 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			s := pager.Screen{In: strings.NewReader(tt.keys), Out: &out, Rows: 10, Getenv: without(t)}
			if err := s.Show(numbered(30)); err != nil {
				t.Fatal(err)
			}
			for n := 1; n <= 30; n++ {
				shown := strings.Contains(out.String(), fmt.Sprintf("line %d\r\n", n)) ||
					strings.Contains(out.String(), fmt.Sprintf("line %d\r", n)) ||
					n == 30 && strings.Contains(out.String(), "line 30")
				if shown != (n <= tt.last) {
					t.Fatalf("line %d shown: %v, want up to %d\n%q", n, shown, tt.last, out.String())
				}
			}
		})
	}
}

func TestThePagerOfTheEnvironmentIsUsed(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "mypager")
	if err := os.WriteFile(script, []byte("#!/bin/sh\necho \"LESS=$LESS $1\"\nexec wc -l\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	held := 0
	s := pager.Screen{
		In: strings.NewReader(""), Out: &out, Rows: 10,
		Getenv: func(name string) string { return map[string]string{"PAGER": script + " --flag"}[name] },
		Hold:   func() func() { held++; return func() { held += 10 } },
	}
	if err := s.Show(numbered(30)); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(strings.Fields(out.String()), " "); got != "LESS=R --flag 30" {
		t.Errorf("the pager wrote %q", got)
	}
	if held != 11 {
		t.Errorf("held = %d, want 11: Ctrl-C held before and released after", held)
	}
}

func TestAPagerThatIsMissingLosesNothing(t *testing.T) {
	without(t)
	var out bytes.Buffer
	s := pager.Screen{
		In: strings.NewReader("   "), Out: &out, Rows: 10,
		Getenv: func(name string) string { return map[string]string{"PAGER": "no-such-pager"}[name] },
	}
	if err := s.Show(numbered(30)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "line 30") {
		t.Errorf("the end was not shown: %q", out.String())
	}
}
