package report

import (
	"fmt"
	"io"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// MeasurementText writes a measurement of benchmarks for people, no line wider
// than o.Width: for each benchmark what it is in a word, a table by GOMAXPROCS,
// and remarks in sentences.
func MeasurementText(w io.Writer, m Measurement, o Options) error {
	p := newPage(o)
	p.measurementHead(m)
	for _, b := range m.Benches {
		p.blank()
		if b.Failed != nil {
			p.failedBench(b)
			continue
		}
		p.bench(b, m.Machine)
	}
	if len(m.Skipped) > 0 {
		p.blank()
		p.paragraph("Skipped by themselves: " + strings.Join(m.Skipped, ", ") + ".")
	}
	return p.writeTo(w)
}

// measurementHead says what was measured where.
func (p *page) measurementHead(m Measurement) {
	var took string
	if m.Elapsed > 0 {
		took = fmt.Sprintf("%.1f s", m.Elapsed.Seconds())
	}
	p.edges(span{text: p.fit(p.clean(m.Package), p.width), style: p.theme.strong}, span{text: took, style: p.theme.faint})
	where := []string{quantity(m.Machine.CPUs, "CPU")}
	if q := m.Machine.Quota; q != nil {
		where = append(where, fmt.Sprintf("quota %.3g", *q))
	}
	for _, label := range []string{m.Labels["cpu"], m.Machine.Go, m.Machine.OS + "/" + m.Machine.Arch} {
		if label != "" && label != "/" {
			where = append(where, label)
		}
	}
	p.paragraph(strings.Join(where, ", "))
}

// bench writes one benchmark.
func (p *page) bench(b evidence.Bench, m evidence.Machine) {
	remarks := verdict.Remarks(b, m)
	sign, word, style := p.sign.unsure, "not known", p.theme.unsure
	for _, r := range remarks {
		if r.Topic != verdict.IsParallel {
			continue
		}
		switch r.Says {
		case verdict.YesParallel:
			sign, word, style = p.sign.pass, "parallel", p.theme.good
		case verdict.PartlyParallel:
			sign, word, style = p.sign.unsure, "partly parallel", p.theme.unsure
		case verdict.NotParallel:
			sign, word, style = p.sign.fail, "not parallel", p.theme.bad
		}
	}
	p.benchHead(sign, word, span{text: b.Name, style: style},
		fmt.Sprintf("%s of %d", quantity(counts(b), "round"), b.N))
	p.blank()
	p.levels(verdict.Levels(b))
	p.blank()
	for _, r := range remarks {
		p.fieldAt(benchLabel(r.Topic), r.Text, benchColumn)
	}
}

// benchHead writes the line that names a benchmark: what it is in a word comes
// first, as it is read first.
func (p *page) benchHead(sign, word string, name span, right string) {
	head := sign + " " + strings.ToUpper(word)
	full := head + " " + p.sign.dot + " " + p.clean(name.text)
	if columns(full) <= p.width {
		p.edges(span{text: full, style: name.style}, span{text: right, style: p.theme.faint})
		return
	}
	p.edges(span{text: head, style: name.style}, span{text: right, style: p.theme.faint})
	p.paragraph(name.text)
}

// benchColumn is where the text of remarks starts.
const benchColumn = 10

func benchLabel(t verdict.Topic) string {
	switch t {
	case verdict.IsParallel:
		return "Seen"
	case verdict.HowFar:
		return "How far"
	case verdict.WhyNot:
		return "Limit"
	case verdict.Beyond:
		return "Beyond"
	}
	return "Mind"
}

// counts is how many rounds of a benchmark count.
func counts(b evidence.Bench) (n int) {
	for _, r := range b.Rounds {
		if r.Discarded == "" {
			n++
		}
	}
	return n
}

// column of the table of a benchmark. Those that do not fit are left out, the
// highest rank first.
type benchCell struct {
	head  string
	width int
	rank  int
	cell  func(l verdict.Level) string
	// againstOne marks a figure that compares with GOMAXPROCS=1.
	againstOne bool
}

var benchTable = []benchCell{
	{"P", 4, 0, func(l verdict.Level) string { return fmt.Sprint(l.Procs) }, false},
	{"time/op", 10, 1, func(l verdict.Level) string { return perOp(l.Wall) }, false},
	{"speed-up", 10, 2, func(l verdict.Level) string { return middleOf(l.Speedup, " x") }, true},
	{"(99 %)", 14, 5, func(l verdict.Level) string { return ends(l.Speedup) }, true},
	{"possible", 10, 6, func(l verdict.Level) string { return middleOf(l.Attainable, "") }, true},
	{"CPUs busy", 11, 3, func(l verdict.Level) string { return middleOf(l.Busy, "") }, false},
	{"CPU/op", 10, 7, func(l verdict.Level) string { return perOp(l.CPU) }, false},
	{"inflation", 11, 4, func(l verdict.Level) string { return middleOf(l.Inflation, "") }, true},
	{"B/op", 11, 8, func(l verdict.Level) string { return number(l.Bytes) }, false},
	{"allocs/op", 11, 9, func(l verdict.Level) string { return number(l.Allocs) }, false},
}

// levels writes the table.
func (p *page) levels(levels []verdict.Level) {
	shown := map[int]bool{}
	room := p.width - 1
	for rank := range len(benchTable) {
		for i, c := range benchTable {
			if c.rank == rank && c.width <= room {
				shown[i] = true
				room -= c.width
			} else if c.rank == rank {
				room = 0 // what ranks lower does not take its place
			}
		}
	}
	row := func(cell func(c benchCell) string) string {
		var line strings.Builder
		for i, c := range benchTable {
			if shown[i] {
				text := cell(c)
				line.WriteString(strings.Repeat(" ", max(1, c.width-columns(text))) + text)
			}
		}
		return line.String()
	}
	p.line(span{text: row(func(c benchCell) string { return c.head }), style: p.theme.faint})
	for _, l := range levels {
		p.line(span{text: p.clean(row(func(c benchCell) string {
			switch {
			case l.Samples == 0 && c.rank > 0:
				return "-"
			case l.Procs == 1 && c.againstOne:
				return "" // 1 against itself
			}
			return c.cell(l)
		}))})
	}
}

func middleOf(r *verdict.Range, unit string) string {
	if r == nil {
		return "-"
	}
	return fmt.Sprintf("%.2f%s", r.Mid, unit)
}

// ends writes the interval of a figure.
func ends(r *verdict.Range) string {
	if r == nil || r.Low == nil || r.High == nil {
		return "-"
	}
	return fmt.Sprintf("%.2f–%.2f", *r.Low, *r.High)
}

// perOp writes a time of one iteration, in ns, to three digits.
func perOp(r *verdict.Range) string {
	if r == nil {
		return "-"
	}
	for _, u := range []struct {
		name string
		ns   float64
	}{{"s", 1e9}, {"ms", 1e6}, {"µs", 1e3}} {
		if r.Mid >= 0.9995*u.ns {
			return threeDigits(r.Mid/u.ns) + " " + u.name
		}
	}
	return threeDigits(r.Mid) + " ns"
}

func threeDigits(x float64) string {
	switch {
	case x < 9.995:
		return fmt.Sprintf("%.2f", x)
	case x < 99.95:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.0f", x)
}

func number(x *float64) string {
	if x == nil {
		return "-"
	}
	return fmt.Sprintf("%.0f", *x)
}

// Said writes what another program has printed, for standard error: every line
// as it is, but with nothing in it that a terminal could take for a command.
func Said(w io.Writer, text string, o Options) error {
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", "        ")
		if _, err := fmt.Fprintln(w, clean(line, o.Plain)); err != nil {
			return fmt.Errorf("failed to write what a program said: %w", err)
		}
	}
	return nil
}

// mostFailed is how many lines of a failure are shown.
const mostFailed = 20

// failedBench shows what a benchmark that failed has printed.
func (p *page) failedBench(b evidence.Bench) {
	p.benchHead(p.sign.fail, "failed", span{text: b.Name, style: p.theme.bad}, fmt.Sprintf("GOMAXPROCS=%d", b.Failed.Procs))
	p.blank()
	lines := strings.Split(strings.ReplaceAll(b.Failed.Output, "\t", "    "), "\n")
	for _, line := range lines[:min(len(lines), mostFailed)] {
		line = p.clean(strings.TrimRight(line, " \r"))
		indent := strings.Repeat(" ", min(3+len(line)-len(strings.TrimLeft(line, " ")), p.width/2))
		for _, part := range wrap(line, p.width-len(indent)) {
			p.line(span{text: indent + part})
		}
	}
	if more := len(lines) - mostFailed; more > 0 {
		p.paragraph(fmt.Sprintf("%s more", quantity(more, "line")))
	}
}
