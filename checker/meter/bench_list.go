package meter

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/proc"
)

// Listed is what running every benchmark once has shown.
type Listed struct {
	Labels  map[string]string // goos, goarch, pkg and cpu, as package testing says them
	Benches []evidence.Bench  // in order of appearance; those that failed say so
	Skipped []string
}

// mostCrashes is how many benchmarks may end the process before the list is
// left as it is.
const mostCrashes = 20

// List runs each benchmark that matches pattern once, sub-benchmarks too, as
// package testing selects them. One that ends the process, by a panic say, is
// left out in the next try, so that the others are found.
func (b Benchmarks) List(ctx context.Context, pattern string, procs int) (Listed, error) {
	var crashed []evidence.Bench
	for {
		args := []string{"-test.v", "-test.bench=" + pattern, "-test.benchtime=1x"}
		if len(crashed) > 0 {
			args = append(args, "-test.skip="+allOf(crashed))
		}
		out, _, err := b.run(ctx, procs, proc.Limits{}, args...)
		var failure *BenchError
		if err != nil && !errors.As(err, &failure) {
			return Listed{}, err
		}
		l := parseListing(out)
		ended := l.running
		if failure != nil {
			ended = l.ended(failure.Stderr)
		}
		switch {
		case failure != nil && ended != "" && len(crashed) < mostCrashes:
			failure.Stdout = l.printed
			crashed = append(crashed, broken(ended, procs, failure.Output()))
			continue
		case failure != nil && len(l.results)+len(l.failed)+len(crashed) == 0:
			return Listed{}, err // it ended before the first benchmark: TestMain, or an init
		}
		list := Listed{Labels: l.labels, Skipped: l.skipped}
		for _, name := range l.order {
			list.Benches = append(list.Benches, evidence.Bench{Name: name})
		}
		for _, name := range slices.Sorted(maps.Keys(l.failed)) {
			list.Benches = append(list.Benches, broken(name, procs, l.failed[name]))
		}
		list.Benches = append(list.Benches, crashed...)
		return list, nil
	}
}

// broken is a benchmark that failed.
func broken(name string, procs int, output string) evidence.Bench {
	return evidence.Bench{Name: name, Failed: &evidence.BenchFail{Procs: procs, Output: output}}
}

// allOf is the pattern that matches these benchmarks and no others.
func allOf(list []evidence.Bench) string {
	var all []string
	for _, b := range list {
		all = append(all, only(b.Name))
	}
	return strings.Join(all, "|")
}

// Names lists the benchmark functions of the binary without running them.
func (b Benchmarks) Names(ctx context.Context) ([]string, error) {
	out, _, err := b.run(ctx, 1, proc.Limits{}, "-test.list=^Benchmark")
	if err != nil {
		return nil, err
	}
	var names []string
	for line := range strings.Lines(out) {
		if name := strings.TrimSpace(line); strings.HasPrefix(name, "Benchmark") && !strings.ContainsAny(name, " \t") {
			names = append(names, name)
		}
	}
	return names, nil
}
