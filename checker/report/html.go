package report

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"gokata/checker/evidence"
)

//go:embed page
var pageFiles embed.FS

// pages are parsed when the first page is written: most commands write none.
var pages = sync.OnceValues(func() (*template.Template, error) {
	style, err := pageFiles.ReadFile("page/style.css")
	if err != nil {
		return nil, err
	}
	t, err := template.New("style").Parse(string(style))
	if err != nil {
		return nil, err
	}
	return t.ParseFS(pageFiles, "page/*.html")
})

// htmlPage is all of a page: one of Check and Trace.
type htmlPage struct {
	Title string
	Check *checkPage
	Trace *tracePage
	Made  string
}

// HTML writes a report as one page that needs nothing else: no script, no other
// file, no network.
func HTML(w io.Writer, r Report) error {
	check := newCheckPage(r)
	return writePage(w, htmlPage{Title: check.Headline, Check: &check, Made: madeBy(r.Evidence.Machine)})
}

// TraceHTML writes how a solution ran as one page that needs nothing else.
func TraceHTML(w io.Writer, t Tracing) error {
	trace := newTracePage(t)
	return writePage(w, htmlPage{Title: trace.Headline, Trace: &trace, Made: madeBy(t.Evidence.Machine)})
}

func writePage(w io.Writer, p htmlPage) error {
	t, err := pages()
	if err != nil {
		return fmt.Errorf("failed to read the templates of the page: %w", err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "page", p); err != nil {
		return fmt.Errorf("failed to make the page: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("failed to write the page: %w", err)
	}
	return nil
}

// madeBy says on which machine the figures of a page were taken.
func madeBy(m evidence.Machine) string {
	var parts []string
	for _, part := range []string{m.OS + "/" + m.Arch, m.Go, quantity(m.CPUs, "CPU")} {
		if part != "" && part != "/" {
			parts = append(parts, part)
		}
	}
	return show("Measured by gokata on " + strings.Join(parts, ", ") + ".")
}

// show makes text that is not ours fit for a page. What html/template escapes
// it escapes; here go the characters that no reader should meet raw.
func show(s string) string { return clean(s, false) }

// extent writes a part of a whole as a width or a place in a picture.
func extent(part, whole float64) string {
	if whole <= 0 {
		return "0%"
	}
	return fmt.Sprintf("%.2f%%", 100*min(max(part/whole, 0), 1))
}

// linePlace is a place in the learner's source on a page.
type linePlace struct{ Place, Source string }

func placeOf(r Report, at evidence.Position) linePlace {
	place, source := sourceAt(r, at)
	return linePlace{show(place), show(strings.ReplaceAll(source, "\t", tab))}
}

// labelled is a row of two texts.
type labelled struct{ Label, Text string }

func labelledOf(list []figure) (rows []labelled) {
	for _, f := range list {
		rows = append(rows, labelled{f.label, show(f.text)})
	}
	return rows
}

// barsPicture is a picture of horizontal bars, each under its label.
type barsPicture struct {
	ID, Title, Desc string
	Height          int
	Bars            []barPicture
}

type barPicture struct {
	Label, Value string
	Class        string
	Width        string
	TextY, Y     int
}

// add puts a bar under those that are there.
func (b *barsPicture) add(label, value, class string, part, whole int64) {
	const each, text, bar = 38, 13, 18
	top := len(b.Bars) * each
	b.Bars = append(b.Bars, barPicture{
		Label: label, Value: value, Class: class, Width: extent(float64(part), float64(whole)),
		TextY: top + text, Y: top + bar,
	})
	b.Height = top + each
	b.Desc = strings.TrimPrefix(b.Desc+"; "+label+": "+value, "; ")
}
