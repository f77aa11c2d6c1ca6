package quiz

import "strings"

// assemble makes a question of the blocks under its heading: text, then what
// its kind asks for, then the quote. All are the lines of the section.
func (p *parser) assemble(q *Question, blocks []block, all []line, tol float64) {
	at := -1
	for i, b := range blocks {
		if b.kind == quote {
			at = i
		}
	}
	if at < 0 {
		what := "explanation"
		if q.Kind == Explain {
			what = "model answer"
		}
		p.errorf(q.Line, "the %s is missing: end the question with a quote (lines that begin with >)", what)
		return
	}
	p.explanation(q, blocks[at])
	before, after := blocks[:at], blocks[at+1:]
	if q.Kind == Explain {
		p.rubric(q, blocks[at], after)
		q.setBody(all, blocks[at].lines[0].no)
		return
	}
	if len(after) > 0 {
		p.errorf(after[0].lines[0].no, "text after the explanation is never shown: put it before the options or into the quote")
	}
	switch q.Kind {
	case Time:
		q.setBody(all, blocks[at].lines[0].no)
		p.times(q, before, tol)
	case Order:
		p.options(q, before, all, numbered, "a numbered list of the items in their right order")
	default:
		p.options(q, before, all, boxes, "a list of options, - [x] for right ones and - [ ] for wrong ones")
	}
	if q.Kind == Output {
		p.program(q, before)
	}
	if q.Kind == Fill {
		p.blanks(q)
	}
}

// setBody takes the lines of the section up to line end, exclusive.
func (q *Question) setBody(all []line, end int) {
	for i, l := range all {
		if l.no >= end {
			all = all[:i]
			break
		}
	}
	for len(all) > 0 && strings.TrimSpace(all[0].text) == "" {
		all = all[1:]
	}
	q.BodyLine = end
	if len(all) > 0 {
		q.BodyLine = all[0].no
	}
	q.Body = join(all)
}

// explanation reads the quote: Markdown, then lines with sources.
func (p *parser) explanation(q *Question, b block) {
	const mark = "Source:"
	lines := unquote(b.lines)
	end := len(lines)
	for end > 0 {
		text := strings.TrimSpace(lines[end-1].text)
		if source, ok := strings.CutPrefix(text, mark); ok {
			if source = strings.TrimSpace(source); source == "" {
				p.errorf(lines[end-1].no, "empty source: name a file of the Go tree, a page or a paper")
			}
			q.Sources = append([]string{source}, q.Sources...)
		} else if text != "" {
			break
		}
		end--
	}
	for _, l := range lines[:end] {
		if strings.HasPrefix(l.text, mark) {
			p.errorf(l.no, "a source in the midst of the quote: put the Source: lines last")
		}
	}
	if q.Explanation = join(lines[:end]); q.Explanation == nil {
		p.errorf(b.lines[0].no, "the explanation is empty: say in the quote why the answer is right")
	}
	if len(q.Sources) == 0 && q.Kind != Time {
		p.errorf(b.lines[len(b.lines)-1].no, "the source is missing: end the quote with a line > Source: …")
	}
}

// rubric reads the points after the model answer of an explain question.
func (p *parser) rubric(q *Question, answer block, after []block) {
	if len(after) == 0 || after[0].kind != boxes {
		p.errorf(answer.lines[len(answer.lines)-1].no, "the rubric is missing: after the quote, list what a good answer says as - [ ] points")
		return
	}
	for _, it := range after[0].items {
		switch {
		case it.text == "":
			p.errorf(it.line, "empty point of the rubric")
		case it.checked:
			p.errorf(it.line, "a point of the rubric is for the learner to tick: write - [ ]")
		}
		q.Rubric = append(q.Rubric, it.text)
	}
	if len(after) > 1 {
		p.errorf(after[1].lines[0].no, "text after the rubric is never shown: remove it")
	}
}

// options reads the list before the explanation.
func (p *parser) options(q *Question, before []block, all []line, kind blockKind, want string) {
	last := len(before) - 1
	if last < 0 || before[last].kind != kind {
		line := q.Line
		if last >= 0 {
			line = before[last].lines[0].no
		}
		p.errorf(line, "kind=%s wants, right before the explanation, %s", q.Kind, want)
		return
	}
	list := before[last]
	q.setBody(all, list.lines[0].no)
	if kind == boxes {
		for _, b := range before[:last] {
			if b.kind == boxes {
				p.errorf(b.lines[0].no, "a second list of options: keep all in one list")
			}
		}
	}
	right, texts := 0, map[string]bool{}
	for _, it := range list.items {
		if it.text == "" {
			p.errorf(it.line, "empty option")
		} else if texts[it.text] && q.Kind != Fill {
			p.errorf(it.line, "option %s is given twice", it.text)
		}
		texts[it.text] = true
		if it.checked {
			right++
		}
		q.Options = append(q.Options, Option{it.text, it.checked || kind == numbered, it.line})
	}
	first := list.lines[0].no
	switch {
	case len(q.Options) < 2 && q.Kind != Fill:
		p.errorf(first, "one option is no choice: give at least two")
	case q.Kind == One && right != 1:
		p.errorf(first, "%d options are marked [x]: kind=one wants exactly one", right)
	case (q.Kind == Many || q.Kind == Output) && right == 0:
		p.errorf(first, "no option is marked [x]: kind=%s wants at least one", q.Kind)
	}
}

// program completes the one fence that is marked go run.
func (p *parser) program(q *Question, before []block) {
	var found *block
	for i, b := range before {
		words := strings.Fields(b.info)
		if b.kind != code || len(words) < 2 || words[0] != "go" || words[1] != "run" {
			continue
		}
		if found != nil {
			p.errorf(b.lines[0].no, "a second fence ```go run: a question has one program")
			return
		}
		found = &before[i]
	}
	if found == nil {
		p.errorf(q.Line, "the program is missing: kind=output wants a fence ```go run")
		return
	}
	inner := found.lines[1:]
	if len(inner) > 0 { // the closing line; it may be missing, which is reported elsewhere
		inner = inner[:len(inner)-1]
	}
	q.Program, q.ProgramHeader = Complete(text(inner))
	q.ProgramLine = found.lines[0].no + 1
	if !strings.Contains(q.Program, "func main()") {
		p.errorf(found.lines[0].no, "the program has no func main(): write it out")
	}
}

// blanks matches the answers of a fill question with the gaps in its body.
func (p *parser) blanks(q *Question) {
	gaps := Gaps(string(q.Body))
	if len(gaps) != len(q.Options) {
		p.errorf(q.Line, "%d blanks [____] but %d answers: give one answer a blank, in the same order", len(gaps), len(q.Options))
	}
	for i, o := range q.Options {
		if !o.Correct {
			p.errorf(o.Line, "an answer of kind=fill is marked [x]; wrong ones are not listed")
		}
		b := Blank{Label: blankLabel(i), Line: o.Line, Accept: alternatives(o.Text)}
		for _, a := range b.Accept {
			if fold(a) == "" {
				p.errorf(o.Line, "an empty answer can not be filled in: name it or remove the bar |")
			}
		}
		q.Blanks = append(q.Blanks, b)
	}
	q.Options = nil
}
