package checker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gokata/checker/build"
	"gokata/checker/report"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// checking names, in the environment, the solution that the test binary is to
// check instead of running tests; what it says then goes to standard output.
const checking = "GOKATA_TEST_CHECKING"

func TestMain(m *testing.M) {
	if name := os.Getenv(checking); name != "" {
		os.Exit(checkAsAChild(name))
	}
	dir, err := os.MkdirTemp("", "checker-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for name, sub := range map[string]string{"TMPDIR": "tmp", "GOKATA_CACHE": "cache"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Setenv(name, filepath.Join(dir, sub))
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		os.RemoveAll(dir)
		os.Exit(code)
	}))
}

// checkAsAChild checks a solution and tells the stages, one a line.
func checkAsAChild(name string) int {
	r := tiny(solutions()[name])
	r.Progress = func(p Progress) { fmt.Println(p.Stage) }
	rep, err := Check(context.Background(), r)
	if err != nil {
		fmt.Println(err)
		return 4
	}
	fmt.Println(rep.Verdict.Outcome)
	return 0
}

// slow leaves out a test that runs the go command or measures.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and measures, which takes seconds; run without -short")
	}
}

const tinyHidden = `package hidden

import (
	"math/rand/v2"
	"strconv"

	"check/probe"
	tiny "check/solution"
)

func Suite() probe.Suite {
	mix := func(n int) func(*rand.Rand) probe.Task {
		return func(r *rand.Rand) probe.Task {
			seed, out := r.Uint64(), uint64(0)
			return probe.Task{
				Input:  strconv.Itoa(n) + " numbers",
				Run:    func() { out = tiny.Mix(seed, n) },
				Output: func() string { return strconv.FormatUint(out, 16) },
			}
		}
	}
	return probe.Suite{
		Cases:     []probe.Case{{Name: "none", New: mix(0)}, {Name: "seven", New: mix(7)}, {Name: "many", New: mix(1000), Repeat: 3}},
		Workloads: []probe.Case{{Name: "large", New: mix(40_000)}},
	}
}
`

// chaos takes some 500 ns and touches no memory.
const chaos = `
func chaos(x uint64) uint64 {
	for range 250 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}
`

const parallelMix = `package tiny

import "sync"

// Mix adds up chaos of n numbers behind seed.
func Mix(seed uint64, n int) uint64 {
	const pieces = 32
	var sums [pieces]uint64
	var wg sync.WaitGroup
	for p := range pieces {
		wg.Go(func() {
			sum := uint64(0)
			for i := p * n / pieces; i < (p+1)*n/pieces; i++ {
				sum += chaos(seed + uint64(i))
			}
			sums[p] = sum
		})
	}
	wg.Wait()
	total := uint64(0)
	for _, s := range sums {
		total += s
	}
	return total
}
` + chaos

const serialMix = `package tiny

// Mix adds up chaos of n numbers behind seed.
func Mix(seed uint64, n int) uint64 {
	total := uint64(0)
	for i := range n {
		total += chaos(seed + uint64(i))
	}
	return total
}
` + chaos

// solutions of the kata "tiny" that these tests check.
func solutions() map[string]string {
	return map[string]string{
		"parallel":  parallelMix,
		"serial":    serialMix,
		"spins":     strings.Replace(serialMix, "total := uint64(0)", "total := uint64(0)\n\tfor n > 100 {\n\t\ttotal++\n\t}", 1),
		"forbidden": strings.Replace(serialMix, "// Mix", "import _ \"os\"\n\n// Mix", 1),
		"syntax":    strings.Replace(serialMix, "total := uint64(0)", "total := := uint64(0)", 1),
		"undefined": strings.Replace(serialMix, "total += chaos", "total += chaotic", 1),
		"signature": strings.Replace(serialMix, "n int)", "n int, more bool)", 1),
		"wrong":     strings.Replace(serialMix, "range n {", "range n - n/1000 {", 1),
		"panics":    strings.Replace(serialMix, "range n {", "range n {\n\t\tif i == 500 {\n\t\t\tpanic(\"half way\")\n\t\t}", 1),
		"deadlocks": strings.Replace(serialMix, "total := uint64(0)", "total := uint64(0)\n\tdone := make(chan bool)\n\tif n == 7 {\n\t\t<-done\n\t}", 1),
		"leaks":     strings.Replace(serialMix, "total := uint64(0)", "total := uint64(0)\n\tgo func() { select {} }()", 1),
		"races": strings.NewReplacer("sum := uint64(0)", "sum := uint64(0)\n\t\t\tcalls++", "const pieces", "calls := 0\n\tconst pieces",
			"total := uint64(0)", "_ = calls\n\ttotal := uint64(0)").Replace(parallelMix),
	}
}

// tiny is a check of a solution of the kata "tiny".
func tiny(solution string) Request {
	file := func(src string) map[string][]byte { return map[string][]byte{"tiny.go": []byte(src)} }
	return Request{
		Spec: spec.Spec{Kata: "tiny", Package: "tiny", Kind: spec.Parallel, Compare: spec.Equal,
			Limits: spec.Limits{Speedup: 0.8, Inflation: 1.8}},
		Solution:  file(solution),
		Hidden:    map[string][]byte{"hidden.go": []byte(tinyHidden)},
		Reference: file(parallelMix),
		Starter:   file("package tiny\n\n// Mix adds up chaos of n numbers behind seed.\nfunc Mix(seed uint64, n int) uint64 { return 0 }\n"),
	}
}

// checked checks a solution and holds that nothing is left behind.
func checked(t *testing.T, name string) report.Report {
	t.Helper()
	rep, err := Check(t.Context(), tiny(solutions()[name]))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	nothingLeft(t)
	return rep
}

// nothingLeft holds that no temporary folder of this process and no process
// that runs one of the cache's programs, or works in such a folder, is there.
func nothingLeft(t *testing.T) {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(os.TempDir(), prefix+strconv.Itoa(os.Getpid())+"-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("on disk: %v, %v", left, err)
	}
	cache := os.Getenv("GOKATA_CACHE")
	if !eventually(func() bool { return len(about(t, cache, os.TempDir())) == 0 }) { // what was killed may take a moment to end
		t.Errorf("still running: %v", about(t, cache, os.TempDir()))
	}
}

// about lists the processes that name one of some folders among their arguments.
func about(t *testing.T, dirs ...string) (all []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		for _, dir := range dirs {
			if err == nil && strings.Contains(string(b), dir) {
				all = append(all, strings.ReplaceAll(string(b), "\x00", " "))
				break
			}
		}
	}
	return all
}

// The two laws hold on the real clock, whatever else the machine does.
func TestParallelCodeNeverFailsAndSerialCodeNeverPasses(t *testing.T) {
	slow(t)
	for name, never := range map[string]verdict.Outcome{"parallel": verdict.Fail, "serial": verdict.Pass} {
		rep := checked(t, name)
		v := rep.Verdict
		if v.Outcome == never || v.Outcome == verdict.Error {
			t.Errorf("%s: %s, %s: %s\n%+v", name, v.Outcome, v.Reason, v.Explanation, v.Witnesses)
		}
		if v.Outcome == verdict.Inconclusive {
			t.Logf("%s: inconclusive, %s, after %d rounds: %s", name, v.Reason, len(rep.Evidence.Rounds), v.Explanation)
		}
		if e := rep.Evidence; e.Ran == 0 || e.Machine.Go == "" || rep.Elapsed <= 0 || e.Machine.P > 1 && (len(e.Rounds) == 0 || len(e.Traces) == 0) {
			t.Errorf("%s: evidence is missing: ran %d, %d rounds, %d traces, %+v", name, e.Ran, len(e.Rounds), len(e.Traces), e.Machine)
		}
		if _, err := json.Marshal(rep.Evidence); err != nil {
			t.Errorf("%s: the evidence cannot be kept: %v", name, err)
		}
	}
}

func TestWhatIsWrongDecidesBeforeAnythingIsMeasured(t *testing.T) {
	slow(t)
	tool, err := build.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		reason verdict.Reason
		line   string // a piece of the line that is named; empty: none need be
	}{
		"forbidden": {verdict.Forbidden, `"os"`},
		"syntax":    {verdict.Build, ":= :="},
		"undefined": {verdict.Build, "chaotic"},
		"signature": {verdict.Build, "more bool"},
		"wrong":     {verdict.WrongAnswer, ""},
		"panics":    {verdict.Panic, "panic("},
		"deadlocks": {verdict.Deadlock, "<-done"},
		"leaks":     {verdict.Leak, "select {}"},
		"races":     {verdict.Race, "calls++"},
	} {
		t.Run(name, func(t *testing.T) {
			if want.reason == verdict.Race && tool.CC == "" {
				skip(t, "no race detector: "+tool.NoCC)
			}
			rep := checked(t, name)
			v := rep.Verdict
			if v.Outcome != verdict.Fail || v.Reason != want.reason {
				t.Fatalf("%s, %s: %s", v.Outcome, v.Reason, v.Explanation)
			}
			if len(rep.Evidence.Rounds) > 0 {
				t.Errorf("%d rounds were measured", len(rep.Evidence.Rounds))
			}
			if want.line == "" {
				return
			}
			lines := strings.Split(solutions()[name], "\n")
			if v.At == nil || v.At.File != "tiny.go" || !strings.Contains(lines[v.At.Line-1], want.line) {
				t.Errorf("at %v, want the line with %q", v.At, want.line)
			}
		})
	}
}

// skip leaves out a test for want of a tool; where every test must run, that
// is a failure.
func skip(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("GOKATA_CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func TestACheckThatIsCancelledLeavesNothing(t *testing.T) {
	slow(t)
	for _, stage := range []string{Building, Correct, Races, Measuring} {
		t.Run(stage, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			r := tiny(parallelMix + "\n// not in the cache when cancelled while " + stage + "\n")
			reached := false
			r.Progress = func(p Progress) {
				if p.Stage == stage && !reached {
					reached = true
					time.AfterFunc(100*time.Millisecond, cancel)
				}
			}
			rep, err := Check(ctx, r)
			nothingLeft(t)
			switch {
			case !reached && stage == Races && rep.Evidence.RaceOff != "":
				skip(t, "no race detector: "+rep.Evidence.RaceOff)
			case !reached && stage == Measuring && rep.Evidence.Machine.P < 2:
				t.Skip("nothing is measured on one CPU")
			case !reached:
				t.Errorf("not reached: %s, %v", rep.Verdict.Reason, err)
			case err != nil && !errors.Is(err, context.Canceled):
				t.Error(err)
			case err == nil && stage != Races && stage != Correct: // those, and all that follows, may be over by then
				t.Errorf("the check went on to %s", rep.Verdict.Outcome)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Check(ended, tiny(parallelMix)); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	nothingLeft(t)
}

func TestAKilledCheckLeavesNoProcessAndTheNextSweepsItsFolder(t *testing.T) {
	slow(t)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), checking+"=spins")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	cache := os.Getenv("GOKATA_CACHE")
	stages := bufio.NewScanner(out)
	for stages.Scan() && stages.Text() != Correct {
	}
	spinning := func() bool { return len(about(t, cache)) > 0 }
	if !eventually(spinning) {
		t.Error("no program of the check ever ran")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for stages.Scan() {
		t.Errorf("it was over before it was killed: %s", stages.Text())
	}
	_ = cmd.Wait() // it was killed
	if !eventually(func() bool { return !spinning() }) {
		t.Errorf("still running: %v", about(t, cache))
	}
	left := filepath.Join(os.TempDir(), prefix+strconv.Itoa(cmd.Process.Pid)+"-*")
	if dirs, err := filepath.Glob(left); err != nil || len(dirs) == 0 {
		t.Errorf("the killed check left no folder to sweep: %v, %v", dirs, err)
	}
	checked(t, "syntax")
	if dirs, err := filepath.Glob(left); err != nil || len(dirs) > 0 {
		t.Errorf("not swept: %v, %v", dirs, err)
	}
}

// eventually waits until a condition holds.
func eventually(holds func() bool) bool {
	for range 3000 {
		if holds() {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}
