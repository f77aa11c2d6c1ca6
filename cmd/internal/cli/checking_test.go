package cli

import (
	"bytes"
	"strings"
	"testing"

	"gokata/checker"
	"gokata/cmd/internal/theme"
)

func TestTheStatusLineSaysHowFarACheckIs(t *testing.T) {
	var out bytes.Buffer
	line := &statusLine{w: &out, t: theme.Theme{Width: 80, Terminal: true}}
	steps := []struct {
		p    checker.Progress
		want string
	}{
		{checker.Progress{Stage: checker.Building}, "building"},
		{checker.Progress{Stage: checker.Building, Note: "once, about 20 s"}, "building (once, about 20 s)"},
		{checker.Progress{Stage: checker.Correct}, "building … correct?"},
		{checker.Progress{Stage: checker.Races}, "building … correct? … races?"},
		{checker.Progress{Stage: checker.Measuring, Step: 0, Of: 8}, "building … correct? … races? … round 1 of 8"},
		{checker.Progress{Stage: checker.Measuring, Step: 7, Of: 8}, "building … correct? … races? … round 8 of 8"},
		{checker.Progress{Stage: checker.Measuring, Step: 8, Of: 8}, "building … correct? … races? … round 9"},
	}
	for _, s := range steps {
		out.Reset()
		line.show(s.p)
		if got := strings.TrimPrefix(out.String(), "\r\x1b[K "); got != s.want {
			t.Errorf("%+v: got %q, want %q", s.p, got, s.want)
		}
	}
	out.Reset()
	line.clear()
	if out.String() != "\r\x1b[K" {
		t.Errorf("clear wrote %q", out.String())
	}
}

func TestWithoutATerminalOnlyWhatTakesLongIsAnnouncedOnce(t *testing.T) {
	var out bytes.Buffer
	line := &statusLine{w: &out, t: theme.Theme{Width: 80}}
	for range 3 {
		line.show(checker.Progress{Stage: checker.Building, Note: "once, about 20 s"})
		line.show(checker.Progress{Stage: checker.Correct})
	}
	line.clear()
	if want := "building: once, about 20 s\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
