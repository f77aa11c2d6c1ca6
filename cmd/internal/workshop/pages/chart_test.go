package pages

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// cell is that of somebody who has checked a kata for 10 minutes.
func cell(state workshop.State, reason string, speedup float64) *workshop.Cell {
	c := &workshop.Cell{
		State: state, Attempts: 2, Same: 1, First: noon, Last: noon.Add(10 * time.Minute), Reason: reason,
		Speedup: speedup, Attainable: 1.9, CPUs: 2, Curve: map[string]float64{"2": speedup, "4": speedup * 1.7, "64": speedup * 6},
	}
	if state == workshop.Passed {
		c.PassedAt = c.Last
	}
	return c
}

// person has cells by kata.
func person(id int64, name string, cells map[string]*workshop.Cell) *workshop.Person {
	return &workshop.Person{Learner: workshop.Learner{ID: id, Name: name, Joined: noon}, Cells: cells, Last: noon}
}

func byName(l workshop.Learner) string { return l.Name }

func title(kata string) string { return strings.ToUpper(kata) }

// hostile is a name that would be markup, were it not escaped.
const hostile = `<script>alert("x")</script>&'`

// wellFormed requires that a fragment is XML, which the HTML of pictures and rows
// is as well, void elements aside.
func wellFormed(t *testing.T, text template.HTML) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<all>" + regexp.MustCompile(`<col( [^>]*)?>`).ReplaceAllString(string(text), "") + "</all>"))
	d.Entity = xml.HTMLEntity
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		if e, ok := tok.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("<%s %s> is against the content security policy", e.Name.Local, a.Name.Local)
				}
			}
			if e.Name.Local == "script" {
				t.Errorf("a name is markup in %s", text)
			}
		}
	}
}

func TestThereIsALineForEachCurve(t *testing.T) {
	people := []*workshop.Person{
		person(1, "Kim", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.8)}),
		person(2, hostile, map[string]*workshop.Cell{"sort": cell(workshop.Failed, "serialised", 1.1)}),
		person(3, "Eve", map[string]*workshop.Cell{"sort": cell(workshop.Failed, "race", 0)}),
		person(4, "Bob", nil),
	}
	text := Wall(people, "sort", "Sort", byName)
	wellFormed(t, text)
	s := string(text)
	for part, want := range map[string]int{
		`<g class="learner"`: 1, `<g class="learner unpassed"`: 1, `class="measured"`: 2, `class="reference"`: 2, `<path class="ideal"`: 1,
		"<title>Kim: 1.80 on 2 CPUs, 1.90 possible</title>": 1, "Eve": 0, "Bob": 0, "<tr>": 3,
	} {
		if got := strings.Count(s, part); got != want {
			t.Errorf("%d of %s, want %d", got, part, want)
		}
	}
}

func TestAWallWithoutNamesHasNone(t *testing.T) {
	people := []*workshop.Person{
		person(1, "Kim", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.8)}),
		person(2, "Ada", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.6)}),
	}
	s := string(Wall(people, "sort", "Sort", nil))
	if strings.Contains(s, "Kim") || strings.Contains(s, "<title>") || strings.Contains(s, "tabindex=\"0\" role=\"img\"") {
		t.Error(s)
	}
	if !strings.Contains(s, "<td>2</td><td>1.60</td>") {
		t.Errorf("the table does not count them: %s", s)
	}
}

func TestCurvesStayOnTheirPicture(t *testing.T) {
	c := cell(workshop.Passed, "ok", 1e4)
	c.CPUs = 65000
	c.Curve = map[string]float64{"4": 0, "-8": 3, "x": 2, "16": 60000, "64": 0.0001, "99999": 3}
	s := string(Wall([]*workshop.Person{person(1, "Kim", map[string]*workshop.Cell{"sort": c})}, "sort", "Sort", byName))
	for _, d := range regexp.MustCompile(` d="([^"]*)"`).FindAllStringSubmatch(s, -1) {
		for i, f := range strings.FieldsFunc(d[1], func(r rune) bool { return strings.ContainsRune("ML ", r) }) {
			v, err := strconv.ParseFloat(f, 64)
			if err != nil || v < 0 || v > wallWidth || i%2 == 1 && v > wallHeight {
				t.Errorf("%q in %s", f, d[1])
			}
		}
	}
}

func TestAnAxisIsLogarithmic(t *testing.T) {
	same := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if !same(wallX(2)-wallX(1), wallX(64)-wallX(32)) || !same(wallX(1), wallLeft) || !same(wallX(64), wallRight) {
		t.Error("twice the CPUs is not one step along")
	}
	if !same(wallY(1)-wallY(2), wallY(16)-wallY(32)) {
		t.Error("twice the speed-up is not one step up")
	}
}

func TestTheReferenceIsTheMedianOfItsMachines(t *testing.T) {
	var curves []curve
	for _, p := range []struct {
		cpus     int
		possible float64
	}{{2, 1.9}, {2, 1.7}, {2, 1.8}, {8, 6}, {8, 5}, {4, 0}} {
		curves = append(curves, curve{measured: step{p.cpus, 1}, possible: p.possible})
	}
	if got, want := fmt.Sprint(possible(curves)), "[{1 1} {2 1.8} {8 5.5}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestThePaceNeverFalls(t *testing.T) {
	var people []*workshop.Person
	for i := range 400 {
		c := cell(workshop.Passed, "ok", 1.5)
		c.PassedAt = noon.Add(time.Duration(i*i%97) * time.Minute)
		people = append(people, person(int64(i), "x", map[string]*workshop.Cell{"sort": c}))
	}
	text := Pace(people, noon.Add(100*time.Minute))
	wellFormed(t, text)
	d := regexp.MustCompile(`<path class="line" d="([^"]*)"`).FindStringSubmatch(string(text))[1]
	lastX, lastY, points := -1.0, 1e9, 0
	for pair := range strings.FieldsFuncSeq(d, func(r rune) bool { return r == 'M' || r == 'L' }) {
		var x, y float64
		if _, err := fmt.Sscan(pair, &x, &y); err != nil {
			t.Fatal(err)
		}
		if x < lastX || y > lastY || x > paceWidth || y < 0 {
			t.Errorf("%v %v after %v %v", x, y, lastX, lastY)
		}
		lastX, lastY = x, y
		points++
	}
	if points > 2*paceWidth {
		t.Errorf("%d points", points)
	}
	if !strings.Contains(string(text), "<td>400</td>") {
		t.Error("the table does not end with all passes")
	}
	if rows := strings.Count(string(text), "<tr>") - 1; rows < 2 || rows > paceRows {
		t.Errorf("%d rows", rows)
	}
}

func TestThePaceIsTheSameWhereNothingHappensWithinAMinute(t *testing.T) {
	people := []*workshop.Person{person(1, "Kim", map[string]*workshop.Cell{"sort": cell(workshop.Passed, "ok", 1.8)})}
	if a, b := Pace(people, noon.Add(time.Hour)), Pace(people, noon.Add(time.Hour+50*time.Second)); a != b {
		t.Error("it would be sent again for nothing")
	}
}

func TestPicturesOfTimesAreDrawnForAnyLength(t *testing.T) {
	for _, length := range []time.Duration{0, time.Second, time.Hour, 26 * time.Hour, 24 * 400 * time.Hour} {
		c := cell(workshop.Passed, "ok", 1.5)
		c.PassedAt = noon.Add(length)
		text := Pace([]*workshop.Person{person(1, "Kim", map[string]*workshop.Cell{"sort": c})}, noon)
		wellFormed(t, text)
		if n := strings.Count(string(text), "<tr>"); n > paceRows+1 {
			t.Errorf("%v: %d rows", length, n)
		}
	}
}

func TestAStateBarIsFullAndSaysItself(t *testing.T) {
	n := map[workshop.State]int{workshop.Passed: 120, workshop.Failed: 30, workshop.Unsure: 1, workshop.Working: 40, "": 9}
	text := StateBar(n, hostile)
	wellFormed(t, text)
	sum := 0.0
	for _, m := range regexp.MustCompile(`<rect class="\w+" x="[\d.]+" y="0" width="([\d.]+)"`).FindAllStringSubmatch(string(text), -1) {
		w, _ := strconv.ParseFloat(m[1], 64)
		sum += w
	}
	if sum < barWidth-1 || sum > barWidth+1 {
		t.Errorf("the bar is %v wide of %d", sum, barWidth)
	}
	for _, want := range []string{"120 passed", "✓ 120", "? 1</b> inconclusive", "· 9</b> not begun"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q", want)
		}
	}
	if StateBar(nil, "Sort") != nothing("Nobody has joined yet.") {
		t.Error("nobody is a bar")
	}
}

func TestReasonsAreBarsAndATable(t *testing.T) {
	var people []*workshop.Person
	for i, reason := range []string{"race", "race", "serialised", hostile} {
		people = append(people, person(int64(i), "x", map[string]*workshop.Cell{"sort": cell(workshop.Failed, reason, 0)}))
	}
	text := Reasons(workshop.Summaries(people), title)
	wellFormed(t, text)
	if n := strings.Count(string(text), `<rect class="bar"`); n != 3 {
		t.Errorf("%d bars", n)
	}
	if !strings.Contains(string(text), `<tr><th scope="row">SORT</th><td>race</td><td>2</td></tr>`) {
		t.Error(text)
	}
}

func TestAQRCodeHasItsQuietZone(t *testing.T) {
	text := string(QR("https://127.0.0.1:8443/#ABCD-EFGH", hostile))
	wellFormed(t, template.HTML(text))
	var side int
	if _, err := fmt.Sscanf(text[strings.Index(text, "viewBox"):], `viewBox="0 0 %d`, &side); err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)`).FindAllStringSubmatch(text, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		w, _ := strconv.Atoi(m[3])
		if x < quietZone || y < quietZone || x+w > side-quietZone || y >= side-quietZone {
			t.Errorf("%s is in the quiet zone", m[0])
		}
	}
	if QR(strings.Repeat("x", 5000), "long") != "" {
		t.Error("a text that is too long has a code")
	}
}

func TestATallySaysWhatItsBarsShow(t *testing.T) {
	p := &workshop.Poll{Options: []string{"`a < b`", hostile, "c"}, Right: []int{0}}
	text := string(Tally(p, []int{3, 1, 0}, 4, true))
	for _, want := range []string{"<code>a &lt; b</code>", ">3 <small>75 %</small>", ">0 <small>0 %</small>", "✓ right", `width="75"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if strings.Contains(text, "<script") {
		t.Error(text)
	}
	if text := string(Tally(p, nil, 0, false)); strings.Contains(text, "right") || strings.Contains(text, "%") || strings.Contains(text, "<svg") {
		t.Errorf("it tells how it went: %s", text)
	}
}
