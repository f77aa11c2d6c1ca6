package checker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/report"
	"gokata/checker/trace"
	"gokata/checker/verdict"
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

// Stages of a measurement of benchmarks, after Building. Then comes one named
// as each benchmark.
const (
	Listing = "looking for benchmarks"
	Tracing = "tracing"
)

// ErrBench is in the chain of errors about a package or a pattern that cannot
// be measured as it is; the message says what to do.
var ErrBench = errors.New("cannot measure")

// Bench measures benchmarks, one after the other:
//
//	package -> go test -c -> run once -> rounds at each GOMAXPROCS -> traces
//
// A benchmark that fails is recorded, and the others go on. Errors wrap
// ErrBench, build.ErrNoGo or ErrSetup, or are a *CompileError; everything else
// is the machine's fault or ours.
func Bench(ctx context.Context, r BenchRequest) (report.Measurement, error) {
	start := time.Now()
	if r.Progress == nil {
		r.Progress = func(Progress) {}
	}
	if err := checkPattern(r.Pattern); err != nil {
		return report.Measurement{}, err
	}
	sweep()
	tmp, err := benchDir()
	if err != nil {
		return report.Measurement{}, err
	}
	defer os.RemoveAll(tmp)
	b := benching{BenchRequest: r, cmd: goCommand{dir: r.Dir, tmp: tmp}, machine: meter.Look(), seed: rand.Uint64()}
	b.machine.P = wholeCPUs(b.machine)
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

// benchDir makes the temporary folder of a measurement. Programs run in it, so
// it goes where the go command would put its own.
func benchDir() (string, error) {
	base := os.Getenv("GOTMPDIR")
	if base == "" {
		base = os.TempDir()
	}
	base, err := filepath.Abs(base)
	if err == nil {
		base, err = os.MkdirTemp(base, prefix+strconv.Itoa(os.Getpid())+"-")
	}
	if err != nil {
		return "", fmt.Errorf("%w: failed to make a temporary folder: %w; set TMPDIR to a folder with room", ErrSetup, err)
	}
	return base, nil
}

// wholeCPUs is how many CPUs can run Go code at once: those that this process
// may use, and no more than the whole ones of its quota.
func wholeCPUs(m evidence.Machine) int {
	n := m.CPUs
	if m.Quota != nil && *m.Quota < float64(n) {
		n = int(*m.Quota)
	}
	return max(n, 1)
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
		return list, fmt.Errorf("%w %s: its test binary ends before the first benchmark: %s", ErrBench, b.pkg.ImportPath, failed.Output())
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
	b.Progress(Progress{Stage: Measuring, Note: "how many iterations"})
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

// tracesEach is how many traces are taken at each GOMAXPROCS: one preemption
// at the wrong moment spoils one, and the best counts.
const tracesEach = 3

// traces adds traces at the GOMAXPROCS that is judged, and above the number of
// CPUs, where code that cuts its work by GOMAXPROCS shows what it would do.
func (b *benching) traces(ctx context.Context, x *evidence.Bench) error {
	judged := 0
	for _, p := range b.Procs {
		if p > 1 && p <= b.machine.P {
			judged = p
		}
	}
	n := traced(*x)
	if judged == 0 || n == 0 {
		return nil
	}
	b.Progress(Progress{Stage: Tracing})
	for _, p := range []int{judged, verdict.Wide} {
		if p == verdict.Wide && p <= judged {
			continue
		}
		for range tracesEach {
			raw, err := b.binary.Trace(ctx, x.Name, p, n)
			if err != nil {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				x.NoTrace = "the traced run failed"
				return nil
			}
			n = raw.N // what was too much once is so again
			t, err := b.read(raw)
			if err != nil {
				x.NoTrace = err.Error()
				return nil
			}
			t.Role, t.Procs, t.CPU = evidence.You, p, raw.CPU
			t.Valid = !t.Truncated && float64(t.Work) <= 1.05*float64(raw.CPU)
			x.Traces = append(x.Traces, evidence.BenchTrace{N: raw.N, Trace: t})
		}
	}
	return nil
}

// traced is how many iterations a trace covers: some 10 ms, longer than what
// the benchmark prepares, but no fewer than five and no more than a sample.
func traced(x evidence.Bench) int {
	wall, setup := 0.0, 0.0
	for _, r := range x.Rounds {
		for _, y := range r.You {
			if each := float64(y.Wall) / float64(x.N); wall == 0 || each < wall {
				wall = each
			}
			if s := y.Facts[evidence.Setup]; setup == 0 || s < setup {
				setup = s
			}
		}
	}
	if wall <= 0 {
		return 0
	}
	n := max(float64(10*time.Millisecond), 3*setup) / wall
	return max(min(5, x.N), int(min(n, float64(x.N))))
}

// The goroutines of package testing that run a benchmark: the first all its
// iterations, but for one that uses b.Loop, which the second has run already.
var benchRoots = []string{"testing.(*B).launch", "testing.(*B).run1.func1"}

// read analyses a trace of a benchmark.
func (b *benching) read(raw meter.RawTrace) (evidence.Trace, error) {
	if raw.Raw == nil {
		return evidence.Trace{Truncated: true}, nil
	}
	var best evidence.Trace
	var first error
	for _, root := range benchRoots {
		t, err := trace.Analyse(bytes.NewReader(raw.Raw), trace.Options{Root: root, Files: b.pkg.file})
		if err != nil {
			first = errors.Join(first, err)
			continue
		}
		if t.Wall > best.Wall {
			best = t
		}
	}
	if best.Wall == 0 {
		return best, first
	}
	return best, nil
}
