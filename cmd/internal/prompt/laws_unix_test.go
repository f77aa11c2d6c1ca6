//go:build unix

package prompt

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var colours = []string{"red", "green", "blue", "grey"}

func selects(p Prompter) (any, error)      { return p.Select("Which?", colours) }
func multiSelects(p Prompter) (any, error) { return p.MultiSelect("Which?", colours) }
func inputs(p Prompter) (any, error)       { return p.Input("How long", "milliseconds") }
func writes(p Prompter) (any, error)       { return p.Lines("Explain") }
func confirms(p Prompter) (any, error)     { return p.Confirm("Sure?", false) }
func agrees(p Prompter) (any, error)       { return p.Confirm("Sure?", true) }

// What is typed means the same on a terminal and in a pipe. \x04 is Ctrl-D on
// the one and the end of the other.
func TestBothPromptersFollowTheLaws(t *testing.T) {
	for _, c := range []struct {
		law   string
		typed string
		ask   func(Prompter) (any, error)
		want  any
		err   error
	}{
		{"a number selects its option", "2\n", selects, 1, nil},
		{"the last option", "4\n", selects, 3, nil},
		{"end of input answers no choice", "\x04", selects, 0, ErrEOF},
		{"several numbers select several options", "1 3 \n", multiSelects, []int{0, 2}, nil},
		{"the answer rises", "4 2 \n", multiSelects, []int{1, 3}, nil},
		{"no option at all is asked for again", "\n2 \n", multiSelects, []int{1}, nil},
		{"end of input answers no multiple choice", "\x04", multiSelects, []int(nil), ErrEOF},
		{"a line", "12.5\n", inputs, "12.5", nil},
		{"an empty line", "\n", inputs, "", nil},
		{"spaces inside stay", "a  b\n", inputs, "a  b", nil},
		{"wide and combined characters", "日本 e\u0301 👩‍👩‍👧\n", inputs, "日本 e\u0301 👩‍👩‍👧", nil},
		{"end of input answers no line", "\x04", inputs, "", ErrEOF},
		{"lines up to an empty one", "one\ntwo\n\nthree", writes, "one\ntwo", nil},
		{"lines up to the end of input", "one\ntwo\n\x04", writes, "one\ntwo", nil},
		{"the last line needs no Enter", "one\ntwo\x04", writes, "one\ntwo", nil},
		{"no lines", "\n", writes, "", nil},
		{"end of input before any line", "\x04", writes, "", ErrEOF},
		{"yes", "y\n", confirms, true, nil},
		{"YES", "YES\n", confirms, true, nil},
		{"no", "no\n", agrees, false, nil},
		{"nothing means the default, no", "\n", confirms, false, nil},
		{"nothing means the default, yes", "\n", agrees, true, nil},
		{"neither yes nor no is asked for again", "maybe\ny\n", confirms, true, nil},
		{"end of input answers neither yes nor no", "\x04", agrees, false, ErrEOF},
		{"no options", "", func(p Prompter) (any, error) { return p.Select("Which?", nil) }, 0, errNoOptions},
		{"no options to choose several from", "", func(p Prompter) (any, error) { return p.MultiSelect("Which?", nil) }, []int(nil), errNoOptions},
		{"answers of questions that follow each other", "2\n1 4 \nx\ny\n", func(p Prompter) (any, error) {
			one, err1 := p.Select("Which?", colours)
			several, err2 := p.MultiSelect("Which?", colours)
			line, err3 := p.Input("How long", "")
			sure, err4 := p.Confirm("Sure?", false)
			return []any{one, several, line, sure}, errors.Join(err1, err2, err3, err4)
		}, []any{1, []int{0, 3}, "x", true}, nil},
	} {
		t.Run(c.law+"/plain", func(t *testing.T) {
			typed, _, _ := strings.Cut(c.typed, "\x04")
			var out, complaints bytes.Buffer
			got, err := c.ask(New(strings.NewReader(typed), &out, &complaints, false))
			if !errors.Is(err, c.err) || (err != nil) != (c.err != nil) {
				t.Fatalf("error %v, want %v; asked:\n%s%s", err, c.err, &out, &complaints)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
		t.Run(c.law+"/terminal", func(t *testing.T) {
			w := openWindow(t, 80, 24)
			p := w.prompter()
			if c.typed != "" {
				w.learn(func() {
					w.begins()
					w.press(c.typed)
				})
			}
			got, err := c.ask(p)
			if !errors.Is(err, c.err) || (err != nil) != (c.err != nil) {
				t.Fatalf("error %v, want %v; the window shows:\n%s", err, c.err, w.shows())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s\nthe window shows:\n%s", diff, w.shows())
			}
		})
	}
}
