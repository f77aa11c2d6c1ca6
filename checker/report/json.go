package report

import (
	"encoding/json"
	"io"
	"math"
	"strconv"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// schema is the version of the JSON contract.
const schema = 1

// document is what `check --json` prints: the fields of the contract in its
// order, then what else we say. A figure that is absent is null.
type document struct {
	Schema      int                                     `json:"schema"`
	Kata        string                                  `json:"kata"`
	Verdict     verdict.Outcome                         `json:"verdict"`
	Reason      verdict.Reason                          `json:"reason"`
	Explanation string                                  `json:"explanation"`
	Witnesses   [3]witness                              `json:"witnesses"`
	Machine     evidence.Machine                        `json:"machine"`
	Samples     map[evidence.Role]map[string]sampleList `json:"samples"`
	Speedup     *float64                                `json:"speedup"`
	Attainable  *float64                                `json:"attainable"`
	Utilisation *float64                                `json:"utilisation"`
	Inflation   *float64                                `json:"inflation"`
	Overlap     *float64                                `json:"overlap"`
	Work        *int64                                  `json:"work_ns"`
	Span        *int64                                  `json:"span_ns"`
	Parallelism *float64                                `json:"parallelism"`
	Predicted   map[string]bounds                       `json:"predicted"`
	Noise       *float64                                `json:"noise"`
	Elapsed     int64                                   `json:"elapsed_ms"`

	At       *place    `json:"at"`
	Try      string    `json:"try"`
	Lesson   string    `json:"lesson"`
	RaceOff  string    `json:"race_off"`
	Rounds   int       `json:"rounds"`
	Bounds   []counted `json:"bounds"`
	Findings []finding `json:"findings"`
}

type witness struct {
	Name    string              `json:"name"`
	Says    string              `json:"says"`
	Figures map[string]*float64 `json:"figures"`
}

// sampleList holds the measured runs of one role at one GOMAXPROCS, one
// element a round. Wait is null where the clock is missing.
type sampleList struct {
	Wall []int64  `json:"wall_ns"`
	CPU  []int64  `json:"cpu_ns"`
	Wait []*int64 `json:"wait_ns"`
}

// bounds are of a predicted speed-up on as many CPUs as the key says.
type bounds struct {
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
}

func predictions(predicted map[int]verdict.Bounds) map[string]bounds {
	if predicted == nil {
		return nil
	}
	all := map[string]bounds{}
	for procs, b := range predicted {
		all[strconv.Itoa(procs)] = bounds{finite(&b.Low), finite(&b.High)}
	}
	return all
}

type place struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// counted is a figure that was counted, and its limit.
type counted struct {
	What  string  `json:"what"`
	Got   float64 `json:"got"`
	Limit float64 `json:"limit"`
	Side  string  `json:"side"` // at most, at least
}

type finding struct {
	evidence.Finding
	Kind verdict.Reason `json:"kind"` // forbidden, build or vet
}

// JSON writes a report as one JSON object on one line.
func JSON(w io.Writer, r Report) error {
	f := r.Verdict.Figures
	d := document{
		Schema:      schema,
		Kata:        r.Evidence.Spec.Kata,
		Verdict:     r.Verdict.Outcome,
		Reason:      r.Verdict.Reason,
		Explanation: r.Verdict.Explanation,
		Machine:     r.Evidence.Machine,
		Samples:     samples(r.counted()),
		Speedup:     finite(f.Speedup),
		Attainable:  finite(f.Attainable),
		Utilisation: finite(f.Utilisation),
		Inflation:   finite(f.Inflation),
		Overlap:     finite(f.Overlap),
		Work:        f.Work,
		Span:        f.Span,
		Parallelism: finite(f.Parallelism),
		Predicted:   predictions(f.Predicted),
		Noise:       finite(f.Noise),
		Elapsed:     r.elapsed().Milliseconds(),
		Try:         r.Verdict.Try,
		Lesson:      r.Verdict.Lesson,
		RaceOff:     r.Evidence.RaceOff,
		Rounds:      len(r.counted()),
		Bounds:      countsOf(r),
		Findings:    findings(r.Evidence),
	}
	d.Machine.Quota, d.Machine.Load = finite(d.Machine.Quota), finite(d.Machine.Load)
	for i, v := range witnesses(r.Verdict) {
		d.Witnesses[i] = witness{Name: v.Name, Says: v.Says, Figures: map[string]*float64{}}
		for name, figure := range v.Figures {
			d.Witnesses[i].Figures[name] = finite(&figure)
		}
	}
	if at := r.Verdict.At; at != nil {
		d.At = &place{File: at.File, Line: at.Line}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}

// finite gives nil for what JSON has no number for.
func finite(figure *float64) *float64 {
	if figure == nil || math.IsNaN(*figure) || math.IsInf(*figure, 0) {
		return nil
	}
	return figure
}

// samples lists the measured runs by role and GOMAXPROCS. Both roles are there,
// also when nothing was measured.
func samples(rounds []evidence.Round) map[evidence.Role]map[string]sampleList {
	lists := map[evidence.Role]map[string]sampleList{}
	for _, who := range []evidence.Role{evidence.You, evidence.Ref} {
		lists[who] = map[string]sampleList{}
		for _, p := range procs(rounds) {
			if list, ran := listSamples(rounds, who, p); ran {
				lists[who][strconv.Itoa(p)] = list
			}
		}
	}
	return lists
}

func listSamples(rounds []evidence.Round, who evidence.Role, p int) (list sampleList, ran bool) {
	waits := false
	for _, round := range rounds {
		sample, ok := role(round, who)[p]
		if !ok {
			continue
		}
		list.Wall = append(list.Wall, sample.Wall)
		list.CPU = append(list.CPU, sample.CPU)
		list.Wait = append(list.Wait, sample.Wait)
		waits = waits || sample.Wait != nil
	}
	if !waits {
		list.Wait = nil
	}
	return list, len(list.Wall) > 0
}

// countsOf lists what was counted in the cases: first what was broken, if
// anything was.
func countsOf(r Report) []counted {
	all := []counted{}
	for _, run := range wrongRuns(r) {
		if run.Bound != nil {
			all = append(all, counted{run.Bound.What, run.Bound.Got, run.Bound.Limit, side(*run.Bound)})
		}
	}
	for _, b := range r.Verdict.Bounds {
		all = append(all, counted{b.What, b.Got, b.Limit, side(b)})
	}
	return all
}

func findings(e evidence.Evidence) []finding {
	all := []finding{}
	add := func(kind verdict.Reason, found []evidence.Finding) {
		for _, f := range found {
			all = append(all, finding{Finding: f, Kind: kind})
		}
	}
	add(verdict.Forbidden, e.Refused)
	add(verdict.Build, e.Compile)
	add(verdict.Vet, e.Vet)
	return all
}
