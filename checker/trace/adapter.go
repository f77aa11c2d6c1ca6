package trace

import (
	"io"
	"strings"

	exp "golang.org/x/exp/trace"
)

// readEvents reads a trace to its end and hands each event that matters to
// add, in the order of time. Samples of the CPU may come late by a little.
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
	switch kind := e.Kind(); kind {
	case exp.EventRegionBegin, exp.EventRegionEnd:
		if e.Region().Type != Region {
			return event{}, false
		}
		ev.kind = regionBegin
		if kind == exp.EventRegionEnd {
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
		if kind == exp.EventRangeEnd {
			ev.kind = resume
		}
	case exp.EventStackSample:
		ev = event{kind: sample, place: places.of(e.Stack())}
	case exp.EventMetric:
		m := e.Metric()
		if m.Name != "/sched/gomaxprocs:threads" {
			return event{}, false
		}
		ev = event{kind: procs, who: int64(m.Value.Uint64())}
	default:
		return event{}, false
	}
	ev.at = int64(e.Time())
	ev.by = int64(e.Goroutine()) // exp.NoGoroutine is nobody
	ev.proc = int32(e.Proc())    // exp.NoProc is -1
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
	ev = event{kind: move, who: int64(st.Resource.Goroutine()), to: convertState(to), reason: st.Reason}
	switch from {
	case exp.GoNotExist:
		ev.kind = create
		ev.start = places.start(st.Stack)
		ev.place = places.of(e.Stack())
	case exp.GoUndetermined:
		// It was there before the trace. Its stack is not that of e.Goroutine,
		// which is nobody here.
		ev.place = places.of(st.Stack)
	case exp.GoRunning, exp.GoWaiting:
		ev.place = places.of(e.Stack())
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
