package report

import (
	"encoding/json"
	"io"
	"strconv"

	"gokata/checker/evidence"
)

// tracing is what `trace --json` prints. A figure that is absent is null.
type tracing struct {
	Schema  int              `json:"schema"`
	Kata    string           `json:"kata"`
	Machine evidence.Machine `json:"machine"`
	Procs   *int             `json:"procs"` // GOMAXPROCS of the traced run

	Work        *int64           `json:"work_ns"`
	Span        *int64           `json:"span_ns"`
	Busy        *int64           `json:"busy_ns"`
	Wall        *int64           `json:"wall_ns"`
	GC          *int64           `json:"gc_ns"`
	Parallelism *float64         `json:"parallelism"`
	Overlap     *float64         `json:"overlap"`
	Mean        *float64         `json:"mean"`
	Goroutines  *int             `json:"goroutines"`
	Peak        *int             `json:"peak"`
	Width       *int             `json:"width"`
	Handovers   *int             `json:"handovers"`
	Truncated   bool             `json:"truncated"`
	Histogram   []int64          `json:"histogram_ns"`
	Waits       map[string]int64 `json:"waits_ns"`
	Blocked     []evidence.Block `json:"blocked"`
	Path        []evidence.Step  `json:"path"`
	Wide        *wideFigures     `json:"wide"`

	Predicted  map[string]bounds  `json:"predicted"`
	Amdahl     *amdahlLine        `json:"amdahl"`
	Speedup    *float64           `json:"speedup"`        // at the P of the machine
	Rounds     *bounds            `json:"speedup_rounds"` // the middle 80 % of them
	Attainable *float64           `json:"attainable"`
	Timeline   *evidence.Timeline `json:"timeline"`
}

// wideFigures are of the trace at a GOMAXPROCS above the number of CPUs.
type wideFigures struct {
	Procs       int      `json:"procs"`
	Work        int64    `json:"work_ns"`
	Span        int64    `json:"span_ns"`
	Parallelism *float64 `json:"parallelism"`
}

// amdahlLine is Amdahl's law with the serial share that the trace gives.
type amdahlLine struct {
	Serial  float64            `json:"serial"`
	Speedup map[string]float64 `json:"speedup"`
}

// TraceJSON writes how a solution ran as one JSON object on one line.
func TraceJSON(w io.Writer, t Tracing) error {
	d := tracing{
		Schema:     schema,
		Kata:       t.Evidence.Spec.Kata,
		Machine:    t.Evidence.Machine,
		Truncated:  t.Trace.Truncated,
		Predicted:  predictions(t.Predicted),
		Attainable: finite(t.Verdict.Figures.Attainable),
	}
	d.Machine.Quota, d.Machine.Load = finite(d.Machine.Quota), finite(d.Machine.Load)
	if t.Traced() {
		d.figures(t.Trace)
		_, high := t.parallelism()
		d.Parallelism = positive(high)
	}
	if x := t.Wide; x != nil && !x.Truncated {
		d.Wide = &wideFigures{x.Procs, x.Work, x.Span, positive(t.wideParallelism())}
	}
	if f := t.serialShare(); f > 0 {
		d.Amdahl = &amdahlLine{f, map[string]float64{}}
		for _, procs := range t.curvePoints() {
			d.Amdahl.Speedup[strconv.Itoa(procs)] = amdahl(f, float64(procs))
		}
	}
	if m, ok := t.measuredPoint(); ok {
		d.Speedup, d.Rounds = &m.Value, &bounds{&m.Low, &m.High}
	}
	if len(t.Timeline.Slices) > 0 {
		d.Timeline = &t.Timeline
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}

// figures takes over what a trace says.
func (d *tracing) figures(x evidence.Trace) {
	d.Procs, d.Goroutines, d.Handovers = &x.Procs, &x.Goroutines, &x.Handovers
	d.Work, d.Busy, d.Wall, d.GC = &x.Work, &x.Busy, &x.Wall, &x.GC
	d.Overlap, d.Mean = finite(&x.Overlap), finite(&x.Mean)
	d.Histogram, d.Waits, d.Blocked, d.Path = x.Histogram, x.Waits, x.Blocked, x.Path
	if x.Span > 0 {
		d.Span = &x.Span
	}
	if x.Peak > 0 {
		d.Peak, d.Width = &x.Peak, &x.Width
	}
}

// positive gives nil for a figure that is not known.
func positive(f float64) *float64 {
	if f <= 0 {
		return nil
	}
	return finite(&f)
}
