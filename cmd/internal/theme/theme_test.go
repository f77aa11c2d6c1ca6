package theme_test

import (
	"io"
	"os"
	"testing"

	"github.com/creack/pty"

	"gokata/cmd/internal/theme"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func TestColourIsDecidedForEachWriter(t *testing.T) {
	control, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	defer terminal.Close()
	file, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	tests := []struct {
		name string
		w    io.Writer
		env  []string
		want bool
	}{
		{"a terminal", terminal, nil, true},
		{"a terminal, NO_COLOR", terminal, []string{"NO_COLOR", "1"}, false},
		{"a terminal, CLICOLOR=0", terminal, []string{"CLICOLOR", "0"}, false},
		{"a terminal, TERM=dumb", terminal, []string{"TERM", "dumb"}, false},
		{"a terminal, NO_COLOR over CLICOLOR_FORCE", terminal, []string{"NO_COLOR", "1", "CLICOLOR_FORCE", "1"}, false},
		{"a file", file, nil, false},
		{"a file, CLICOLOR_FORCE", file, []string{"CLICOLOR_FORCE", "1"}, true},
		{"a file, CLICOLOR_FORCE=0", file, []string{"CLICOLOR_FORCE", "0"}, false},
		{"memory", io.Discard, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			th := theme.For(tt.w, env(tt.env...))
			if th.Color != tt.want {
				t.Errorf("Color = %v, want %v", th.Color, tt.want)
			}
			if styled := th.Good("x") != "x"; styled != tt.want {
				t.Errorf("Good writes colour: %v, want %v", styled, tt.want)
			}
		})
	}
}

func TestWidthIsTheTerminalsThenColumnsClamped(t *testing.T) {
	control, terminal, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	defer terminal.Close()
	if err := pty.Setsize(control, &pty.Winsize{Rows: 24, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		w       io.Writer
		columns string
		want    int
	}{
		{"a terminal", terminal, "", 100},
		{"a terminal knows better than $COLUMNS", terminal, "60", 100},
		{"$COLUMNS", io.Discard, "60", 60},
		{"too narrow", io.Discard, "12", theme.MinWidth},
		{"too wide", io.Discard, "400", theme.MaxWidth},
		{"not a number", io.Discard, "wide", theme.DefaultWidth},
		{"nothing said", io.Discard, "", theme.DefaultWidth},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := theme.For(tt.w, env("COLUMNS", tt.columns)).Width; got != tt.want {
				t.Errorf("Width = %d, want %d", got, tt.want)
			}
		})
	}
}

func TestLightBackgroundIsReadFromTheTerminalsHint(t *testing.T) {
	for hint, want := range map[string]bool{"": false, "15;0": false, "0;15": true, "0;default;7": true, "7": false, "0;x": false} {
		if got := theme.For(io.Discard, env("COLORFGBG", hint)).Light; got != want {
			t.Errorf("COLORFGBG=%q: Light = %v, want %v", hint, got, want)
		}
	}
}
