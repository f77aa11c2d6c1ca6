package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gokata/checker/evidence"
)

// htmlPages gives the page of every report and of every trace.
func htmlPages(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	write := func(name string, do func(io.Writer) error) {
		var b bytes.Buffer
		if err := do(&b); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = b.String()
	}
	for name, r := range reports() {
		write(name, func(w io.Writer) error { return HTML(w, r) })
	}
	for name, tr := range tracings() {
		write(name, func(w io.Writer) error { return TraceHTML(w, tr) })
		write("check-"+name, func(w io.Writer) error { return HTML(w, tr.Report) })
	}
	return all
}

// element is an element of a page with what is in it.
type element struct {
	name     string
	attr     map[string]string
	children []*element
	text     string
}

// parsePage reads a page as XML, the stricter of the two.
func parsePage(page string) (*element, error) {
	root := &element{name: "document"}
	open := []*element{root}
	for d := xml.NewDecoder(strings.NewReader(page)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attr: map[string]string{}}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			top.children = append(top.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
}

// all lists the elements of a name, in the order of the page.
func (e *element) all(name string) (found []*element) {
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
		found = append(found, c.all(name)...)
	}
	return found
}

// words is the text of an element and of all in it.
func (e *element) words() string {
	text := e.text
	for _, c := range e.children {
		text += " " + c.words()
	}
	return text
}

func TestEveryPageIsWellFormedAndNeedsNothingElse(t *testing.T) {
	known := []string{
		"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "strong", "code", "pre", "dl", "dt", "dd", "div",
		"table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary", "ul", "ol", "li",
		"svg", "desc", "defs", "pattern", "rect", "line", "circle", "text", "polygon", "polyline",
	}
	for name, page := range htmlPages(t) {
		root, err := parsePage(page)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, bad := range []string{"<script", "http", "<link", "@import", "src=", "href=", "ZgotmplZ", "%!", "NaN", "Inf"} {
			if strings.Contains(page, bad) && !strings.Contains(name, "hostile") {
				t.Errorf("%s: holds %q", name, bad)
			}
		}
		var walk func(e *element)
		walk = func(e *element) {
			for _, c := range e.children {
				if !slices.Contains(known, c.name) {
					t.Errorf("%s: an element %s", name, c.name)
				}
				for attr := range c.attr {
					if strings.HasPrefix(attr, "on") || attr == "src" || attr == "href" || attr == "style" {
						t.Errorf("%s: an attribute %s of %s", name, attr, c.name)
					}
				}
				walk(c)
			}
		}
		walk(root)
	}
}

func TestEveryPictureHasANameAndIDsAreUnique(t *testing.T) {
	for name, page := range htmlPages(t) {
		root, err := parsePage(page)
		if err != nil {
			t.Fatal(err)
		}
		ids := map[string]string{}
		for _, kind := range []string{"title", "desc", "pattern"} {
			for _, e := range root.all(kind) {
				if id := e.attr["id"]; id != "" {
					if _, twice := ids[id]; twice {
						t.Errorf("%s: two elements have the id %s", name, id)
					}
					ids[id] = e.words()
				}
			}
		}
		for _, svg := range root.all("svg") {
			if svg.attr["aria-hidden"] == "true" {
				continue
			}
			labels := strings.Fields(svg.attr["aria-labelledby"])
			if svg.attr["role"] != "img" || len(labels) != 2 {
				t.Errorf("%s: a picture with the attributes %v", name, svg.attr)
			}
			for _, id := range labels {
				if strings.TrimSpace(ids[id]) == "" {
					t.Errorf("%s: no words under the id %s", name, id)
				}
			}
		}
	}
}

func TestWhatTheLearnerWroteIsTextOnAPage(t *testing.T) {
	for name, page := range htmlPages(t) {
		if !strings.Contains(name, "hostile") {
			continue
		}
		if strings.Contains(page, "<script") || strings.Contains(page, `" onload`) {
			t.Errorf("%s: markup of the learner's is alive", name)
		}
		for _, c := range page {
			if c < ' ' && c != '\n' && c != '\t' || c == '\u202e' || c >= 0x7f && c < 0xa0 {
				t.Errorf("%s: a raw %q", name, c)
			}
		}
		if name == "trace-hostile" && !strings.Contains(page, "&lt;script&gt;alert(&#39;x&#39;)") {
			t.Errorf("%s: the name is not shown", name)
		}
	}
}

func TestTheTimelineOfAPageShowsEveryPThatRan(t *testing.T) {
	for name, tr := range tracings() {
		if !tr.Traced() {
			continue
		}
		picture := newTimelinePicture(tr.Timeline)
		each, _ := totals(tr.Timeline)
		for procs := range each {
			if procs >= 0 && procs < pageLanes && len(picture.Lanes[procs].Slices) == 0 {
				t.Errorf("%s: P%d ran, and its lane is empty", name, procs)
			}
		}
		for _, lane := range picture.Lanes {
			for _, s := range lane.Slices {
				x, width := percentage(t, s.X), percentage(t, s.Width)
				if x < 0 || width <= 0 || x+width > 100+100.0/pixels+0.01 {
					t.Errorf("%s: a slice from %s, %s wide", name, s.X, s.Width)
				}
				if s.Title == "" {
					t.Errorf("%s: a slice without title", name)
				}
			}
		}
	}
}

func percentage(t *testing.T, s string) float64 {
	t.Helper()
	f, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSlicesShorterThanAPixelAreDrawnAsOne(t *testing.T) {
	line := evidence.Timeline{Procs: 1, Wall: 10_000_000}
	for at := int64(0); at < line.Wall; at += 100 {
		line.Slices = append(line.Slices, evidence.Slice{From: at, To: at + 60, What: evidence.Yours, Goroutine: at + 1})
	}
	drawn := newTimelinePicture(line).Lanes[0].Slices
	if len(drawn) > 2*pixels || len(drawn) < pixels/2 {
		t.Errorf("%d slices are drawn as %d", len(line.Slices), len(drawn))
	}
}

func TestTheCurveOfAPageStaysInItsBox(t *testing.T) {
	number := regexp.MustCompile(`-?[0-9.]+`)
	for name, tr := range tracings() {
		c := newCurvePicture(tr)
		if c == nil {
			continue
		}
		for what, points := range map[string]string{"ideal": c.Ideal, "band": c.Band, "Amdahl": c.Amdahl} {
			for i, s := range number.FindAllString(points, -1) {
				f, err := strconv.ParseFloat(s, 64)
				limit := []float64{curveLeft + plotDoublings*curveDoubling, float64(c.Bottom)}[i%2]
				if err != nil || f < 0 || f > limit {
					t.Errorf("%s: %s goes through %s", name, what, s)
				}
			}
		}
	}
}

func TestTheTableBesideTheCurveHoldsItsFigures(t *testing.T) {
	tr := merged()
	table := map[string][]string{}
	for _, row := range curveTable(tr) {
		table[row.Name] = row.Cells
	}
	want := map[string][]string{
		"lower bound": {"1.8", "3.2", "5.4", "8.1", "10.9"},
		"upper bound": {"2.0", "3.9", "7.2", "11.8", "13.1"},
		"measured":    {"1.83", "", "", "", ""},
	}
	for name, cells := range want {
		if !slices.Equal(table[name], cells) {
			t.Errorf("%s: %v, want %v", name, table[name], cells)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		if len(table[name]) != len(tr.curvePoints()) {
			t.Errorf("%s: %d cells", name, len(table[name]))
		}
	}
}

// TestTheColoursOfAPageCanBeRead holds text to the contrast that WCAG 2 asks of
// it (4.5), and what is drawn to that of graphics (3), light and dark.
func TestTheColoursOfAPageCanBeRead(t *testing.T) {
	css, err := pageFiles.ReadFile("page/style.css")
	if err != nil {
		t.Fatal(err)
	}
	roots := regexp.MustCompile(`:root \{([^}]*)\}`).FindAllStringSubmatch(string(css), -1)
	if len(roots) != 2 {
		t.Fatalf("%d sets of colours, want light and dark", len(roots))
	}
	for i, root := range roots {
		colour := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([a-z]+): #([0-9a-f]{6});`).FindAllStringSubmatch(root[1], -1) {
			colour[m[1]] = luminance(t, m[2])
		}
		contrast := func(a, b string) float64 {
			x, y := colour[a], colour[b]
			if x == 0 && y == 0 {
				t.Fatalf("no colour is called %s or %s", a, b)
			}
			return (max(x, y) + 0.05) / (min(x, y) + 0.05)
		}
		for _, paper := range []string{"paper", "panel"} {
			for _, text := range []string{"ink", "soft", "good", "bad", "unsure"} {
				if c := contrast(text, paper); c < 4.5 {
					t.Errorf("set %d: %s on %s has a contrast of %.2f", i, text, paper, c)
				}
			}
			for _, drawn := range []string{"you", "ref", "gc", "bad"} {
				if c := contrast(drawn, paper); c < 3 {
					t.Errorf("set %d: %s on %s has a contrast of %.2f", i, drawn, paper, c)
				}
			}
		}
	}
}

// luminance is the relative luminance of a colour, by WCAG 2.
func luminance(t *testing.T, hex string) (sum float64) {
	t.Helper()
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		v, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(v) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func TestAPageOfACheckHoldsWhatTheTerminalSays(t *testing.T) {
	for name, want := range map[string][]string{
		"pass":       {"PARALLEL · 1.83 x on 2 CPUs", "1.01 x the reference's (limit 1.30)", "wall, P=2, you", "22.5 ms", "speaks for it", "Samples"},
		"serialised": {"NOT PARALLEL · serialised", "mu.Lock()", "letterfrequency.go:11", "gokata lesson locks", "speaks against it", "40.80"},
		"build":      {"DOES NOT BUILD", "undefined: mux", "mux.Lock()"},
		"race":       {"DATA RACE", "Nothing puts these two in order"},
		"meter-fail": {"4 x think, P=2", "124 ms"},
		"noisy":      {"INCONCLUSIVE", "could not testify"},
	} {
		root, err := parsePage(htmlPages(t)[name])
		if err != nil {
			t.Fatal(err)
		}
		words := root.words()
		for _, text := range want {
			if !strings.Contains(words, text) {
				t.Errorf("%s: no %q", name, text)
			}
		}
	}
}

func TestAPageOfATraceHoldsWhatTheTerminalSays(t *testing.T) {
	for name, want := range map[string][]string{
		"trace-merged":    {"1.9 to 13", "64 goroutines on 2 Ps", "ConcurrentFrequency.func1", "letterfrequency.go:10", "wg.Go(func() {", "wg.Wait()", "10.9", "71 % of it"},
		"trace-truncated": {"more events than a trace holds"},
		"trace-unbuilt":   {"DOES NOT BUILD", "undefined: mux"},
		"trace-bare":      {"One ran at a time", "sleep 20.0 ms"},
	} {
		root, err := parsePage(htmlPages(t)[name])
		if err != nil {
			t.Fatal(err)
		}
		words := root.words()
		for _, text := range want {
			if !strings.Contains(words, text) {
				t.Errorf("%s: no %q", name, text)
			}
		}
	}
}
