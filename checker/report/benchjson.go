package report

import (
	"encoding/json"
	"io"
	"strconv"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// measurementDocument is what `measure --json` prints. A figure that is absent
// is null.
type measurementDocument struct {
	Schema     int               `json:"schema"`
	Package    string            `json:"package"`
	Labels     map[string]string `json:"labels"`
	Machine    evidence.Machine  `json:"machine"`
	Benchmarks []benchDocument   `json:"benchmarks"`
	Skipped    []string          `json:"skipped"`
	Elapsed    int64             `json:"elapsed_ms"`
}

type benchDocument struct {
	Name       string                    `json:"name"`
	Iterations int                       `json:"iterations"` // of one sample
	Parallel   *string                   `json:"parallel"`   // parallel, partly, serial, unavailable; null: it failed
	Levels     []verdict.Level           `json:"levels"`
	Samples    map[string]benchList      `json:"samples"` // by GOMAXPROCS
	Control    map[string]sampleList     `json:"control"` // by GOMAXPROCS
	Traces     []evidence.BenchTrace     `json:"traces"`
	Predicted  map[string]verdict.Bounds `json:"predicted"` // by number of CPUs
	Remarks    []verdict.Remark          `json:"remarks"`
	Rounds     int                       `json:"rounds"` // that count
	Discarded  int                       `json:"discarded_rounds"`
	Odd        int                       `json:"discarded_samples"`
	Failed     *evidence.BenchFail       `json:"failed"`
}

// benchList holds the samples at one GOMAXPROCS: times of all iterations, one
// element a round that counts.
type benchList struct {
	Wall    []int64   `json:"wall_ns"`
	CPU     []int64   `json:"cpu_ns"`
	Outside []float64 `json:"outside_ns"`
}

// MeasurementJSON writes a measurement as one JSON object on one line.
func MeasurementJSON(w io.Writer, m Measurement) error {
	d := measurementDocument{
		Schema: schema, Package: m.Package, Labels: m.Labels, Machine: m.Machine,
		Benchmarks: []benchDocument{}, Skipped: append([]string{}, m.Skipped...), Elapsed: m.Elapsed.Milliseconds(),
	}
	d.Machine.Quota, d.Machine.Load = finite(d.Machine.Quota), finite(d.Machine.Load)
	for _, b := range m.Benches {
		d.Benchmarks = append(d.Benchmarks, documentOf(b, m.Machine))
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}

func documentOf(b evidence.Bench, m evidence.Machine) benchDocument {
	d := benchDocument{
		Name: b.Name, Iterations: b.N, Failed: b.Failed, Odd: b.Odd, Rounds: counts(b), Discarded: len(b.Rounds) - counts(b),
		Levels: []verdict.Level{}, Samples: map[string]benchList{}, Control: map[string]sampleList{},
		Traces: append([]evidence.BenchTrace{}, b.Traces...), Remarks: []verdict.Remark{},
	}
	if b.Failed != nil {
		return d
	}
	d.Levels = append(d.Levels, verdict.Levels(b)...)
	var counted []evidence.Round
	for _, r := range b.Rounds {
		if r.Discarded == "" {
			counted = append(counted, r)
		}
	}
	for _, p := range b.Procs {
		var list benchList
		for _, r := range counted {
			if y, ok := r.You[p]; ok {
				list.Wall = append(list.Wall, y.Wall)
				list.CPU = append(list.CPU, y.CPU)
				list.Outside = append(list.Outside, y.Facts[evidence.Outside])
			}
		}
		if len(list.Wall) > 0 {
			d.Samples[strconv.Itoa(p)] = list
		}
		if list, ran := listSamples(counted, evidence.Ref, p); ran {
			d.Control[strconv.Itoa(p)] = list
		}
	}
	for _, r := range verdict.Remarks(b, m) {
		if r.Topic == verdict.IsParallel {
			d.Parallel = &r.Says
		}
		d.Remarks = append(d.Remarks, r)
	}
	if predicted := verdict.BenchPredicted(b, m); predicted != nil {
		d.Predicted = map[string]verdict.Bounds{}
		for p, bounds := range predicted {
			if finite(&bounds.Low) != nil && finite(&bounds.High) != nil {
				d.Predicted[strconv.Itoa(p)] = bounds
			}
		}
	}
	return d
}
