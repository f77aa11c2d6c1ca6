package verdict

import "gokata/checker/evidence"

// quotients are the figures of the rounds, one entry a round. Rounds that were
// run at P alone have no entry in those that need GOMAXPROCS=1.
type quotients struct {
	n          int       // rounds with runs at P
	youU, refU []float64 // C(P)/T(P)
	cost       []float64 // C(P) over the control's
	spread     []float64 // the same of the rounds with the threads on CPUs of their own
	wall       []float64 // T(P) over the control's
	demand     []float64 // (C(P)+delay)/T(P), where there is a clock for delay
	aside      []float64 // CPU time before the call and after the answer, over C(P)
	refTP      []float64 // T(P) of the control, ns

	full         int       // rounds with runs at 1 as well
	youS, refS   []float64 // T(1)/T(P)
	youU1, refU1 []float64 // C(1)/T(1)
	aside1       []float64 // as aside, at 1
	base         []float64 // C(1) over the control's
	own          []float64 // C(P)/C(1)
	growth       []float64 // that over the control's: inflation by parallelising
}

func read(e evidence.Evidence) quotients {
	var q quotients
	p := e.Machine.P
	add := func(to *[]float64, v float64) { *to = append(*to, v) }
	for _, r := range e.Rounds {
		yp, ok1 := r.You[p]
		cp, ok2 := r.Ref[p]
		if r.Discarded != "" || !ok1 || !ok2 {
			continue
		}
		q.n++
		add(&q.youU, ratio(yp.CPU, yp.Wall))
		add(&q.refU, ratio(cp.CPU, cp.Wall))
		add(&q.cost, ratio(yp.CPU, cp.CPU))
		if r.Spread {
			add(&q.spread, ratio(yp.CPU, cp.CPU))
		}
		add(&q.wall, ratio(yp.Wall, cp.Wall))
		add(&q.aside, ratio(yp.Early+yp.Late, yp.CPU))
		add(&q.refTP, float64(cp.Wall))
		if yp.Wait != nil {
			add(&q.demand, float64(yp.CPU+*yp.Wait)/float64(max(yp.Wall, 1)))
		}
		y1, ok1 := r.You[1]
		c1, ok2 := r.Ref[1]
		if !ok1 || !ok2 {
			continue
		}
		q.full++
		add(&q.youS, ratio(y1.Wall, yp.Wall))
		add(&q.refS, ratio(c1.Wall, cp.Wall))
		add(&q.youU1, ratio(y1.CPU, y1.Wall))
		add(&q.refU1, ratio(c1.CPU, c1.Wall))
		add(&q.aside1, ratio(y1.Early+y1.Late, y1.CPU))
		add(&q.base, ratio(y1.CPU, c1.CPU))
		add(&q.own, ratio(yp.CPU, y1.CPU))
		add(&q.growth, ratio(yp.CPU, y1.CPU)/ratio(cp.CPU, c1.CPU))
	}
	return q
}

// together are the costs of the rounds in which the run kept more than one CPU busy.
func (q quotients) together(p int) (costs []float64) {
	for i, u := range q.youU {
		if u >= 1+sideBySide*float64(p-1) {
			costs = append(costs, q.cost[i])
		}
	}
	return costs
}

// quietAt1 counts the rounds in which the control had its one CPU to itself.
func (q quotients) quietAt1() (n int) {
	for _, u := range q.refU1 {
		if u >= 0.95 {
			n++
		}
	}
	return n
}

func figures(q quotients, t traces) Figures {
	var f Figures
	f.Speedup, f.Attainable = middle(q.youS), middle(q.refS)
	f.Utilisation, f.RefBusy = middle(q.youU), middle(q.refU)
	f.Inflation, f.Demand = middle(q.cost), middle(q.demand)
	if q.n > 1 {
		s := spread(q.refTP)
		f.Noise = &s
	}
	if y := t.you.Trace; y != nil {
		f.Overlap, f.Work, f.Span = &y.Overlap, &y.Work, &y.Span
		if y.Span > 0 {
			p := float64(y.Work) / float64(y.Span)
			f.Parallelism = &p
		}
	}
	return f
}
