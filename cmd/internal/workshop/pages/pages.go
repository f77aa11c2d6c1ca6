// Package pages draws the web pages of a workshop: plain values in, HTML out.
// It knows no request and no host.
//
// Every page is a template of its own in templates/, in the frame of
// templates/frame.html; style sheets and scripts are files in static/, since the
// content security policy allows nothing inline (no style attribute, no script,
// no event attribute). Pictures are SVG, drawn here, each with a table that says
// the same. What learners and instructors wrote reaches a page through
// html/template or lessons/web, which escape it.
package pages

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"path"
	"sync"
)

//go:embed templates static
var files embed.FS

// Frame is what surrounds a page.
type Frame struct {
	Title   string
	Class   string   // of body; pages differ by it in the style sheet
	Styles  []string // files in static, besides style.css
	Scripts []string // files in static
	Plain   bool     // the connection is not encrypted; a banner says so
	Body    template.HTML
}

// templates are parsed when the first page is asked for.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(functions()).ParseFS(files, "templates/*.html"))
})

// render writes a page: a template in its frame.
func render(w io.Writer, f Frame, name string, data any) error {
	body, err := part(name, data)
	if err != nil {
		return err
	}
	f.Body = body
	return templates().ExecuteTemplate(w, "frame.html", f)
}

// part is a template as a fragment.
func part(name string, data any) (template.HTML, error) {
	var b writer
	if err := templates().ExecuteTemplate(&b, name, data); err != nil {
		return "", fmt.Errorf("page %s: %w", name, err)
	}
	return template.HTML(b), nil
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) { *w = append(*w, p...); return len(p), nil }

// Static is a file that pages refer to as /static/NAME, with its type.
func Static(name string) (content []byte, contentType string, ok bool) {
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	contentType, ok = types[path.Ext(name)]
	if !ok || path.Base(name) != name {
		return nil, "", false
	}
	content, err := files.ReadFile("static/" + name)
	return content, contentType, err == nil
}
