package soak

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"gokata/checker/spec"
	"gokata/checker/verdict"
	"gokata/katas"
)

// Table is what logs add up to.
type Table struct {
	Schema     int         `json:"schema"` // 1
	Confidence float64     `json:"confidence"`
	Trials     int         `json:"trials"`
	From       time.Time   `json:"from"`
	To         time.Time   `json:"to"`
	Programs   []Program   `json:"programs"` // that checked, in order of first use
	Labels     []string    `json:"labels"`
	Machines   []Machine   `json:"machines"`
	Conditions []Condensed `json:"conditions"`
}

// Condensed is one condition: a row for each class, and their total.
type Condensed struct {
	Condition string `json:"condition"`
	Rows      []Row  `json:"rows"`
	Total     Row    `json:"total"`
	// Predicted counts the trials of the katas' own variants whose measured
	// speed-up lies within the predicted bounds; nil if there were none.
	Predicted *Rate `json:"predicted"`
}

// Row counts the trials of one class. A rate is nil where the class cannot
// have it: what must fail cannot fail falsely.
type Row struct {
	Class        string    `json:"class"`
	Trials       int       `json:"trials"`
	Right        int       `json:"right"`
	Inconclusive Rate      `json:"inconclusive"`
	OtherReason  int       `json:"other_reason"`
	FalsePass    *Rate     `json:"false_pass"`
	FalseFail    *Rate     `json:"false_fail"`
	Broken       int       `json:"broken"`
	Parallel     *Duration `json:"time_parallel"` // to verdict, of katas of kind parallel
	Others       *Duration `json:"time_others"`
}

// Rate is how many of so many trials. Low and High bound the true rate: the
// two-sided interval of what may happen, inconclusive; and for what must not,
// 0 and the one-sided upper bound.
type Rate struct {
	Count int     `json:"count"`
	Of    int     `json:"of"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Duration is a median in milliseconds, and where there are enough times for
// one, its interval.
type Duration struct {
	Median int64  `json:"median_ms"`
	Low    *int64 `json:"low_ms"`
	High   *int64 `json:"high_ms"`
}

// Bad is the number of trials that must not happen.
func (r Row) Bad() int {
	n := r.OtherReason + r.Broken
	for _, rate := range []*Rate{r.FalsePass, r.FalseFail} {
		if rate != nil {
			n += rate.Count
		}
	}
	return n
}

// Bad is the number of trials of the table that must not happen.
func (t Table) Bad() (n int) {
	for _, c := range t.Conditions {
		n += c.Total.Bad()
	}
	return n
}

// Tabulate adds records up, those with the label, or all where it is empty.
func Tabulate(records []Record, label string) Table {
	t := Table{Schema: 1, Confidence: Confidence}
	groups := map[string][]Record{}
	for _, r := range records {
		if label != "" && r.Label != label {
			continue
		}
		groups[r.Condition] = append(groups[r.Condition], r)
		t.Trials++
		if t.From.IsZero() || r.Time.Before(t.From) {
			t.From = r.Time
		}
		if r.Time.After(t.To) {
			t.To = r.Time
		}
		t.Programs, t.Machines = with(t.Programs, r.Program), with(t.Machines, r.Machine)
		if r.Label != "" {
			t.Labels = with(t.Labels, r.Label)
		}
	}
	names := slices.SortedFunc(maps.Keys(groups), byPlace(Loads))
	for _, name := range names {
		t.Conditions = append(t.Conditions, condense(name, groups[name]))
	}
	return t
}

// with adds x to a list that does not hold it.
func with[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

// byPlace orders words by their place in a list, then those that are not on
// it by the alphabet.
func byPlace(list []string) func(a, b string) int {
	place := func(s string) int {
		if i := slices.Index(list, s); i >= 0 {
			return i
		}
		return len(list)
	}
	return func(a, b string) int { return cmp.Or(place(a)-place(b), cmp.Compare(a, b)) }
}

func condense(name string, records []Record) Condensed {
	groups := map[string][]Record{}
	for _, r := range records {
		groups[r.Class] = append(groups[r.Class], r)
	}
	c := Condensed{Condition: name, Total: row("all", records)}
	for _, class := range slices.SortedFunc(maps.Keys(groups), byPlace([]string{string(verdict.OK), anyFail})) {
		c.Rows = append(c.Rows, row(class, groups[class]))
	}
	held, known := 0, 0
	for _, r := range records {
		own := r.Variant == string(katas.Starter) || r.Variant == string(katas.Solution) || strings.HasPrefix(r.Variant, "wrong/")
		if r.Predicted == nil || !own {
			continue
		}
		if known++; r.Predicted.Held() {
			held++
		}
	}
	if known > 0 {
		c.Predicted = &Rate{Count: held, Of: known}
		c.Predicted.Low, c.Predicted.High = Interval(held, known, Confidence)
	}
	return c
}

func row(class string, records []Record) Row {
	r := Row{Class: class, Trials: len(records)}
	counts := map[Kind]int{}
	judged, mustPass, mustFail := 0, 0, 0
	var parallel, others []time.Duration
	for _, rec := range records {
		counts[rec.Kind]++
		if rec.Kind == Broken { // no verdict, no time
			continue
		}
		judged++
		v := parseClass(rec.Class)
		switch {
		case !v.MayPass():
			mustFail++
		case !v.MayFail():
			mustPass++
		}
		took := time.Duration(rec.Elapsed) * time.Millisecond
		if rec.Measure == spec.Parallel {
			parallel = append(parallel, took)
		} else {
			others = append(others, took)
		}
	}
	r.Right, r.OtherReason, r.Broken = counts[Right], counts[OtherReason], counts[Broken]
	r.Inconclusive = Rate{Count: counts[Inconclusive], Of: judged}
	r.Inconclusive.Low, r.Inconclusive.High = Interval(r.Inconclusive.Count, judged, Confidence)
	r.FalsePass, r.FalseFail = forbidden(counts[FalsePass], mustFail), forbidden(counts[FalseFail], mustPass)
	r.Parallel, r.Others = duration(parallel), duration(others)
	return r
}

// forbidden is the rate of what must not happen, nil where it cannot.
func forbidden(count, of int) *Rate {
	if of == 0 {
		return nil
	}
	return &Rate{Count: count, Of: of, High: Upper(count, of, Confidence)}
}

func duration(times []time.Duration) *Duration {
	middle, low, high, known := Median(times, Confidence)
	if len(times) == 0 {
		return nil
	}
	d := &Duration{Median: middle.Milliseconds()}
	if known {
		l, h := low.Milliseconds(), high.Milliseconds()
		d.Low, d.High = &l, &h
	}
	return d
}
