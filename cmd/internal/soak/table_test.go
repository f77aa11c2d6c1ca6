package soak

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"gokata/checker/spec"
)

var update = flag.Bool("update", false, "rewrite golden files")

// gathered is a log of two conditions with every kind of trial.
func gathered() (records []Record) {
	machine := Machine{CPUs: 2, P: 2, Go: "go1.26.0", OS: "linux", Arch: "amd64", Kernel: "6.1"}
	add := func(condition, class string, measure spec.Kind, kind Kind, n int) {
		for i := range n {
			records = append(records, Record{
				Time: at.Add(time.Duration(len(records)) * time.Second), Program: Program{Commit: "0123456789ab", Hash: "ff"},
				Machine: machine, Condition: condition, Kata: "k", Measure: measure, Variant: "v", Class: class, Kind: kind,
				Elapsed: int64(2000 + 10*i),
			})
		}
	}
	add("many", "tampered|serial", spec.Parallel, Right, 3)
	add("quiet", "serial", spec.Parallel, Right, 57)
	add("quiet", "serial", spec.Parallel, OtherReason, 2)
	add("quiet", "serial", spec.Parallel, FalsePass, 1)
	add("quiet", "ok", spec.Parallel, Right, 1489)
	add("quiet", "ok", spec.Overlap, Right, 11)
	add("quiet", "fail", spec.Overlap, Inconclusive, 1)
	add("quiet", "fail", spec.Meter, Broken, 2)
	add("quiet", "underused|ok", spec.Parallel, Right, 4)
	return records
}

func TestTheTableAddsUpAndReadsAsMarkdown(t *testing.T) {
	table := Tabulate(gathered(), "")
	if table.Bad() != 5 {
		t.Errorf("%d bad trials, want 2 other reasons, 1 false pass, 2 broken", table.Bad())
	}
	quiet := table.Conditions[0]
	if quiet.Condition != "quiet" || quiet.Rows[0].Class != "ok" || quiet.Rows[1].Class != "fail" {
		t.Errorf("order: %+v", quiet)
	}
	if r := quiet.Rows[0]; r.FalsePass != nil || r.FalseFail.Of != 1500 || r.FalseFail.High > 0.002 {
		t.Errorf("what must pass: %+v", r)
	}
	if f := quiet.Total.FalsePass; f.Count != 1 || f.Of != 61 { // neither what is broken, nor what may pass
		t.Errorf("false passes: %+v", f)
	}
	var b bytes.Buffer
	if err := table.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/table.md"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("not as in %s (go test -update rewrites it):\n%s", golden, b.String())
	}
	columns := 0
	for line := range strings.Lines(b.String()) {
		if n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"); strings.HasPrefix(line, "|") && n != 11 {
			t.Errorf("%d bars in %s", n, line)
			columns++
		}
	}
}

func TestALabelChoosesTrials(t *testing.T) {
	records := gathered()
	for i := range records[:7] {
		records[i].Label = "tuesday"
	}
	if got := Tabulate(records, "tuesday").Trials; got != 7 {
		t.Errorf("%d trials, want 7", got)
	}
	if got := Tabulate(records, "wednesday"); got.Trials != 0 || got.Bad() != 0 {
		t.Errorf("%+v", got)
	}
}
