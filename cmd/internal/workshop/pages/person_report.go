package pages

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// What is shown of a report at most: a learner's machine can send anything.
const (
	reportText     = 1000 // characters
	reportFindings = 10
	reportFigures  = 8 // of a witness
)

// CheckReport is what check --json says, as far as the page of a learner shows it.
type CheckReport struct {
	Verdict     string          `json:"verdict"`
	Reason      string          `json:"reason"`
	Explanation string          `json:"explanation"`
	Try         string          `json:"try"`
	RaceOff     string          `json:"race_off"`
	Rounds      int             `json:"rounds"`
	Speedup     *float64        `json:"speedup"`
	Attainable  *float64        `json:"attainable"`
	Utilisation *float64        `json:"utilisation"`
	Inflation   *float64        `json:"inflation"`
	Overlap     *float64        `json:"overlap"`
	Parallelism *float64        `json:"parallelism"`
	Noise       *float64        `json:"noise"`
	At          *CheckPlace     `json:"at"`
	Machine     CheckMachine    `json:"machine"`
	Witnesses   []CheckWitness  `json:"witnesses"`
	Findings    []CheckFinding  `json:"findings"`
	Bounds      []CheckedBounds `json:"bounds"`
}

// CheckPlace is a line of the solution.
type CheckPlace struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

// CheckMachine is what the check ran on.
type CheckMachine struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	Go   string `json:"go"`
	CPUs int    `json:"cpus"`
	P    int    `json:"p"`
}

// CheckWitness is one of the three measures.
type CheckWitness struct {
	Name    string              `json:"name"`
	Says    string              `json:"says"`
	Figures map[string]*float64 `json:"figures"`
}

// CheckFinding is what a compiler or vet said.
type CheckFinding struct {
	CheckPlace
	Message string `json:"message"`
	Source  string `json:"source"`
}

// CheckedBounds is a figure that was counted, and its limit.
type CheckedBounds struct {
	What  string  `json:"what"`
	Got   float64 `json:"got"`
	Limit float64 `json:"limit"`
	Side  string  `json:"side"`
}

// ReadReport reads a report as far as it can be read; nil where it is none.
func ReadReport(raw []byte) *CheckReport {
	var r CheckReport
	if json.Unmarshal(raw, &r) != nil || r.Verdict == "" {
		return nil
	}
	for _, text := range []*string{&r.Verdict, &r.Reason, &r.Explanation, &r.Try, &r.RaceOff, &r.Machine.OS, &r.Machine.Arch, &r.Machine.Go} {
		*text = plain(*text)
	}
	if r.At != nil {
		r.At.File = plain(r.At.File)
	}
	r.Witnesses = r.Witnesses[:min(len(r.Witnesses), 3)]
	for i := range r.Witnesses {
		w := &r.Witnesses[i]
		w.Name, w.Says = plain(w.Name), plain(w.Says)
	}
	r.Findings = r.Findings[:min(len(r.Findings), reportFindings)]
	for i := range r.Findings {
		f := &r.Findings[i]
		f.File, f.Message, f.Source = plain(f.File), plain(f.Message), plain(f.Source)
	}
	r.Bounds = r.Bounds[:min(len(r.Bounds), reportFindings)]
	for i := range r.Bounds {
		r.Bounds[i].What, r.Bounds[i].Side = plain(r.Bounds[i].What), plain(r.Bounds[i].Side)
	}
	return &r
}

// plain makes a text short, and takes out what no reader sees: control
// characters, and those that turn the direction of what follows.
func plain(s string) string {
	runes := []rune(strings.ToValidUTF8(s, "�"))
	if len(runes) > reportText {
		runes = append(runes[:reportText], '…')
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, string(runes))
}

// Figure is a figure of a report, and its name.
type Figure struct{ Name, Value string }

// Figures are those that were measured.
func (r *CheckReport) Figures() []Figure {
	var all []Figure
	for _, f := range []struct {
		name  string
		value *float64
	}{
		{"speed-up", r.Speedup}, {"attainable", r.Attainable}, {"CPUs busy", r.Utilisation}, {"CPU time, times one core", r.Inflation},
		{"overlap", r.Overlap}, {"parallelism", r.Parallelism}, {"noise", r.Noise},
	} {
		if f.value != nil {
			all = append(all, Figure{f.name, figureOf(*f.value)})
		}
	}
	return all
}

// Told are the figures of a witness.
func (w CheckWitness) Told() []Figure {
	var all []Figure
	for _, name := range slices.Sorted(maps.Keys(w.Figures)) {
		if v := w.Figures[name]; v != nil && len(all) < reportFigures {
			all = append(all, Figure{plain(name), figureOf(*v)})
		}
	}
	return all
}
