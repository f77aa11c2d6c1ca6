package trace

// goroutine is one of the solution's goroutines.
type goroutine struct {
	id      int64
	born    int64
	state   state
	since   int64 // up to when clock and ran are settled; start of a wait
	pauses  int   // ranges under way in which it runs for the collector
	index   int   // in fold.active, while it is there
	clock   int64 // span clock
	link    int32 // by which the clock came to where it is
	segment int32 // the one that it runs now
	ran     int64
	origin  *origin
	place   *place // of a wait
	reason  string // of a wait
}

// active reports whether the goroutine runs the solution's code.
func (g *goroutine) active() bool { return g.state == running && g.pauses == 0 }

// ready reports whether the goroutine has or wants a CPU.
func (g *goroutine) ready() bool { return g.state == running || g.state == runnable }

// advance moves the clock; what ran so far has run until then.
func (f *fold) advance(at int64) {
	if at > f.now {
		f.histogram[min(len(f.active), mostActive)] += at - f.now
		f.readiness[min(f.ready, mostActive)] += int64(len(f.active)) * (at - f.now)
		f.width = max(f.width, f.ready)
	}
	f.now = at
}

// settle books the running time of g up to now.
func (f *fold) settle(g *goroutine) {
	if g.state != running {
		return
	}
	ran := f.now - g.since
	g.since = f.now
	if g.pauses > 0 {
		f.collected += ran
		return
	}
	g.clock += ran
	g.ran += ran
	f.work += ran
	f.segments.run(g.segment, ran)
	if g.clock > f.span {
		f.span, f.furthest = g.clock, g
	}
}

// change sets what g does, and counts anew what runs and is ready.
func (f *fold) change(g *goroutine, s state, pauses int) {
	wasActive, wasReady := g.active(), g.ready()
	g.state, g.pauses = s, pauses
	switch {
	case wasActive && !g.active():
		last := f.active[len(f.active)-1]
		f.active[g.index], last.index = last, g.index
		f.active = f.active[:len(f.active)-1]
	case g.active() && !wasActive:
		g.index = len(f.active)
		f.active = append(f.active, g)
	}
	if wasReady && !g.ready() {
		f.ready--
	} else if g.ready() && !wasReady {
		f.ready++
	}
}

// bury books what is left of a goroutine that has ended.
func (f *fold) bury(g *goroutine) {
	if g.ran > f.longest {
		f.longest, f.longestAt = g.ran, g.origin.place
	}
	if g.id == f.root {
		f.rootLived = f.now - g.born
	} else {
		f.lived += f.now - g.born
	}
	delete(f.mine, g.id)
}
