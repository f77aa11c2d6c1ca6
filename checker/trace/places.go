package trace

import (
	"strings"

	exp "golang.org/x/exp/trace"

	"gokata/checker/evidence"
)

// places finds the learner's lines in stacks. Traces name few stacks and name
// them often, so what was found is kept.
type places struct {
	files  func(file string) (name string, ok bool)
	known  map[exp.Stack]*place
	starts map[exp.Stack]*start
}

func newPlaces(files func(file string) (string, bool)) *places {
	return &places{files: files, known: map[exp.Stack]*place{}, starts: map[exp.Stack]*start{}}
}

// of says what a stack tells of the goroutine that it belongs to.
func (p *places) of(s exp.Stack) *place {
	if s == exp.NoStack {
		return nowhere
	}
	if found, ok := p.known[s]; ok {
		return found
	}
	found := &place{}
	for frame := range s.Frames() {
		name, ok := p.files(frame.File)
		switch {
		case ok && found.fn == "":
			found.at = evidence.Position{File: name, Line: int(frame.Line)}
			found.fn, found.outer = frame.Func, frame.Func
		case ok:
			found.outer = frame.Func
		case found.fn == "" && strings.HasPrefix(frame.Func, "sync.(*WaitGroup)."):
			found.joins = true
		}
		found.first = frame.Func
	}
	p.known[s] = found
	return found
}

// start says how a goroutine starts whose first stack is s. What starts in the
// runtime is the runtime's own: workers of the collector, finalizers. Not so a
// coroutine of package iter, which runs the solution's code.
func (p *places) start(s exp.Stack) *start {
	if s == exp.NoStack {
		return unknown
	}
	if found, ok := p.starts[s]; ok {
		return found
	}
	found := &start{}
	for frame := range s.Frames() {
		_, own := p.files(frame.File)
		found = &start{fn: frame.Func, own: own,
			system: strings.HasPrefix(frame.Func, "runtime.") && frame.Func != "runtime.corostart"}
		break
	}
	p.starts[s] = found
	return found
}
