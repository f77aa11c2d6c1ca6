//go:build unix

package prompt

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	up    = "\x1b[A"
	down  = "\x1b[B"
	right = "\x1b[C"
	left  = "\x1b[D"
	ctrlC = "\x03"
	ctrlD = "\x04"
)

func TestKeysOnATerminal(t *testing.T) {
	for _, c := range []struct {
		law   string
		typed string
		ask   func(Prompter) (any, error)
		want  any
		err   error
	}{
		{"Ctrl-C leaves a choice", ctrlC, selects, 0, ErrInterrupted},
		{"Ctrl-C leaves a multiple choice", " " + ctrlC, multiSelects, []int(nil), ErrInterrupted},
		{"Ctrl-C gives a line half written", "abc" + ctrlC, inputs, "abc", ErrInterrupted},
		{"Ctrl-C gives lines half written", "abc\rde" + ctrlC, writes, "abc\nde", ErrInterrupted},
		{"Ctrl-C leaves a yes or no", ctrlC, agrees, false, ErrInterrupted},
		{"Ctrl-C right after Escape is not lost", "\x1b" + ctrlC, selects, 0, ErrInterrupted},
		{"Ctrl-C inside a broken sequence is not lost", "\x1b[1;" + ctrlC, selects, 0, ErrInterrupted},

		{"arrows move", down + down + up + "\r", selects, 1, nil},
		{"arrows of the keypad move", "\x1bOB\r", selects, 1, nil},
		{"up from the top goes to the bottom", up + "\r", selects, 3, nil},
		{"text filters", "gr\r", selects, 1, nil},
		{"a filter and an arrow", "gr" + down + "\r", selects, 3, nil},
		{"Ctrl-D does not accept what is highlighted", down + ctrlD, selects, 0, ErrEOF},
		{"Ctrl-D does not accept what is marked", " " + ctrlD, multiSelects, []int(nil), ErrEOF},
		{"a filter without a match, then Ctrl-D", "xyz" + ctrlD, selects, 0, ErrEOF},
		{"a filter without a match, then Ctrl-D, of several", "xyz" + ctrlD, multiSelects, []int(nil), ErrEOF},
		{"a filter without a match selects nothing", "xyz\r\x7f\x7f\x7fblue\r", selects, 2, nil},
		{"moving where nothing matches", "xyz" + up + up + " \r", multiSelects, []int{2}, nil},
		{"Ctrl-U clears a filter", "xyz\x15" + down + "\r", selects, 1, nil},
		{"keys without a meaning are ignored", "\x1bx\x1b[15~\x1b[1;5C\x1b[200~green\n\x1b[201~\x00" + left + "\x1b[H" + down + "\r", selects, 1, nil},
		{"Escape does not turn j and k into arrows", "\x1b\x1b\x1b" + down + "\r", selects, 1, nil},

		{"a line is edited in place", "bd" + left + "c" + "\x01a\x05e\r", inputs, "abcd" + "e", nil},
		{"Backspace takes a whole character", "ae\u0301👩‍👩‍👧\x7f\x7fb\r", inputs, "ab", nil},
		{"Delete takes what is right of the cursor", "abc" + left + left + "\x1b[3~\r", inputs, "ac", nil},
		{"Ctrl-W takes a word", "one two  \x17three\r", inputs, "one three", nil},
		{"Ctrl-U takes what is left of the cursor", "abc" + left + "\x15\r", inputs, "c", nil},
		{"Ctrl-K takes what is right of the cursor", "abc" + left + "\x0b\r", inputs, "ab", nil},
		{"moving stops at both ends", left + right + "a" + right + "b\x1b[H" + left + "c\r", inputs, "cab", nil},
		{"Ctrl-D in a line is ignored", "ab" + ctrlD + "c\r", inputs, "abc", nil},
		{"a pasted line end is a space", "\x1b[200~one\rtwo\x1b[201~\r", inputs, "one two", nil},
		{"pasted lines stay lines, and empty ones end nothing", "\x1b[200~one\r\r\rtwo\x1b[201~\rthree\r\r", writes, "one\ntwo\nthree", nil},
		{"bytes that are no text", "a\xff\xc3b\r", inputs, "a\ufffd\ufffdb", nil},
	} {
		t.Run(c.law, func(t *testing.T) {
			w := openWindow(t, 80, 24)
			p := w.prompter()
			w.learn(func() {
				w.begins()
				w.press(c.typed)
			})
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

func TestAListStaysInItsWindow(t *testing.T) {
	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf("option %d", i+1))
	}
	long := []string{
		"goroutines run at the same time whenever there is more than one of them",
		"it depends on GOMAXPROCS and the CPUs",
		"並行は構造であり並列は実行であるというのがこの章の主題です",
		"never\nat all",
	}
	for _, c := range []struct {
		name          string
		columns, rows int
		msg           string
		options       []string
		typed         string
		during, after string // what the window shows
	}{
		{"a plain list", 80, 24, "Which?", colours, down,
			`? Which?  [Use arrows to move, type to filter]
  1  red
> 2  green
  3  blue
  4  grey`,
			`? Which? 2  green`},
		{"more options than rows", 80, 8, "Which?", many, strings.Repeat(down, 59) + strings.Repeat(up, 30),
			`? Which?  [Use arrows to move, type to filter]
  28  option 28
  29  option 29
> 30  option 30
  31  option 31`,
			`? Which? 30  option 30`},
		{"40 columns", 40, 24, "Which one?", long, down + down + up,
			`1  goroutines run at the same time
   whenever there is more than one of
   them
2  it depends on GOMAXPROCS and the
   CPUs
3  並行は構造であり並列は実行であるとい
   うのがこの章の主題です
4  never at all

? Which one?  [Use arrows to move, type
to filter]
  1  goroutines run at the same time w…
> 2  it depends on GOMAXPROCS and the …
  3  並行は構造であり並列は実行である…
  4  never at all`,
			`1  goroutines run at the same time
   whenever there is more than one of
   them
2  it depends on GOMAXPROCS and the
   CPUs
3  並行は構造であり並列は実行であるとい
   うのがこの章の主題です
4  never at all

? Which one? 2  it depends on GOMAXPROCS
 and the …`},
		{"a long message", 40, 24, "What does the program print\non two CPUs, and on how many of them does it run?", colours, down,
			`What does the program print
on two CPUs, and on how many of them
does it run?
? Your answer  [Use arrows to move, type
 to filter]
  1  red
> 2  green
  3  blue
  4  grey`,
			`What does the program print
on two CPUs, and on how many of them
does it run?
? Your answer 2  green`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := openWindow(t, c.columns, c.rows)
			p := w.prompter()
			w.learn(func() {
				w.begins()
				w.press(c.typed)
				w.await(c.during)
				w.press("\r")
			})
			if _, err := p.Select(c.msg, c.options); err != nil {
				t.Fatal(err)
			}
			w.settle()
			if diff := cmp.Diff(c.after, w.shows()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAMultipleChoiceStaysInItsWindow(t *testing.T) {
	w := openWindow(t, 40, 12)
	p := w.prompter()
	w.learn(func() {
		w.begins()
		w.press("\r")
		w.await("least one option with the space bar")
		w.press(" " + down + down + " " + up)
		w.await(`? Which?  [Use arrows to move, space to
select, type to filter]
  [x]  1  red
> [ ]  2  green
  [x]  3  blue
  [ ]  4  grey`)
		w.press("\r")
	})
	got, err := p.MultiSelect("Which?", colours)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{0, 2}, got); diff != "" {
		t.Error(diff)
	}
	w.settle()
	if shows := w.shows(); strings.Count(shows, "Which?") != 1 || !strings.HasSuffix(shows, "? Which? 1  red, 3  blue") {
		t.Errorf("the window shows:\n%s", shows)
	}
}

func TestALineStaysInItsWindow(t *testing.T) {
	w := openWindow(t, 20, 8)
	p := w.prompter()
	text := "goroutines are cheap, 並行 is not 並列, and a line may be long"
	w.learn(func() {
		w.begins()
		w.press("and a line may be long\x01")
		w.press(strings.TrimSuffix(text, "and a line may be long"))
		w.await("? How long")
		w.press("\r")
	})
	got, err := p.Input("How long", "in all")
	if err != nil || got != text {
		t.Fatalf("%q, %v", got, err)
	}
	w.settle()
	want := `? How long (in
all):
> goroutines are ch
eap, 並行 is not 並
列, and a line may
be long`
	if diff := cmp.Diff(want, w.shows()); diff != "" {
		t.Error(diff)
	}
}

func TestALineThatFillsTheWindowTakesNoMore(t *testing.T) {
	w := openWindow(t, 20, 4)
	p := w.prompter()
	w.learn(func() {
		w.begins()
		w.press(strings.Repeat("a", 200) + "\r")
	})
	got, err := p.Input("x", "")
	if err != nil {
		t.Fatal(err)
	}
	w.settle()
	if shown := strings.Count(w.shows(), "a"); shown != len(got) || len(got) < 40 {
		t.Errorf("%d are shown of %d", shown, len(got))
	}
}

func TestAPanicOfTheListGivesNumbers(t *testing.T) {
	w := openWindow(t, 80, 24)
	s := w.prompter().(*screen)
	w.learn(func() {
		w.await("Your answer:")
		w.press("5\r3\r")
	})
	got, err := list(s, colours,
		func() (int, error) { panic("index out of range") },
		func() (int, error) { return s.plain.Select("Which?", colours) })
	if err != nil || got != 2 {
		t.Fatal(got, err)
	}
	w.settle()
	want := `Which?
  1  red
  2  green
  3  blue
  4  grey
Your answer: 5
please answer with a number from 1 to 4
Your answer: 3`
	if diff := cmp.Diff(want, w.shows()); diff != "" {
		t.Error(diff)
	}
}

func TestAPanicElsewhereIsAnError(t *testing.T) {
	w := openWindow(t, 80, 24)
	s := w.prompter().(*screen)
	_, err := during(s, func() (int, error) { panic("oh") })
	if err == nil || !strings.Contains(err.Error(), "oh") {
		t.Error(err)
	}
}

func TestASignalLeavesTheQuestion(t *testing.T) {
	for name, ask := range map[string]func(Prompter) (any, error){"list": selects, "line": inputs} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(name+"/"+signal.String(), func(t *testing.T) {
				w := openWindow(t, 80, 24)
				p := w.prompter()
				w.learn(func() {
					w.begins()
					if err := syscall.Kill(os.Getpid(), signal); err != nil {
						t.Error(err)
					}
				})
				if _, err := ask(p); !errors.Is(err, ErrInterrupted) {
					t.Error(err)
				}
			})
		}
	}
}

func TestAClosedWindowIsTheEndOfInput(t *testing.T) {
	t.Setenv("TERM", "xterm")
	for name, ask := range map[string]func(Prompter) (any, error){"list": selects, "line": inputs} {
		t.Run(name, func(t *testing.T) {
			keyboard, tty, err := ptyPair()
			if err != nil {
				t.Fatal(err)
			}
			defer tty.Close()
			p := New(tty, tty, tty, true)
			go func() {
				io.ReadAtLeast(keyboard, make([]byte, 1), 1)
				keyboard.Close()
			}()
			if _, err := ask(p); !Stopped(err) {
				t.Error(err)
			}
		})
	}
}

func TestNewFallsBackToPlainQuestions(t *testing.T) {
	w := openWindow(t, 80, 24)
	pipe, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	isPlain := func(p Prompter) bool { _, ok := p.(*plain); return ok }
	if !isPlain(New(w.tty, w.tty, w.tty, false)) {
		t.Error("not interactive, and yet not plain")
	}
	if !isPlain(New(pipe, w.tty, w.tty, true)) {
		t.Error("input is no terminal, and yet not plain")
	}
	if !isPlain(New(w.tty, io.Discard, w.tty, true)) {
		t.Error("output is no terminal, and yet not plain")
	}
	for _, name := range []string{"dumb", ""} {
		t.Setenv("TERM", name)
		if !isPlain(New(w.tty, w.tty, w.tty, true)) {
			t.Errorf("TERM=%s, and yet not plain", name)
		}
	}
}

func TestASignalLeavesAPlainQuestionOnATerminal(t *testing.T) {
	w := openWindow(t, 80, 24)
	p := New(w.tty, w.tty, w.tty, false)
	w.learn(func() {
		w.await("Your answer:")
		w.press(ctrlC)
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Error(err)
		}
	})
	if _, err := selects(p); !errors.Is(err, ErrInterrupted) {
		t.Error(err)
	}
	// What is typed then answers the next question.
	w.press("2\n")
	if got, err := selects(p); err != nil || got != 1 {
		t.Error(got, err)
	}
}
