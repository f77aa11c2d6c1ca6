package workshop

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
)

func good() Result {
	return Result{ID: "abcdefgh12345678", Kind: Checked, Item: "merge-sort", Verdict: "pass", Reason: "ok", Speedup: 1.8, Attainable: 1.9, CPUs: 2, Curve: map[string]float64{"4": 3}}
}

func TestAResultIsVerified(t *testing.T) {
	if r := good(); r.Verify() != nil {
		t.Fatal(r.Verify())
	}
	for name, spoil := range map[string]func(*Result){
		"no id":              func(r *Result) { r.ID = "" },
		"short id":           func(r *Result) { r.ID = "abc" },
		"long id":            func(r *Result) { r.ID = strings.Repeat("a", 65) },
		"id with a quote":    func(r *Result) { r.ID = `abcdefgh"1234` },
		"no item":            func(r *Result) { r.Item = "" },
		"markup as an item":  func(r *Result) { r.Item = "<script>" },
		"long item":          func(r *Result) { r.Item = strings.Repeat("a", 81) },
		"unknown kind":       func(r *Result) { r.Kind = "bribed" },
		"verdict of words":   func(r *Result) { r.Verdict = "pass me" },
		"reason of escapes":  func(r *Result) { r.Reason = "\x1b[2J" },
		"not a number":       func(r *Result) { r.Speedup = math.NaN() },
		"infinite":           func(r *Result) { r.Attainable = math.Inf(1) },
		"negative":           func(r *Result) { r.Speedup = -1 },
		"score of too much":  func(r *Result) { r.Score = 1 << 20 },
		"hint minus one":     func(r *Result) { r.Hint = -1 },
		"a million CPUs":     func(r *Result) { r.CPUs = 1 << 20 },
		"a curve of NaN":     func(r *Result) { r.Curve = map[string]float64{"2": math.NaN()} },
		"a curve of words":   func(r *Result) { r.Curve = map[string]float64{"=1+1": 1} },
		"a long curve":       func(r *Result) { r.Curve = long() },
		"a large report":     func(r *Result) { r.Report = json.RawMessage(strings.Repeat("1", MaxReport+1)) },
		"bytes in a report":  func(r *Result) { r.Report = json.RawMessage("{\"verdict\":\"x\xff\"}") },
		"a large source":     func(r *Result) { r.Source = map[string]string{"a.go": strings.Repeat("x", MaxSource)} },
		"too many files":     func(r *Result) { r.Source = files(MaxFiles + 1) },
		"bytes for a source": func(r *Result) { r.Source = map[string]string{"a.go": "\xff"} },
		"a name too long":    func(r *Result) { r.Source = map[string]string{strings.Repeat("a", 256): "x"} },
	} {
		r := good()
		spoil(&r)
		if r.Verify() == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func long() map[string]float64 {
	m := map[string]float64{}
	for i := range MaxCurve + 1 {
		m[strconv.Itoa(i)] = 1
	}
	return m
}

func files(n int) map[string]string {
	m := map[string]string{}
	for i := range n {
		m[strings.Repeat("a", i+1)] = ""
	}
	return m
}

// What Verify lets through can be written as JSON, and comes back the same.
func FuzzResult(f *testing.F) {
	b, _ := json.Marshal(good())
	f.Add(string(b))
	f.Add(`{"id":"abcdefgh","kind":"answered","item":"a/b","right":true,"score":0.5,"age_ms":-1}`)
	f.Add(`{"id":"abcdefgh","kind":"checked","item":"a","report":{"x":[1,2,{"y":null}]},"source":{"a.go":"package a"}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var r Result
		if json.Unmarshal([]byte(text), &r) != nil || r.Verify() != nil {
			return
		}
		r.Happened(minute(1))
		var c Cell
		c.Add(&r, minute(1), 1)
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("%q was verified and cannot be written: %v", text, err)
		}
		var again Result
		if err := json.Unmarshal(b, &again); err != nil || again.Verify() != nil {
			t.Fatalf("%s does not come back: %v, %v", b, err, again.Verify())
		}
		if _, err := json.Marshal(c); err != nil {
			t.Fatal(err)
		}
	})
}
