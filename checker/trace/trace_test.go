package trace

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	rt "runtime/trace"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	exp "golang.org/x/exp/trace"

	"gokata/checker/evidence"
)

var (
	update = flag.Bool("update", false, "rewrite golden files")
	record = flag.Bool("record", false, "record testdata/forkjoin.trace anew")
)

// recordTrace gives the trace of run at GOMAXPROCS 2, as the child makes it.
func recordTrace(t testing.TB, run func()) []byte {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var out bytes.Buffer
	if err := rt.Start(&out); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		rt.WithRegion(context.Background(), Region, run)
	}()
	<-done
	rt.Stop()
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		// What the runtime wrote explains the failure, and comes once: keep it.
		f, err := os.CreateTemp("", "gokata-failed-*.trace")
		if err != nil {
			t.Log(err)
			return
		}
		defer f.Close()
		if _, err := f.Write(out.Bytes()); err != nil {
			t.Log(err)
		}
		t.Logf("the trace is kept in %s", f.Name())
	})
	return out.Bytes()
}

// thisFile passes this test off as the learner's file.
func thisFile(file string) (string, bool) {
	return "solution.go", strings.HasSuffix(file, "trace_test.go")
}

func analyse(t testing.TB, data []byte) evidence.Trace {
	t.Helper()
	var line evidence.Timeline
	tr, err := Analyse(bytes.NewReader(data), Options{Files: thisFile, Timeline: &line})
	if err != nil {
		t.Fatal(err)
	}
	checkTimeline(t, line, tr, true)
	return tr
}

// spin keeps a CPU busy for about d.
func spin(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

// expect traces a program until one trace shows what it should, and checks the
// laws on each. One trace may well not show it: a goroutine whose thread lost
// the CPU counts as running, and a receive that finds its value or a lock that
// is free leaves no event. The checker, too, takes the best of several.
func expect(t *testing.T, run func(), shows func(evidence.Trace) bool) evidence.Trace {
	t.Helper()
	const tries = 20
	var tr evidence.Trace
	for range tries {
		tr = analyse(t, recordTrace(t, run))
		checkLaws(t, tr, 2)
		if shows(tr) {
			return tr
		}
	}
	t.Fatalf("none of %d traces shows it; the last: %+v", tries, tr)
	return tr
}

func parallelism(tr evidence.Trace) float64 { return float64(tr.Work) / float64(tr.Span) }

func TestSerialCodeNeverOverlaps(t *testing.T) {
	tr := analyse(t, recordTrace(t, func() { spin(5 * time.Millisecond) }))
	checkLaws(t, tr, 2)
	if tr.Overlap != 0 || tr.Span != tr.Work || tr.Goroutines != 0 {
		t.Errorf("want overlap 0, span = work, no goroutines: %+v", tr)
	}
}

func TestAwaitingEachGoroutineIsSerial(t *testing.T) {
	expect(t, func() {
		for range 4 {
			done := make(chan bool)
			go func() {
				spin(time.Millisecond)
				close(done)
			}()
			<-done
		}
	}, func(tr evidence.Trace) bool {
		return tr.Goroutines == 4 && tr.Overlap < 0.1 && parallelism(tr) < 1.1
	})
}

func TestWorkUnderALockHasNoParallelism(t *testing.T) {
	unlocks := func(s evidence.Step) bool {
		// The call is deferred: the compiler puts it at the end of the function.
		return s.How == byWake && sourceLine(t, s.At.Line) == "})"
	}
	tr := expect(t, func() {
		var mu sync.Mutex
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				mu.Lock()
				defer mu.Unlock()
				runtime.Gosched() // the others come to the lock and wait for it
				spin(time.Millisecond)
			})
		}
		wg.Wait()
	}, func(tr evidence.Trace) bool {
		return tr.Overlap < 0.2 && parallelism(tr) < 1.3 && tr.Handovers > 2 && slices.ContainsFunc(tr.Path, unlocks)
	})
	if len(tr.Queued) == 0 {
		t.Fatalf("no goroutine waited for the lock: %+v", tr)
	}
	if q := tr.Queued[0]; q.Reason != "sync" || !strings.Contains(sourceLine(t, q.At.Line), "mu.Lock()") {
		t.Errorf("the longest wait is %+v (%s), want mu.Lock()", q, sourceLine(t, q.At.Line))
	}
	if tr.Waits[waitLock] == 0 || tr.Waits[waitOther] == 0 {
		t.Errorf("waits for the lock and for the goroutines: %v", tr.Waits)
	}
	if tr.LongestAt != nil && !strings.Contains(sourceLine(t, tr.LongestAt.Line), "wg.Go(") {
		t.Errorf("the busiest goroutine was started at %q", sourceLine(t, tr.LongestAt.Line))
	}
	joins := slices.ContainsFunc(tr.Blocked, func(b evidence.Block) bool {
		return strings.Contains(sourceLine(t, b.At.Line), "wg.Wait()")
	})
	if !joins {
		t.Errorf("the wait for the goroutines is not among %+v", tr.Blocked)
	}
}

func TestIndependentGoroutinesHaveParallelism(t *testing.T) {
	expect(t, func() {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { spin(2 * time.Millisecond) })
		}
		wg.Wait()
	}, func(tr evidence.Trace) bool {
		// Work over span does not depend on how many CPUs the machine gives.
		return parallelism(tr) > 1.5
	})
}

func TestCollectionsKeepTheLaws(t *testing.T) {
	var keep [][]byte
	tr := analyse(t, recordTrace(t, func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			for range 2000 {
				keep = append(keep[max(0, len(keep)-100):], make([]byte, 4096))
			}
		})
		runtime.GC()
		wg.Wait()
	}))
	checkLaws(t, tr, 2)
	if tr.Goroutines != 1 {
		t.Errorf("%d goroutines, want 1: the collector's are not the solution's", tr.Goroutines)
	}
	if tr.GC == 0 {
		t.Error("no time went to the collector although it was called")
	}
}

func TestCoroutinesAndTimersAreTheSolutions(t *testing.T) {
	tests := map[string]func(){
		"timer": func() {
			done := make(chan bool)
			time.AfterFunc(time.Millisecond, func() {
				spin(time.Millisecond)
				close(done)
			})
			<-done
		},
		"coroutine": func() {
			next, stop := iter.Pull(func(yield func(int) bool) {
				spin(time.Millisecond)
				yield(1)
			})
			next()
			stop()
		},
	}
	for name, run := range tests {
		t.Run(name, func(t *testing.T) {
			expect(t, run, func(tr evidence.Trace) bool {
				return tr.Goroutines == 1 && tr.Longest > 0.5 && tr.Overlap < 0.1 &&
					tr.Work > int64(time.Millisecond)/2
			})
		})
	}
}

func TestADamagedTraceIsAnError(t *testing.T) {
	data := recordTrace(t, func() { spin(time.Millisecond) })
	for _, cut := range []int{0, 5, 16, 40, len(data) / 2, len(data) - 1} {
		if _, err := Analyse(bytes.NewReader(data[:cut]), Options{}); err == nil {
			t.Errorf("cut to %d of %d bytes: no error", cut, len(data))
		}
	}
	if _, err := Analyse(strings.NewReader("go 1.11 trace\x00\x00\x00\x00"), Options{}); err == nil {
		t.Error("a trace of Go 1.11: no error")
	}
}

func TestATraceWithoutTheRegionIsAnError(t *testing.T) {
	var out bytes.Buffer
	if err := rt.Start(&out); err != nil {
		t.Fatal(err)
	}
	rt.WithRegion(context.Background(), "something else", func() { spin(100 * time.Microsecond) })
	rt.Stop()
	if _, err := Analyse(&out, Options{}); err != ErrNoRegion {
		t.Errorf("error %v, want %v", err, ErrNoRegion)
	}
}

func TestSolutionFileKnowsTheLearnersFiles(t *testing.T) {
	tests := []struct {
		file, name string
		ok         bool
	}{
		{"check/solution/sum.go", "sum.go", true},
		{"/tmp/x/solution/sum.go", "sum.go", true},
		{"solution/sum.go", "sum.go", true},
		{"check/hidden/hidden.go", "", false},
		{"check/resolution/sum.go", "", false},
		{"sync/mutex.go", "", false},
		{"sum.go", "", false},
		{"", "", false},
	}
	for _, tt := range tests {
		name, ok := SolutionFile(tt.file)
		if ok != tt.ok || ok && name != tt.name {
			t.Errorf("SolutionFile(%q) = %q, %v; want %q, %v", tt.file, name, ok, tt.name, tt.ok)
		}
	}
}

// forkJoin is the program behind testdata/forkjoin.trace.
func forkJoin() {
	sums := make(chan int)
	for i := range 4 {
		go func() {
			spin(500 * time.Microsecond)
			sums <- i
		}()
	}
	for range 4 {
		<-sums
	}
}

func recorded(t testing.TB) []byte {
	t.Helper()
	name := filepath.Join("testdata", "forkjoin.trace")
	if *record {
		if err := os.WriteFile(name, recordTrace(t, forkJoin), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestARecordedTraceGivesTheSameFiguresForEver(t *testing.T) {
	tr := analyse(t, recorded(t))
	got, err := json.MarshalIndent(tr, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	name := filepath.Join("testdata", "forkjoin.json")
	if *update || *record {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzAnalyseNeverPanics(f *testing.F) {
	data := recorded(f)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add(data[:16])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		var line evidence.Timeline
		tr, err := Analyse(bytes.NewReader(data), Options{Timeline: &line})
		if err != nil {
			// Not go-cmp: it flips coins, which leads the fuzzer astray.
			if !reflect.DeepEqual(tr, evidence.Trace{}) {
				t.Errorf("an error comes with figures: %+v", tr)
			}
			return
		}
		for _, l := range lawsOfParts(tr) {
			if !l.holds {
				t.Errorf("broken law: %s in %+v", l.text, tr)
			}
		}
		if tr.Span > tr.Work || tr.Busy > tr.Wall || tr.Overlap < 0 || tr.Overlap > 1 {
			t.Errorf("figures that cannot be: %+v", tr)
		}
		checkTimeline(t, line, tr, false)
	})
}

func BenchmarkAnalyse(b *testing.B) {
	data := recordTrace(b, func() {
		messages := make(chan int)
		go func() {
			defer close(messages)
			for i := range 10_000 {
				messages <- i
			}
		}()
		for range messages {
		}
	})
	var line evidence.Timeline
	for name, opt := range map[string]Options{
		"figures": {Files: thisFile}, "with timeline": {Files: thisFile, Timeline: &line},
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Analyse(bytes.NewReader(data), opt); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(countEvents(b, data)), "ns/event")
		})
	}
}

// countEvents says how many events the reader gives of a trace.
func countEvents(t testing.TB, data []byte) (n int) {
	t.Helper()
	r, err := exp.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := r.ReadEvent(); err == io.EOF {
			return n
		} else if err != nil {
			t.Fatal(err)
		}
		n++
	}
}

// sourceLine gives a line of this file.
func sourceLine(t *testing.T, line int) string {
	t.Helper()
	data, err := os.ReadFile("trace_test.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
}
