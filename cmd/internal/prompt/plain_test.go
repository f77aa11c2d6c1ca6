package prompt

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestPlainQuestionsReadLikeADialogue(t *testing.T) {
	in := strings.NewReader("five\n2\n4, 1\n\n3\r\n12.5\nwaits overlap\nno CPU is needed\n\nperhaps\n\n")
	var out bytes.Buffer
	p := New(in, &out, &out, false)
	options := []string{"red", "green", "blue\nand green", "grey"}
	for _, ask := range []func() error{
		func() error { _, err := p.Select("Which colour?\n", options); return err },
		func() error { _, err := p.MultiSelect("Which colours?", options); return err },
		func() error { _, err := p.MultiSelect("And which of these?", options); return err },
		func() error { _, err := p.Input("How long", "milliseconds"); return err },
		func() error { _, err := p.Lines("Explain it"); return err },
		func() error { _, err := p.Confirm("Show the solution?", false); return err },
	} {
		if err := ask(); err != nil {
			t.Fatal(err)
		}
	}
	want := `Which colour?
  1  red
  2  green
  3  blue and green
  4  grey
Your answer: five
please answer with a number from 1 to 4
Your answer: 2
Which colours?
  1  red
  2  green
  3  blue and green
  4  grey
Your answers, as in 1,2: 4, 1
And which of these?
  1  red
  2  green
  3  blue and green
  4  grey
Your answers, as in 1,2: ` + `
please answer with one or more numbers from 1 to 4, as in: 1,4
Your answers, as in 1,2: 3
How long (milliseconds): 12.5
Explain it (an empty line ends it)
> waits overlap
> no CPU is needed
> ` + `
Show the solution? [y/N] perhaps
please answer y or n
Show the solution? [y/N] ` + `
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

func TestPlainComplaintsGoToTheErrorStream(t *testing.T) {
	var out, complaints bytes.Buffer
	p := New(strings.NewReader("x\n1\n"), &out, &complaints, false)
	if _, err := p.Select("Which?", []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("please answer with a number from 1 to 1\n", complaints.String()); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(out.String(), "please") {
		t.Errorf("out: %q", &out)
	}
}

func TestPlainTakesNoMoreThanItsLine(t *testing.T) {
	in := strings.NewReader("1\nthe rest")
	if _, err := New(in, io.Discard, io.Discard, false).Select("Which?", []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(in); err != nil || string(rest) != "the rest" {
		t.Errorf("left: %q, %v", rest, err)
	}
}

func TestPlainReadsAnyBytes(t *testing.T) {
	for _, c := range []struct{ name, typed, want string }{
		{"CRLF", "abc\r\n", "abc"},
		{"no line end", "abc", "abc"},
		{"a byte order mark", "\ufeffabc\n", "abc"},
		{"zeros", "a\x00b\x00\n", "ab"},
		{"a terminal's sequences", "a\x1b[31mb\n", "a[31mb"},
		{"a tab", "a\tb\n", "a\tb"},
		{"bytes that are no UTF-8", "a\xffb\n", "a\ufffdb"},
		{"more than is kept of a line", strings.Repeat("x", longestLine+10) + "\n", strings.Repeat("x", longestLine)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := New(strings.NewReader(c.typed), io.Discard, io.Discard, false).Input("x", "")
			if err != nil || got != c.want {
				t.Errorf("%.40q, %v", got, err)
			}
		})
	}
}

func TestPlainTellsOfAReaderThatFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	p := New(iotest.ErrReader(broken), io.Discard, io.Discard, false)
	if _, err := p.Input("x", ""); !errors.Is(err, broken) || Stopped(err) {
		t.Error(err)
	}
}

func TestWithoutAReaderThereIsNobodyToAsk(t *testing.T) {
	p := New(nil, io.Discard, io.Discard, true)
	_, err1 := p.Select("x", []string{"a"})
	_, err2 := p.MultiSelect("x", []string{"a"})
	_, err3 := p.Input("x", "")
	_, err4 := p.Lines("x")
	_, err5 := p.Confirm("x", true)
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, ErrNoTerminal) || !Stopped(err) {
			t.Error(err)
		}
	}
}

func TestScriptAnswersAndRemembers(t *testing.T) {
	s := &Script{Answers: []string{"2", "red", "1, 3", "blue", "text", "two\nlines", "", "y", "7", CtrlC}}
	colours := []string{"red", "green", "blue"}
	one, err1 := s.Select("a", colours)
	two, err2 := s.Select("b", colours)
	three, err3 := s.MultiSelect("c", colours)
	four, err4 := s.MultiSelect("d", colours)
	five, err5 := s.Input("e", "")
	six, err6 := s.Lines("f")
	seven, err7 := s.Confirm("g", true)
	eight, err8 := s.Confirm("h", false)
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7, err8); err != nil {
		t.Fatal(err)
	}
	got := []any{one, two, three, four, five, six, seven, eight}
	want := []any{1, 0, []int{0, 2}, []int{2}, "text", "two\nlines", true, true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Select("i", colours); err == nil || Stopped(err) || !strings.Contains(err.Error(), `"7" to "i"`) {
		t.Errorf("an answer that does not fit: %v", err)
	}
	if _, err := s.Input("j", ""); !errors.Is(err, ErrInterrupted) {
		t.Error(err)
	}
	if _, err := s.Lines("k"); !errors.Is(err, ErrEOF) {
		t.Error(err)
	}
	if diff := cmp.Diff(Asked{"select", "b", colours, "red"}, s.Asked[1]); diff != "" || len(s.Asked) != 11 {
		t.Error(len(s.Asked), diff)
	}
}
