package term

import "strings"

// pen collects the text of one block, with the SGR sequences of the styles
// that are on.
type pen struct {
	color bool
	b     strings.Builder
	on    []style
	space bool // a space is due before the next word
}

func (p *pen) start() {
	p.b.Reset()
	p.on = p.on[:0]
	p.space = false
}

// finish returns the text, styles closed.
func (p *pen) finish() string {
	s := p.b.String()
	p.b.Reset()
	return s
}

// push turns a style on until its pop.
func (p *pen) push(st style) {
	p.flush()
	p.on = append(p.on, st)
	p.set(st)
}

// pop turns the last style off: all off, and the others on again.
func (p *pen) pop() {
	last := p.on[len(p.on)-1]
	p.on = p.on[:len(p.on)-1]
	if !p.color || last == "" {
		return
	}
	p.b.WriteString(reset)
	for _, st := range p.on {
		p.set(st)
	}
}

func (p *pen) set(st style) {
	if p.color && st != "" {
		p.b.WriteString("\x1b[" + string(st) + "m")
	}
}

// word writes clean text as it is.
func (p *pen) word(s string) {
	p.flush()
	p.b.WriteString(s)
}

// prose writes clean text with each run of white space as one space, as a
// browser does.
func (p *pen) prose(s string) {
	for len(s) > 0 {
		end := strings.IndexAny(s, " \t\n")
		if end < 0 {
			p.word(s)
			return
		}
		if end > 0 {
			p.word(s[:end])
		}
		p.space = true
		s = s[end+1:]
	}
}

// flush writes the space that is due, except where the text begins.
func (p *pen) flush() {
	if p.space && p.b.Len() > 0 {
		p.b.WriteByte(' ')
	}
	p.space = false
}

// newline ends the line here.
func (p *pen) newline() {
	p.space = false
	p.b.WriteByte('\n')
}
