// Package checker is the pipeline from a kata and a folder of Go files to a
// report:
//
//	files -> refuse -> build (plain, -race) -> answers at several GOMAXPROCS
//	      -> race detector -> rounds and traces -> verdict.Judge -> report
//
// Each arrow carries plain values; what is decided, package verdict decides
// from evidence alone. Everything slow can be cancelled: when the context ends,
// nothing is left running and nothing on disk.
package checker

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/report"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Request is one check. Files are Go source by name.
type Request struct {
	Spec      spec.Spec
	Solution  map[string][]byte // the learner's
	Hidden    map[string][]byte
	Reference map[string][]byte
	Starter   map[string][]byte
	// Progress is told what is going on, from the calling goroutine. May be nil.
	Progress func(Progress)
}

// Progress is one line about a check under way.
type Progress struct {
	Stage string // building, correct?, races?, measuring
	Step  int    // rounds done, where rounds are counted
	Of    int    // rounds that will do if all is quiet
	Note  string // more, for a long stage
}

// Stages, in order.
const (
	Building  = "building"
	Correct   = "correct?"
	Races     = "races?"
	Measuring = "measuring"
	Tracing   = "tracing" // of Trace, in the end
)

// Check runs the pipeline. An error is the machine's fault, ours, or wraps
// build.ErrNoGo; what is wrong with the solution is in the report.
func Check(ctx context.Context, r Request) (report.Report, error) {
	c, err := begin(ctx, r)
	if err != nil {
		return report.Report{}, err
	}
	defer c.end()
	if err := c.gather(ctx); err != nil {
		return report.Report{}, err
	}
	c.evidence.Elapsed = time.Since(c.start)
	return report.Report{Evidence: c.evidence, Verdict: verdict.Judge(c.evidence), Elapsed: c.evidence.Elapsed}, nil
}

// check is the state of one run of the pipeline.
type check struct {
	Request
	start    time.Time
	builder  build.Builder
	programs meter.Programs
	race     string // the learner's program under the race detector
	evidence evidence.Evidence
	seed     uint64
}

func begin(ctx context.Context, r Request) (*check, error) {
	c := &check{Request: r, start: time.Now(), seed: rand.Uint64()}
	c.Solution = maps.Clone(r.Solution)
	maps.DeleteFunc(c.Solution, func(name string, _ []byte) bool { return strings.HasSuffix(name, "_test.go") })
	c.evidence = evidence.Evidence{Spec: r.Spec, Machine: meter.Look()}
	if c.Progress == nil {
		c.Progress = func(Progress) {}
	}
	var err error
	c.builder, err = newBuilder(ctx)
	if err != nil {
		return nil, err
	}
	c.evidence.Machine.Go = c.builder.Go.Version
	c.evidence.Machine.RaceDetector = c.builder.Go.CC != ""
	c.evidence.RaceOff = c.builder.Go.NoCC
	return c, nil
}

func (c *check) end() { _ = os.RemoveAll(c.builder.Dir) }

// newBuilder finds the toolchain and makes the temporary folder of a check.
func newBuilder(ctx context.Context) (build.Builder, error) {
	tool, err := build.Find(ctx)
	if err != nil {
		return build.Builder{}, err
	}
	cache, err := cacheDir()
	if err != nil {
		return build.Builder{}, err
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return build.Builder{}, fmt.Errorf("%w: failed to make the cache: %w; set GOKATA_CACHE to a folder that can be written", ErrSetup, err)
	}
	tmp, err := tempDir(os.TempDir())
	if err != nil {
		return build.Builder{}, err
	}
	return build.Builder{Go: tool, Dir: tmp, Cache: cache}, nil
}

// ErrSetup is in the chain of errors about how the process was started; the
// message says what to set.
var ErrSetup = errors.New("cannot check here")

// cacheDir is where binaries are kept: $GOKATA_CACHE, or a folder of the
// system's cache.
func cacheDir() (string, error) {
	if dir := os.Getenv("GOKATA_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w: failed to find a folder for the cache: %w; set GOKATA_CACHE, or HOME", ErrSetup, err)
	}
	return filepath.Join(dir, "gokata"), nil
}

// gather fills the evidence stage by stage, and stops at the first stage that
// decides.
func (c *check) gather(ctx context.Context) error {
	for _, stage := range []func(context.Context) error{c.build, c.answers, c.races, c.measure} {
		if err := stage(ctx); err != nil {
			return err
		}
		if c.failed() {
			return nil
		}
	}
	return nil
}

// failed says whether what is known decides already.
func (c *check) failed() bool {
	e := &c.evidence
	wrong := len(e.Rounds) > 0 && e.Rounds[len(e.Rounds)-1].Wrong != nil
	return wrong || len(e.Refused)+len(e.Compile)+len(e.Vet)+len(e.Cases)+len(e.Races) > 0
}

func (c *check) build(ctx context.Context) error {
	e := &c.evidence
	found, syntax := build.Refuse(c.Spec, c.Solution)
	if syntax {
		e.Compile = found
	} else {
		e.Refused = found
	}
	if len(found) > 0 {
		return nil
	}
	built := c.announceBuild()
	part := build.Part{Spec: c.Spec, Solution: c.Solution, Hidden: c.Hidden, Starter: c.Starter}
	racing := c.builder.Go.CC != ""
	you, err := c.builder.Build(ctx, part, racing, true)
	if err != nil {
		return err
	}
	e.Compile, e.Vet, e.Polls = you.Compile, you.Vet, build.Polls(c.Solution)
	if c.failed() {
		return nil
	}
	control, err := c.buildControl(ctx)
	if err != nil {
		return err
	}
	built()
	c.programs = meter.Programs{You: you.Plain, Ref: control, Env: build.Environment()}
	c.race = you.Race
	if you.NoRace != "" {
		e.RaceOff, e.Machine.RaceDetector = you.NoRace, false
	}
	return nil
}

// announceBuild says that building begins, and that it takes longer where the
// standard library is still to be compiled for it. Built is to be called once
// it is.
func (c *check) announceBuild() (built func()) {
	std := filepath.Join(c.builder.Cache, "std-"+c.builder.Go.Version)
	note := ""
	if _, err := os.Stat(std); err != nil {
		note = "compiling the standard library: once, about 20 s"
	}
	c.Progress(Progress{Stage: Building, Note: note})
	return func() {
		if note != "" {
			_ = os.WriteFile(std, nil, 0o600) // only a note for the next time
		}
	}
}

// buildControl builds the reference solution and gives its binary.
func (c *check) buildControl(ctx context.Context) (binary string, err error) {
	part := build.Part{Spec: c.Spec, Solution: c.Reference, Hidden: c.Hidden, Starter: c.Starter}
	ref, err := c.builder.Build(ctx, part, false, false)
	switch {
	case err != nil:
		return "", err
	case len(ref.Compile) > 0:
		return "", fmt.Errorf("the reference solution of %s does not compile: %s", c.Spec.Kata, ref.Compile[0].Message)
	}
	return ref.Plain, nil
}

// answers compares answers at several GOMAXPROCS, which need no CPUs of their
// own. Code that only waits behaves alike at all of them.
func (c *check) answers(ctx context.Context) error {
	c.Progress(Progress{Stage: Correct})
	procs := []int{1, 2, 4, 8}
	if c.Spec.Kind == spec.Overlap || c.Spec.Kind == spec.Meter {
		procs = procs[:2]
	}
	if err := c.run(ctx, c.programs, procs, false); err != nil {
		return err
	}
	for _, setting := range c.Spec.Godebug {
		if c.failed() {
			return nil
		}
		if err := c.run(ctx, c.programs.With("GODEBUG="+setting), procs, false); err != nil {
			return err
		}
		for i := range c.evidence.Cases {
			c.evidence.Cases[i].Godebug = setting
		}
	}
	return nil
}

func (c *check) races(ctx context.Context) error {
	if c.race == "" {
		return nil
	}
	c.Progress(Progress{Stage: Races})
	return c.run(ctx, meter.Programs{You: c.race, Ref: c.programs.Ref, Env: c.programs.Env}, []int{4}, true)
}

func (c *check) run(ctx context.Context, p meter.Programs, procs []int, race bool) error {
	a, err := p.Cases(ctx, c.Spec, procs, c.seed, race)
	if err != nil {
		return err
	}
	e := &c.evidence
	e.Ran += a.Ran
	e.Facts = append(e.Facts, a.Facts...)
	if a.Failed != nil {
		e.Cases = append(e.Cases, *a.Failed)
	}
	if a.Race != nil {
		e.Races = append(e.Races, *a.Race)
	}
	return nil
}
