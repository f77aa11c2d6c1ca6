package report

import (
	"fmt"
	"io"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Options say what the screen can show.
type Options struct {
	Width int  // columns, held between 40 and 120; 0 means 80
	Color bool // write styles (escape sequences)
	Plain bool // write ASCII only, for terminals that lack the signs
}

// Text writes a report for people, no line wider than o.Width.
func Text(w io.Writer, r Report, o Options) error {
	p := newPage(o)
	p.headline(r)
	p.blank()
	if !p.problems(r) {
		p.measured(r)
	}
	if r.Verdict.Reason == verdict.Build && len(findingsOf(r)) > 0 {
		return p.writeTo(w) // what the compiler says is enough
	}
	p.blank()
	p.meaning(r)
	p.blank()
	p.outlook(r)
	p.blank()
	p.nextSteps(r)
	p.witnesses(r)
	return p.writeTo(w)
}

// problems writes what is wrong with the solution before its time counts; false
// if there is nothing.
func (p *page) problems(r Report) bool {
	found, wrong := findingsOf(r), wrongRuns(r)
	switch {
	case len(found) > 0:
		p.findings(found)
	case r.Verdict.Reason == verdict.Race:
		p.races(r)
	case len(wrong) > 0:
		p.wrongRun(r, wrong)
	default:
		return false
	}
	return true
}

func (p *page) writeTo(w io.Writer) error {
	if _, err := w.Write(p.out.Bytes()); err != nil {
		return fmt.Errorf("failed to write the report: %w", err)
	}
	return nil
}

// headline writes the verdict in one line, and what it took.
func (p *page) headline(r Report) {
	v := r.Verdict
	sign, style := signOf(v.Outcome, p.sign), p.theme.bad
	switch v.Outcome {
	case verdict.Pass:
		style = p.theme.good
	case verdict.Inconclusive:
		style = p.theme.unsure
	}
	left := sign + " " + word(r)
	var took []string
	if elapsed := r.elapsed(); elapsed > 0 {
		took = append(took, fmt.Sprintf("%.1f s", elapsed.Seconds()))
	}
	if n := len(r.counted()); n > 0 {
		took = append(took, quantity(n, "round"))
	}
	right := span{text: strings.Join(took, ", "), style: p.theme.faint}
	details := append(detail(r), "")
	for _, text := range details {
		full := left
		if text != "" {
			full += " " + p.sign.dot + " " + p.clean(text)
		}
		// The longest detail that leaves the headline on one line.
		if text == "" || columns(full)+2+columns(right.text) <= p.width {
			left = full
			break
		}
		if len(details) == 2 { // there is only one: its reason is worth a second line
			left = full
			break
		}
	}
	p.edges(span{text: left, style: style}, right)
}

// signOf is the sign of an outcome.
func signOf(o verdict.Outcome, s symbols) string {
	switch o {
	case verdict.Pass:
		return s.pass
	case verdict.Fail:
		return s.fail
	case verdict.Inconclusive:
		return s.unsure
	}
	return s.fault
}

// word is the verdict in capitals.
func word(r Report) string {
	v, kind := r.Verdict, r.Evidence.Spec.Kind
	switch v.Outcome {
	case verdict.Inconclusive:
		return "INCONCLUSIVE"
	case verdict.Pass:
		switch kind {
		case spec.Overlap:
			return "OVERLAPPING"
		case spec.Meter:
			return "RIGHT"
		case spec.Counted:
			return "PROVED"
		}
		return "PARALLEL"
	}
	switch v.Reason {
	case verdict.Build:
		return "DOES NOT BUILD"
	case verdict.Vet:
		return "VET COMPLAINS"
	case verdict.Forbidden:
		return "FORBIDDEN"
	case verdict.WrongAnswer:
		if kind == spec.Meter && len(wrongRuns(r)) == 0 {
			return "WRONG"
		}
		return "WRONG ANSWER"
	case verdict.Panic:
		return "PANIC"
	case verdict.Deadlock:
		return "DEADLOCK"
	case verdict.Timeout:
		return "TIMEOUT"
	case verdict.Race:
		return "DATA RACE"
	case verdict.Leak:
		return "LEAK"
	case verdict.Unbounded:
		return "OVER THE LIMIT"
	case verdict.Underused:
		return "TOO FEW AT ONCE"
	case verdict.Overhead, verdict.Spinning:
		return "TOO COSTLY"
	case verdict.SlowBaseline:
		return "TOO SLOW"
	case verdict.Tampered:
		return "TAMPERED"
	case verdict.Internal:
		return "OUR OWN FAULT"
	}
	switch kind {
	case spec.Overlap:
		return "NOT OVERLAPPING"
	case spec.Meter:
		return "WRONG"
	case spec.Counted:
		if v.Reason == verdict.NotOverlapping {
			return "NOT OVERLAPPING"
		}
	}
	return "NOT PARALLEL"
}

// detail gives what the headline may add to its word, longest first.
func detail(r Report) []string {
	v := r.Verdict
	switch v.Reason {
	case verdict.OK:
		f := v.Figures
		if r.Evidence.Spec.Kind != spec.Parallel || f.Speedup == nil {
			return nil
		}
		if witnesses(v)[0].Says == unavailable {
			return []string{"the wall clock could not testify", ""}
		}
		short := fmt.Sprintf("%s on %s", factor(*f.Speedup), quantity(r.Evidence.Machine.P, "CPU"))
		if f.Attainable == nil {
			return []string{short}
		}
		return []string{short + fmt.Sprintf(" (%.2f possible here)", *f.Attainable), short}
	case verdict.Build:
		if n := len(r.Evidence.Compile); n > 0 {
			return []string{quantity(n, "error")}
		}
		return nil
	case verdict.Forbidden, verdict.Vet, verdict.Panic, verdict.Deadlock, verdict.Timeout, verdict.Race, verdict.Leak,
		verdict.WrongAnswer, verdict.Tampered, verdict.Internal:
		if wrong := wrongRuns(r); len(wrong) > 0 && wrong[0].Name != "" {
			return []string{wrong[0].Name, ""}
		}
		return nil // the word says it
	}
	if strings.EqualFold(strings.ReplaceAll(string(v.Reason), "-", " "), word(r)) {
		return nil
	}
	return []string{string(v.Reason)}
}

// meaning writes what the verdict means, with the learner's own line.
func (p *page) meaning(r Report) {
	v := r.Verdict
	found, wrong := findingsOf(r), wrongRuns(r)
	// What stands above with its line need not be said twice.
	if len(found) == 0 || !strings.Contains(v.Explanation, found[0].Message) {
		p.paragraph(v.Explanation)
	}
	quoted := len(found) > 0 || v.Reason == verdict.Race && len(r.Evidence.Races) > 0 ||
		len(wrong) > 0 && v.At != nil && wrong[0].At != nil && sameLine(*wrong[0].At, *v.At)
	if v.At != nil && !quoted {
		p.quote(r, *v.At)
	}
	if v.Try != "" {
		p.blank()
		p.fieldAt("Try", v.Try, stepColumn)
	}
}

func sameLine(a, b evidence.Position) bool { return a.File == b.File && a.Line == b.Line }

// stepColumn is where the text of the next steps starts.
const stepColumn = 8

// nextSteps writes what to read and what to run.
func (p *page) nextSteps(r Report) {
	command := "gokata hint"
	switch r.Verdict.Outcome {
	case verdict.Pass:
		command = "gokata next"
	case verdict.Inconclusive:
		command = "gokata check"
	case verdict.Error:
		command = "gokata doctor"
	}
	if r.Verdict.Lesson == "" {
		p.fieldAt("Next", command, stepColumn)
		return
	}
	lesson := "gokata lesson " + p.clean(r.Verdict.Lesson)
	const column, gap = 38, 3
	read := pad(" Read", stepColumn) + lesson
	if together := pad(read, max(column, columns(read)+gap)) + pad(" Next", stepColumn) + command; columns(together) <= p.width {
		p.line(span{text: together})
		return
	}
	p.fieldAt("Read", lesson, stepColumn)
	p.fieldAt("Next", command, stepColumn)
}
