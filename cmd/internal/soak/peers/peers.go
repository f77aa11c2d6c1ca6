// Package peers gives a solution to the ways in which the public checks
// concurrent Go: go test, go test -race, and a benchmark at one CPU and at two.
//
//	solution + visible test + the kata's workload as a benchmark
//	  -> a module of its own -> the go command, three times -> Result
//
// The benchmark runs what our own check measures, so that the tables differ in
// the judge alone.
package peers

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gokata/checker/build"
	"gokata/checker/probe"
	"gokata/checker/proc"
)

// Enough is the least quotient of the medians of T(1) and T(2) that passes.
const Enough = 1.5

// Counted is how often each benchmark runs.
const Counted = 5

// Solution is what is tried. Files are Go source by name.
type Solution struct {
	Files  map[string][]byte
	Tests  map[string][]byte // visible tests, in the solution's package
	Hidden map[string][]byte // exports func Suite() probe.Suite
}

// Result is what the public ways say.
type Result struct {
	Test  Said
	Race  Said
	Bench Said
	Ratio float64 // median T(1) over median T(2); 0 where Bench is no pass or fail of time
}

// Said is a pass, or why it is none.
type Said struct {
	Pass bool
	Note string // "" for a pass; else "fails", "does not end", "no C compiler", ...
}

// All says whether none of the three objects.
func (r Result) All() bool { return r.Test.Pass && r.Race.Pass && r.Bench.Pass }

// Runner runs the go command. Dir is for temporary modules, the caller's to remove.
type Runner struct {
	Go        build.Toolchain
	Dir       string
	BenchTime time.Duration // of each of the benchmark's runs
	Limit     time.Duration // of one run of a test or benchmark, building aside
}

// Try builds one module around the solution and runs all three ways in it. The
// error is the machine's fault, ours, or the context's.
func (r Runner) Try(ctx context.Context, s Solution) (Result, error) {
	dir, err := os.MkdirTemp(r.Dir, "module-")
	if err != nil {
		return Result{}, fmt.Errorf("failed to make a folder for the module: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := write(dir, s); err != nil {
		return Result{}, err
	}
	limit := "-timeout=" + r.Limit.String()
	test, err := r.run(ctx, dir, false, "test", limit, "./solution")
	if err != nil {
		return Result{}, err
	}
	res := Result{Test: test.verdict(), Race: Said{Note: "no race detector"}}
	if r.Go.CC != "" {
		race, err := r.run(ctx, dir, true, "test", "-race", limit, "./solution")
		if err != nil {
			return Result{}, err
		}
		res.Race = race.verdict()
	}
	bench, err := r.run(ctx, dir, false, "test", limit, "-run=^$", "-bench=.", "-cpu=1,2",
		fmt.Sprintf("-count=%d", Counted), "-benchtime="+r.BenchTime.String(), ".")
	if err != nil {
		return Result{}, err
	}
	res.Bench, res.Ratio = bench.ratio()
	return res, nil
}

// benchmark measures the first workload of the kata, its making left out.
const benchmark = `package public

import (
	"math/rand/v2"
	"testing"

	"check/hidden"
)

func BenchmarkWorkload(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	workload := hidden.Suite().Workloads[0]
	b.StopTimer()
	for range b.N {
		task := workload.New(r)
		b.StartTimer()
		task.Run()
		b.StopTimer()
	}
}
`

// write makes the module, laid out as the checker's own.
func write(dir string, s Solution) error {
	files := map[string][]byte{
		"go.mod":        []byte("module check\n\ngo 1.26\n"),
		"bench_test.go": []byte(benchmark),
	}
	harness, err := probe.Source()
	if err != nil {
		return fmt.Errorf("failed to read the harness: %w", err)
	}
	for name, src := range harness {
		files["probe/"+name] = src
	}
	for folder, from := range map[string]map[string][]byte{"hidden": s.Hidden, "solution": s.Files} {
		for name, src := range from {
			if !strings.HasSuffix(name, "_test.go") {
				files[folder+"/"+name] = src
			}
		}
	}
	for name, src := range s.Tests {
		files["solution/"+name] = src
	}
	for name, src := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(file), 0o700)
		if err == nil {
			err = os.WriteFile(file, src, 0o600)
		}
		if err != nil {
			return fmt.Errorf("failed to write the module: %w", err)
		}
	}
	return nil
}

// output is what a run of the go command printed.
type output struct {
	text   string
	failed bool
}

// limits end what a wrong solution may do to the machine. The race detector
// reserves more memory than any limit on it would let it.
func limits(racing bool) proc.Limits {
	lim := proc.Limits{Memory: 6 << 30, FileSize: 512 << 20}
	if racing {
		lim.Memory = 0
	}
	return lim
}

func (r Runner) run(ctx context.Context, dir string, racing bool, args ...string) (output, error) {
	// The go command ends a test after -timeout itself; building comes on top.
	ctx, cancel := context.WithTimeout(ctx, r.Limit+3*time.Minute)
	defer cancel()
	cmd := exec.Command(r.Go.Path, args...)
	cmd.Dir = dir
	cgo := "0"
	if racing {
		cgo = "1"
	}
	cmd.Env = append(build.Environment(), "CGO_ENABLED="+cgo, "GOENV=off", "GOWORK=off", "GOPROXY=off",
		"GOTOOLCHAIN=local", "GOFLAGS=-mod=readonly", "GOTELEMETRY=off", "PWD="+dir)
	var text strings.Builder
	cmd.Stdout, cmd.Stderr = &text, &text
	g, err := proc.Start(ctx, cmd, limits(racing))
	if err != nil {
		return output{}, err
	}
	err = g.Wait()
	if cause := ctx.Err(); cause != nil {
		return output{}, fmt.Errorf("go %s did not end: %w", strings.Join(args, " "), cause)
	}
	return output{text.String(), err != nil}, nil
}

// verdict is that of a run of tests: its exit code, as in public.
func (o output) verdict() Said {
	switch {
	case !o.failed:
		return Said{Pass: true}
	case strings.Contains(o.text, "panic: test timed out"):
		return Said{Note: "does not end"}
	case strings.Contains(o.text, "[build failed]"), strings.Contains(o.text, "[setup failed]"):
		return Said{Note: "does not build"}
	case strings.Contains(o.text, "WARNING: DATA RACE"):
		return Said{Note: "race"}
	}
	return Said{Note: "fails"}
}

// ratio is the verdict of the benchmark.
func (o output) ratio() (Said, float64) {
	one, two := Times(o.text)
	if said := o.verdict(); !said.Pass {
		return said, 0
	}
	if len(one) < Counted || len(two) < Counted {
		return Said{Note: "no figures"}, 0
	}
	ratio := median(one) / median(two)
	if ratio < Enough {
		return Said{Note: "too slow"}, ratio
	}
	return Said{Pass: true}, ratio
}

// median of a list that is not empty.
func median(xs []float64) float64 {
	s := slices.Sorted(slices.Values(xs))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}
