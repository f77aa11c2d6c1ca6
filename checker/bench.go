package checker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/report"
)

// BenchRequest asks for the Go benchmarks of one package to be measured. The
// package is the person's own: their go command builds it with their settings,
// and nothing is written into its module.
type BenchRequest struct {
	Dir      string // where the go command runs
	Package  string // path or folder of one package: "."
	Pattern  string // as of go test -bench: "."
	Procs    []int  // values of GOMAXPROCS; none means 1, 2, 4 … up to the CPUs
	Count    int    // rounds for each benchmark
	Time     time.Duration
	Progress func(Progress) // may be nil
}

// Listing is the stage of a measurement of benchmarks that follows Building.
// Then comes one named as each benchmark.
const Listing = "looking for benchmarks"

// ErrBench is in the chain of errors about a package or a pattern that cannot
// be measured as it is; the message says what to do.
var ErrBench = errors.New("cannot measure")

// Bench measures benchmarks, one after the other:
//
//	package -> go test -c -> run once -> rounds at each GOMAXPROCS -> traces
//
// A benchmark that fails is recorded, and the others go on. Errors wrap
// ErrBench, build.ErrNoGo or ErrSetup, or are a *ProgramError; everything else
// is the machine's fault or ours.
func Bench(ctx context.Context, r BenchRequest) (report.Measurement, error) {
	start := time.Now()
	if r.Progress == nil {
		r.Progress = func(Progress) {}
	}
	if err := checkPattern(r.Pattern); err != nil {
		return report.Measurement{}, err
	}
	tmp, err := tempDir(cmp.Or(os.Getenv("GOTMPDIR"), os.TempDir())) // where the go command would put its own
	if err != nil {
		return report.Measurement{}, err
	}
	defer os.RemoveAll(tmp)
	b := benching{BenchRequest: r, cmd: goCommand{dir: r.Dir, tmp: tmp}, machine: meter.Look(), seed: rand.Uint64()}
	b.machine.P = meter.WholeCPUs(b.machine.CPUs, b.machine.Quota)
	if len(r.Procs) == 0 {
		b.Procs = levels(b.machine.P)
	}
	if err := b.build(ctx); err != nil {
		return report.Measurement{}, err
	}
	list, err := b.list(ctx)
	if err != nil {
		return report.Measurement{}, err
	}
	for i := range list.Benches {
		if x := &list.Benches[i]; x.Failed == nil {
			b.Progress(Progress{Stage: fmt.Sprintf("%d of %d: %s", i+1, len(list.Benches), x.Name)})
			if err := b.measure(ctx, x); err != nil {
				return report.Measurement{}, err
			}
		}
	}
	return report.Measurement{
		Package: b.pkg.ImportPath, Labels: list.Labels, Machine: b.machine,
		Benches: list.Benches, Skipped: list.Skipped, Elapsed: time.Since(start),
	}, nil
}

// benching is the state of one measurement of benchmarks.
type benching struct {
	BenchRequest
	cmd     goCommand
	pkg     goPackage
	binary  meter.Benchmarks
	machine evidence.Machine
	burden  int64
	seed    uint64
}

// levels are the powers of two up to n, and n.
func levels(n int) []int {
	var all []int
	for p := 1; p < n; p *= 2 {
		all = append(all, p)
	}
	return append(all, n)
}

func (b *benching) build(ctx context.Context) error {
	b.Progress(Progress{Stage: Building})
	version, err := b.cmd.find(ctx)
	if err != nil {
		return err
	}
	b.machine.Go = version
	defer b.cmd.keepSums()()
	if b.pkg, err = b.cmd.pkg(ctx, b.Package); err != nil {
		return err
	}
	file := filepath.Join(b.cmd.tmp, "bench.test.exe") // Windows needs the ending, the others do not mind
	if err := b.cmd.compile(ctx, b.Package, file); err != nil {
		return err
	}
	runs := filepath.Join(b.cmd.tmp, "runs")
	if err := os.Mkdir(runs, 0o700); err != nil {
		return fmt.Errorf("%w: failed to make a temporary folder: %w", ErrSetup, err)
	}
	b.binary = meter.Benchmarks{Binary: file, Dir: b.pkg.Dir, Tmp: runs, Env: os.Environ()}
	return nil
}

// list runs every benchmark once, to know their names.
func (b *benching) list(ctx context.Context) (meter.Listed, error) {
	b.Progress(Progress{Stage: Listing})
	list, err := b.binary.List(ctx, b.Pattern, slices.Max(b.Procs))
	var failed *meter.BenchError
	switch {
	case errors.As(err, &failed):
		return list, &ProgramError{What: "the tests of " + b.pkg.ImportPath + " end before the first benchmark starts", Output: failed.Output()}
	case err != nil || len(list.Benches) > 0 || len(list.Skipped) > 0:
		return list, err
	}
	names, err := b.binary.Names(ctx)
	if err != nil {
		return list, err
	}
	return list, b.none(names)
}

// measure takes the rounds and traces of one benchmark.
func (b *benching) measure(ctx context.Context, x *evidence.Bench) error {
	x.Procs = b.Procs
	start := time.Now()
	b.Progress(Progress{Stage: Measuring})
	session, err := meter.NewBenchSession(ctx, b.binary, x.Name, b.Procs, b.seed)
	if err != nil {
		return fails(x, 1, err)
	}
	x.N = session.N()
	for len(x.Rounds) < b.Count {
		b.Progress(Progress{Stage: Measuring, Step: len(x.Rounds), Of: b.Count})
		round, odd, err := session.Round(ctx)
		if err != nil {
			return fails(x, slices.Max(b.Procs), err)
		}
		x.Rounds, x.Odd = append(x.Rounds, round), x.Odd+odd
		if time.Since(start) > b.Time {
			break
		}
	}
	if b.burden == 0 {
		b.burden = meter.Burden()
	}
	x.Burden = b.burden
	return b.traces(ctx, x)
}

// fails records a benchmark that failed; any other error stays one.
func fails(x *evidence.Bench, procs int, err error) error {
	var failed *meter.BenchError
	if !errors.As(err, &failed) {
		return err
	}
	x.Failed = &evidence.BenchFail{Procs: procs, Output: failed.Output()}
	return nil
}
