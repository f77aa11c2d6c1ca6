package trace

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gokata/checker/evidence"
)

const launch = "testing.(*B).launch"

// launches creates a goroutine that is the workload of a benchmark.
func launches(at, g int64) event {
	return event{kind: create, at: at, by: 7, who: g, to: runnable, start: &start{fn: launch}}
}

func foldRoot(events ...event) (evidence.Trace, error) {
	f := newFold(launch)
	for _, e := range events {
		if err := f.add(e); err != nil {
			return evidence.Trace{}, err
		}
	}
	return f.result()
}

func TestTheLastGoroutineOfItsNameIsTheWorkload(t *testing.T) {
	got, err := foldRoot(
		enter(0), // regions do not count
		launches(10, 2), starts(20, 2), spawn(30, 2, 3), starts(30, 3), ends(90, 3), ends(100, 2),
		leave(105), starts(110, 5),
		launches(200, 4), starts(220, 4), spawn(230, 4, 6), starts(230, 6), ends(240, 6), ends(250, 4), ends(260, 5),
	)
	if err != nil {
		t.Fatal(err)
	}
	if got.Wall != 30 || got.Work != 40 || got.Goroutines != 1 || got.Span != 30 {
		t.Errorf("%+v", got)
	}
	checkLaws(t, got, 2)
}

func TestARootThatDoesNotEndIsAnError(t *testing.T) {
	for want, events := range map[error][]event{
		ErrNoRegion:   {enter(0), leave(10)},
		ErrUnfinished: {launches(10, 2), starts(20, 2), ends(30, 2), launches(40, 3), starts(50, 3)},
	} {
		if _, err := foldRoot(events...); err != want {
			t.Errorf("error %v, want %v", err, want)
		}
	}
	// One that was never started takes nothing from the one before.
	got, err := foldRoot(launches(10, 2), starts(20, 2), ends(30, 2), launches(40, 3))
	if err != nil || got.Wall != 10 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheTimelineIsThatOfTheLastRoot(t *testing.T) {
	line, tr := drawn(t, launch, []event{
		launches(10, 2), on(0, starts(20, 2)), on(1, starts(25, 9)), ends(100, 2), on(0, starts(110, 5)),
		launches(150, 4), preempted(160, 9), on(1, starts(170, 4)), ends(250, 4),
	})
	checkTimeline(t, line, tr, true)
	if len(line.Slices) != 2 || line.Slices[0].Goroutine != 5 && line.Slices[1].Goroutine != 5 {
		t.Errorf("%+v, want that of goroutines 4 and 5", line)
	}
}

const benchmark = `package sum

import (
	"sync"
	"testing"
)

func work(n int) (x uint64) {
	x = 1
	for range n {
		x ^= x << 13
		x ^= x >> 7
	}
	return x
}

func four() {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { work(100_000) })
	}
	wg.Wait()
}

func BenchmarkSerial(b *testing.B) {
	for range b.N {
		work(100_000)
	}
}

func BenchmarkCounted(b *testing.B) {
	for range b.N {
		four()
	}
}

func BenchmarkLoop(b *testing.B) {
	for b.Loop() {
		four()
	}
}
`

func TestATraceOfAGoBenchmark(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs a benchmark, which takes seconds; run without -short")
	}
	gobin, err := exec.LookPath("go")
	if err != nil {
		t.Fatal("no go command, which go test itself needs: ", err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module sum\n\ngo 1.26\n", "sum_test.go": benchmark} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	output := func(name string, args ...string) {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN=local")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	output(gobin, "test", "-c", "-o", "sum.test")
	for name, root := range map[string]string{"Counted": launch, "Loop": "testing.(*B).run1.func1"} {
		output(filepath.Join(dir, "sum.test"), "-test.run=^$", "-test.bench=Serial|"+name, "-test.benchtime=20x", "-test.cpu=2", "-test.trace=out")
		data, err := os.ReadFile(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		var line evidence.Timeline
		tr, err := Analyse(bytes.NewReader(data), Options{Root: root, Timeline: &line,
			Files: func(file string) (string, bool) { return "sum_test.go", strings.HasSuffix(file, "sum_test.go") }})
		if err != nil {
			t.Fatal(err)
		}
		checkLaws(t, tr, 2)
		checkTimeline(t, line, tr, true)
		// The last one is the parallel one: four goroutines each time.
		if tr.Goroutines < 4*20 || tr.Goroutines > 4*20+20 {
			t.Errorf("%s: %d goroutines: %+v", name, tr.Goroutines, tr)
		}
		lines := strings.Split(benchmark, "\n")
		if !slices.ContainsFunc(tr.Path, func(s evidence.Step) bool { return s.At.Line > 0 && strings.Contains(lines[s.At.Line-1], "wg.Go") }) {
			t.Errorf("%s: no goroutine that wg.Go has started is on the path %+v", name, tr.Path)
		}
		if _, err := Analyse(bytes.NewReader(data), Options{}); err != ErrNoRegion {
			t.Errorf("%s without a root: %v, want %v", name, err, ErrNoRegion)
		}
	}
}
