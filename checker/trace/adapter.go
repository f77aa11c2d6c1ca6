package trace

import (
	"io"
	"strings"

	exp "golang.org/x/exp/trace"

	"gokata/checker/evidence"
)

// readEvents reads a trace to its end and hands each event that matters to
// add, in the order of time.
func readEvents(r io.Reader, places *places, add func(event) error) error {
	reader, err := exp.NewReader(r)
	if err != nil {
		return err
	}
	for {
		e, err := reader.ReadEvent()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		ev, ok := convert(e, places)
		if !ok {
			continue
		}
		if err := add(ev); err != nil {
			return err
		}
	}
}

// convert gives our view of an event of the reader; ok is false for one that
// does not matter here.
func convert(e exp.Event, places *places) (ev event, ok bool) {
	switch e.Kind() {
	case exp.EventRegionBegin, exp.EventRegionEnd:
		if e.Region().Type != Region {
			return event{}, false
		}
		ev = event{kind: regionBegin}
		if e.Kind() == exp.EventRegionEnd {
			ev.kind = regionEnd
		}
	case exp.EventStateTransition:
		if ev, ok = convertTransition(e, places); !ok {
			return event{}, false
		}
	case exp.EventRangeBegin, exp.EventRangeEnd:
		g := e.Range()
		if g.Scope.Kind != exp.ResourceGoroutine || !collects(g.Name) {
			return event{}, false
		}
		ev = event{kind: pause, who: int64(g.Scope.Goroutine())}
		if e.Kind() == exp.EventRangeEnd {
			ev.kind = resume
		}
	default:
		return event{}, false
	}
	ev.at = int64(e.Time())
	ev.by = int64(e.Goroutine()) // exp.NoGoroutine is nobody
	return ev, true
}

// collects reports whether a goroutine inside the named range runs for the
// garbage collector and not for the solution.
func collects(name string) bool {
	return name == "GC mark assist" || strings.HasPrefix(name, "stop-the-world")
}

func convertTransition(e exp.Event, places *places) (ev event, ok bool) {
	st := e.StateTransition()
	if st.Resource.Kind != exp.ResourceGoroutine {
		return event{}, false
	}
	from, to := st.Goroutine()
	if from == to {
		return event{}, false // a new generation of the trace says again what is known
	}
	ev = event{kind: move, who: int64(st.Resource.Goroutine()), to: convertState(to)}
	switch {
	case from == exp.GoNotExist:
		ev.kind = create
		ev.system = places.system(st.Stack)
	case to == exp.GoWaiting:
		ev.reason = st.Reason
		ev.place = places.of(st.Stack)
	}
	return ev, true
}

func convertState(s exp.GoState) state {
	switch s {
	case exp.GoNotExist:
		return gone
	case exp.GoRunning:
		return running
	case exp.GoWaiting:
		return waiting
	case exp.GoSyscall:
		return syscall
	}
	return runnable // a state that we do not know is one that does not run
}

// places finds the learner's line in stacks. Traces name few stacks and name
// them often, so what was found is kept.
type places struct {
	files func(file string) (name string, ok bool)
	known map[exp.Stack]place
}

func newPlaces(files func(file string) (string, bool)) *places {
	return &places{files: files, known: map[exp.Stack]place{}}
}

// of gives the innermost line of the learner in a stack, and what it called.
func (p *places) of(s exp.Stack) place {
	if s == exp.NoStack {
		return place{}
	}
	found, ok := p.known[s]
	if ok {
		return found
	}
	called := ""
	for frame := range s.Frames() {
		if name, ok := p.files(frame.File); ok {
			found = place{at: evidence.Position{File: name, Line: int(frame.Line)}, call: called}
			break
		}
		called = frame.Func
	}
	p.known[s] = found
	return found
}

// system reports whether a goroutine that starts with stack s belongs to the
// runtime: workers of the collector, finalizers. A coroutine of package iter
// starts in the runtime too, but runs the solution's code.
func (p *places) system(s exp.Stack) bool {
	if s == exp.NoStack {
		return false
	}
	for frame := range s.Frames() {
		return strings.HasPrefix(frame.Func, "runtime.") && frame.Func != "runtime.corostart"
	}
	return false
}
