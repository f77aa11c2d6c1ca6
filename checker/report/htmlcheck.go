package report

import (
	"fmt"
	"slices"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// checkPage is what a page shows of a check.
type checkPage struct {
	Outcome     verdict.Outcome
	Sign        string
	Headline    string
	Subject     string
	Explanation string
	At          *linePlace
	Try, Lesson string
	Outlook     string
	Details     string
	Medians     *barsPicture
	Said        []saidRow
	Figures     []labelled
	Witnesses   []witnessRow
	Samples     *sampleTable
}

type witnessRow struct{ Name, Sign, Says string }

// saidRow is what a solution that measures said of one run, and what our clocks
// read.
type saidRow struct{ Run, SaidWall, Wall, SaidCPU, CPU string }

type sampleTable struct {
	Columns []string
	Rows    []sampleRow
}

type sampleRow struct {
	Round int
	Cells []string
}

func newCheckPage(r Report) checkPage {
	v := r.Verdict
	c := checkPage{
		Outcome: v.Outcome, Sign: signOf(v.Outcome, unicodeSymbols()), Headline: word(r),
		Explanation: show(v.Explanation), Try: show(v.Try), Lesson: show(v.Lesson), Outlook: outlook(r),
	}
	if more := detail(r); len(more) > 0 && more[0] != "" {
		c.Headline += " · " + show(more[0])
	}
	subject := []string{show(r.Evidence.Spec.Kata)}
	if elapsed := r.elapsed(); elapsed > 0 {
		subject = append(subject, fmt.Sprintf("%.1f s", elapsed.Seconds()))
	}
	if n := len(r.counted()); n > 0 {
		subject = append(subject, quantity(n, "round"))
	}
	c.Subject = strings.Join(subject, ", ")
	if v.At != nil {
		at := placeOf(r, *v.At)
		c.At = &at
	}
	if c.Details = problemsOf(r); c.Details != "" {
		return c
	}
	c.Medians = mediansPicture(r)
	if r.Evidence.Spec.Kind == spec.Meter {
		c.Said = saidRows(r.Evidence.Reports)
	}
	c.Figures = labelledOf(figuresOf(r))
	c.Witnesses = witnessRows(v)
	c.Samples = samplesOf(r)
	return c
}

// problemsOf is what is wrong with the solution before its time counts, as the
// terminal shows it.
func problemsOf(r Report) string {
	p := newPage(Options{Width: 100})
	if !p.problems(r) {
		return ""
	}
	return strings.TrimRight(p.out.String(), "\n")
}

func mediansPicture(r Report) *barsPicture {
	bars, largest := mediansOf(r)
	if len(bars) == 0 {
		return nil
	}
	picture := &barsPicture{ID: "medians", Title: "Median wall and CPU time by GOMAXPROCS"}
	for _, b := range bars {
		who := "you"
		if b.who == evidence.Ref {
			who = "reference"
		}
		picture.add(fmt.Sprintf("%s, P=%d, %s", b.clock, b.procs, who), millis(b.value), string(b.who), b.value, largest)
	}
	return picture
}

func saidRows(reports []evidence.MeterReport) (rows []saidRow) {
	for _, m := range furthestOff(reports) {
		rows = append(rows, saidRow{
			fmt.Sprintf("%s, P=%d", show(m.Workload), m.Procs),
			millis(m.SaidWall), millis(m.Wall), millis(m.SaidCPU), millis(m.CPU),
		})
	}
	return rows
}

func witnessRows(v verdict.Verdict) (rows []witnessRow) {
	signs, heard := unicodeSymbols(), false
	for _, w := range witnesses(v) {
		name := strings.TrimPrefix(article(w.Name), "the ")
		if w.Name == "cpu" {
			name = "CPU clock"
		}
		row := witnessRow{name, signs.fail, "speaks against it"}
		switch w.Says {
		case unavailable:
			row.Sign, row.Says = signs.silent, "could not testify"
		case parallel:
			row.Sign, row.Says = signs.pass, "speaks for it"
		}
		heard = heard || w.Says != unavailable
		rows = append(rows, row)
	}
	if !heard {
		return nil
	}
	return rows
}

// samplesOf lists wall and CPU time of every round that counts.
func samplesOf(r Report) *sampleTable {
	rounds := r.counted()
	if len(rounds) == 0 {
		return nil
	}
	t := &sampleTable{}
	type source struct {
		who   evidence.Role
		procs int
	}
	var sources []source
	for _, who := range []evidence.Role{evidence.You, evidence.Ref} {
		for _, procs := range procs(rounds) {
			ran := func(round evidence.Round) bool { _, ok := role(round, who)[procs]; return ok }
			if slices.ContainsFunc(rounds, ran) {
				sources = append(sources, source{who, procs})
				head := fmt.Sprintf("%s, P=%d", who, procs)
				t.Columns = append(t.Columns, head+", wall", "CPU")
			}
		}
	}
	for i, round := range rounds {
		row := sampleRow{Round: i + 1}
		for _, s := range sources {
			wall, cpu := "–", "–"
			if sample, ran := role(round, s.who)[s.procs]; ran {
				wall, cpu = fmt.Sprintf("%.2f", float64(sample.Wall)/1e6), fmt.Sprintf("%.2f", float64(sample.CPU)/1e6)
			}
			row.Cells = append(row.Cells, wall, cpu)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
