// Package theme decides how text looks on one writer: its width, and whether
// it may carry colour. The decision is made once for each writer and passed on
// as a value, since standard output may be a file while standard error is a
// terminal. Colour helps and never carries meaning alone.
package theme

import (
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/fatih/color"
	"golang.org/x/term"

	"gokata/checker/report"
	lessonterm "gokata/lessons/term"
)

// The widths that text is laid out for, in columns.
const (
	MinWidth     = 40
	MaxWidth     = 120
	DefaultWidth = 80
)

// Theme is how text looks on one writer.
type Theme struct {
	Width    int  // columns, MinWidth to MaxWidth
	Height   int  // rows of the terminal, 0 where there is none
	Terminal bool // the writer is a terminal
	Color    bool // colour and bold may be written
	Light    bool // the background is light
	Dumb     bool // nothing is drawn: no cursor is moved, words stand for signs
}

// For looks at a writer and the environment. Colour: NO_COLOR (any value)
// wins, then CLICOLOR_FORCE, then CLICOLOR=0 and TERM=dumb against it, else
// whether w is a terminal. Width: the terminal's, else $COLUMNS, else 80.
func For(w io.Writer, getenv func(string) string) Theme {
	t := Theme{Width: DefaultWidth, Dumb: getenv("TERM") == "dumb" || getenv("GOKATA_PLAIN") != "", Light: light(getenv("COLORFGBG"))}
	if n, err := strconv.Atoi(getenv("COLUMNS")); err == nil && n > 0 {
		t.Width = n
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.Terminal = true
		if columns, rows, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			t.Width, t.Height = columns, rows
		}
	}
	t.Width = max(MinWidth, min(t.Width, MaxWidth))
	switch force := getenv("CLICOLOR_FORCE"); {
	case getenv("NO_COLOR") != "":
	case force != "" && force != "0":
		t.Color = true
	case getenv("CLICOLOR") == "0", getenv("TERM") == "dumb":
	default:
		t.Color = t.Terminal
	}
	return t
}

// light reads COLORFGBG, "foreground;background" as some terminals set it:
// 7 and 9 to 15 are light backgrounds.
func light(fgbg string) bool {
	at := strings.LastIndexByte(fgbg, ';')
	n, err := strconv.Atoi(fgbg[at+1:])
	return at >= 0 && err == nil && (n == 7 || n >= 9 && n <= 15)
}

// Markdown is the theme as the renderer of lessons takes it.
func (t Theme) Markdown() lessonterm.Options {
	return lessonterm.Options{Width: t.Width, Color: t.Color, Light: t.Light, Plain: t.Dumb}
}

// Bold is for the words that are read first.
func (t Theme) Bold(s string) string { return t.paint(s, color.Bold) }

// Dim is for what may be passed over.
func (t Theme) Dim(s string) string { return t.paint(s, color.Faint) }

// Good is for what is done, right or passed.
func (t Theme) Good(s string) string { return t.paint(s, color.FgGreen) }

// Bad is for what is wrong or failed.
func (t Theme) Bad(s string) string { return t.paint(s, color.FgRed) }

// Unsure is for what could not be decided, and for warnings.
func (t Theme) Unsure(s string) string { return t.paint(s, color.FgYellow) }

// Command is for what can be typed as it stands.
func (t Theme) Command(s string) string { return t.paint(s, color.FgCyan) }

// paint never asks the color package's global, which looks at standard output
// alone.
func (t Theme) paint(s string, a ...color.Attribute) string {
	if !t.Color || s == "" {
		return s
	}
	c := color.New(a...)
	c.EnableColor()
	return c.Sprint(s)
}

// Report is the theme as the renderer of reports takes it.
func (t Theme) Report() report.Options {
	return report.Options{Width: t.Width, Color: t.Color, Plain: t.Dumb}
}
