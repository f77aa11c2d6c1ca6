package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gokata/checker"
	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/report"
)

// bencher is a checker whose measurement a test scripts.
type bencher struct {
	scripted
	bench func(r checker.BenchRequest) (report.Measurement, error)
}

func (b bencher) Bench(_ context.Context, r checker.BenchRequest) (report.Measurement, error) {
	return b.bench(r)
}

// measuredOnce is a benchmark with a round at 1 and 2.
func measuredOnce() evidence.Bench {
	y := evidence.Sample{Wall: 50e6, CPU: 50e6}
	return evidence.Bench{Name: "BenchmarkX", N: 10, Procs: []int{1, 2}, Rounds: []evidence.Round{{You: map[int]evidence.Sample{1: y, 2: y}}}}
}

func TestMeasureExitsAsDocumented(t *testing.T) {
	failed := evidence.Bench{Name: "BenchmarkX", Failed: &evidence.BenchFail{Procs: 1, Output: "no"}}
	for name, c := range map[string]struct {
		m    report.Measurement
		err  error
		code int
		says string // on standard error
	}{
		"measured":         {report.Measurement{Benches: []evidence.Bench{measuredOnce()}}, nil, ExitDone, ""},
		"one failed":       {report.Measurement{Benches: []evidence.Bench{measuredOnce(), failed}}, nil, ExitFailed, ""},
		"nothing measured": {report.Measurement{Benches: []evidence.Bench{{Name: "BenchmarkX"}}}, nil, ExitInconclusive, ""},
		"does not build": {err: &checker.ProgramError{What: "the package does not build", Output: "a_test.go:3:1: \x1b[31mno"}, code: ExitUsage,
			says: "a_test.go:3:1: \\x1b[31mno\ngokata: the package does not build. Mend that first"},
		"no benchmarks": {err: fmt.Errorf("%w .: it has none; write one", checker.ErrBench), code: ExitUsage, says: "gokata: cannot measure .: it has none; write one\n"},
		"no go":         {err: fmt.Errorf("%w: install it", build.ErrNoGo), code: ExitUsage, says: "install it"},
		"our own fault": {err: errors.New("the disk is on fire"), code: ExitInternal, says: "This is a mistake in gokata"},
		"interrupted":   {err: context.Canceled, code: ExitUsage, says: "interrupted; nothing lost"},
	} {
		env, out, errs := world(t, bencher{bench: func(checker.BenchRequest) (report.Measurement, error) { return c.m, c.err }})
		if code := Run(t.Context(), env, []string{"measure"}); code != c.code {
			t.Errorf("%s: exit code %d, want %d: %s", name, code, c.code, errs)
		}
		if !strings.Contains(errs.String(), c.says) || c.says == "" && errs.Len() > 0 {
			t.Errorf("%s: standard error %q, want %q", name, errs, c.says)
		}
		if c.err != nil && out.Len() > 0 {
			t.Errorf("%s: standard output %q", name, out)
		}
	}
}

func TestMeasurePassesOnWhatWasAsked(t *testing.T) {
	var got checker.BenchRequest
	env, out, errs := world(t, bencher{bench: func(r checker.BenchRequest) (report.Measurement, error) {
		got = r
		r.Progress(checker.Progress{Stage: checker.Building})
		r.Progress(checker.Progress{Stage: "1 of 1: BenchmarkX"})
		return report.Measurement{Benches: []evidence.Bench{measuredOnce()}}, nil
	}})
	args := []string{"measure", "./sort", "--bench", "X/y", "--cpu", "4, 1,4", "--count", "3", "--time", "2s", "--format", "bench"}
	if code := Run(t.Context(), env, args); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if got.Dir != env.Dir || got.Package != "./sort" || got.Pattern != "X/y" || !slices.Equal(got.Procs, []int{1, 4}) || got.Count != 3 || got.Time != 2*time.Second {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(out.String(), "BenchmarkX-2\t10\t5e+06 ns/op") {
		t.Errorf("output %q", out)
	}
	if errs.Len() > 0 {
		t.Errorf("without a terminal: %q", errs)
	}
}

func TestMeasureRefusesWhatCannotBeMeant(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"a b", "takes one package, not 2 (a b). Name one"},
		{"--cpu 0", `"0" is no GOMAXPROCS from 1 to 1024`},
		{"--cpu 1,,2", `"" is no GOMAXPROCS`},
		{"--cpu 1,x", `"x" is no GOMAXPROCS`},
		{"--cpu 99999999999999999999", "is no GOMAXPROCS"},
		{"--count 0", "at least one round"},
		{"--time -1s", "some time is needed"},
		{"--format xml", "Formats are text, json and bench"},
		{"--json --format bench", "contradict each other"},
		{"--bensh X", "Did you mean --bench?"},
	} {
		env, _, errs := world(t, bencher{bench: func(checker.BenchRequest) (report.Measurement, error) {
			t.Errorf("%s was measured", c.args)
			return report.Measurement{}, nil
		}})
		if code := Run(t.Context(), env, append([]string{"measure"}, strings.Fields(c.args)...)); code != ExitUsage {
			t.Errorf("%s: exit code %d", c.args, code)
		}
		if !strings.Contains(errs.String(), c.want) {
			t.Errorf("%s: %q, want %q", c.args, errs, c.want)
		}
	}
}
