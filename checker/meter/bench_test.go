package meter

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

func TestAResultIsReadAsPackageTestingPrintsIt(t *testing.T) {
	f := func(x float64) *float64 { return &x }
	for line, want := range map[string]benchLine{
		"BenchmarkSerial-2         \t       1\t   1624520 ns/op":                             {n: 1, wall: 1624520},
		"BenchmarkTiny-2   \t1000000000\t         0.2558 ns/op":                              {n: 1_000_000_000, wall: 0.2558},
		"BenchmarkM \t     300\t      4012 ns/op\t      16 B/op\t       1 allocs/op":         {n: 300, wall: 4012, bytes: f(16), allocs: f(1)},
		"BenchmarkSet-8\t 10\t 5.5 ns/op\t 730.1 MB/s\t 3.000 things\t 0 B/op\t 0 allocs/op": {n: 10, wall: 5.5, bytes: f(0), allocs: f(0)},
		"  100\t       21 ns/op":           {n: 100, wall: 21}, // the name stands before what the benchmark printed
		"BenchmarkX-2 \thello 5\t 7 ns/op": {n: 5, wall: 7},
	} {
		got, ok := parseResult(line)
		if !ok {
			t.Errorf("%q: no result", line)
			continue
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(benchLine{})); diff != "" {
			t.Errorf("%q (-want +got):\n%s", line, diff)
		}
	}
	for _, line := range []string{"", "BenchmarkX-2", "PASS", "BenchmarkX-2 \t 5\t 7 things/op", "ns/op", "0\t 5 ns/op", "took 12 ns/op",
		"99999999999999999999\t 1 ns/op", "5\t 1.2.3 ns/op"} {
		if got, ok := parseResult(line); ok {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

// A run with -test.v at GOMAXPROCS=2, as Go 1.26 prints it.
const recordedListing = `goos: linux
goarch: amd64
pkg: example.com/basic
cpu: Some CPU @ 2 GHz
BenchmarkSub
BenchmarkSub/size=1000/x_y
BenchmarkSub/size=1000/x_y-2         	       1	      2103 ns/op
BenchmarkSub/odd-2
BenchmarkSub/odd-2-2                 	       1	      1762 ns/op
BenchmarkPrints
cpu: no label
hello
BenchmarkPrints-2                    	       1	     43905 ns/op
BenchmarkFails
    bad_test.go:18: no such thing
--- FAIL: BenchmarkFails
BenchmarkSkips
    bad_test.go:32: not here
--- SKIP: BenchmarkSkips
=== RUN   BenchmarkOld
BenchmarkOld
BenchmarkOld-2 	 1	 9 ns/op
BenchmarkPanics
BenchmarkPanics/two
about to
`

func TestAListingNamesEveryBenchmarkWithoutItsGOMAXPROCS(t *testing.T) {
	l := parseListing(recordedListing)
	want := []string{"BenchmarkSub/size=1000/x_y", "BenchmarkSub/odd-2", "BenchmarkPrints", "BenchmarkOld"}
	if diff := cmp.Diff(want, l.order); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	if got := l.results["BenchmarkSub/odd-2"].wall; got != 1762 {
		t.Errorf("BenchmarkSub/odd-2: %v ns", got)
	}
	if diff := cmp.Diff(map[string]string{"BenchmarkFails": "    bad_test.go:18: no such thing\n--- FAIL: BenchmarkFails"}, l.failed); diff != "" {
		t.Errorf("failed (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"BenchmarkSkips"}, l.skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	if l.running != "BenchmarkPanics/two" || l.printed != "about to" {
		t.Errorf("running %q, which printed %q", l.running, l.printed)
	}
	if l.labels["pkg"] != "example.com/basic" || l.labels["cpu"] != "Some CPU @ 2 GHz" {
		t.Errorf("labels %v", l.labels)
	}
}

func FuzzListing(f *testing.F) {
	f.Add(recordedListing)
	f.Add("BenchmarkA\nBenchmarkA\t1\t1 ns/op\n--- FAIL: BenchmarkA")
	f.Fuzz(func(t *testing.T, text string) {
		l := parseListing(text)
		if len(l.order) != len(l.results) {
			t.Errorf("%d names, %d results", len(l.order), len(l.results))
		}
		for _, name := range l.order {
			if !strings.HasPrefix(name, "Benchmark") || strings.ContainsAny(name, " \t\n") {
				t.Errorf("name %q", name)
			}
		}
	})
}

func TestThePatternOfABenchmarkMatchesItAlone(t *testing.T) {
	for name, want := range map[string]string{
		"BenchmarkX":           "^BenchmarkX$",
		"BenchmarkX/a(b|c)[d]": `^BenchmarkX$/^a\(b\|c\)\[d\]$`,
		"BenchmarkX/size=1/x":  "^BenchmarkX$/^size=1$/^x$",
	} {
		if got := only(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// run is a process that spent start before, and each for every iteration.
func processOf(n int, start, each time.Duration) iterated {
	spent := start + time.Duration(n+1)*each // package testing tries one first
	return iterated{usage{wall: spent, cpu: spent}, benchLine{n: n, wall: float64(each)}}
}

func TestWhatComesBeforeTheIterationsCancels(t *testing.T) {
	for _, start := range []time.Duration{0, 3 * time.Millisecond, 4 * time.Second} {
		const n, each = 30, time.Millisecond
		s, ok, _ := difference(processOf(2, start, each), processOf(n, start, each), 2, n)
		if !ok || s.Wall != int64(n*each) || s.CPU != int64(n*each) {
			t.Errorf("start %v: %+v, %v", start, s, ok)
		}
		if got := s.Facts[evidence.Outside]; got != float64(n*each) {
			t.Errorf("start %v: outside %v", start, got)
		}
		if got := s.Facts[evidence.Setup]; got != float64(start/2) {
			t.Errorf("start %v: setup %v", start, got)
		}
	}
}

func TestASampleThatCannotBeIsLeftOut(t *testing.T) {
	long, short := processOf(30, time.Second, time.Millisecond), processOf(2, time.Second, time.Millisecond)
	for name, change := range map[string]func(){
		"the longer run spent less":    func() { long.cpu = short.cpu - 1 },
		"more than all CPUs can spend": func() { long.cpu = short.cpu + time.Hour },
		"no wall time":                 func() { long.line.wall = 0 },
	} {
		l, s := long, short
		change()
		if got, ok, _ := difference(short, long, 2, 30); ok {
			t.Errorf("%s: %+v", name, got)
		}
		long, short = l, s
	}
}

func TestTheControlDoesTheSameWorkAtEveryGOMAXPROCS(t *testing.T) {
	c := control{steps: 1 << 20}
	for _, p := range []int{1, 2, 64} {
		if s, ok := c.run(p); ok && (s.Wall <= 0 || s.CPU < 0) {
			t.Errorf("P=%d: %+v", p, s)
		}
	}
	if _, ok := c.run(1); !ok {
		t.Error("no control at GOMAXPROCS=1")
	}
	if compute(1<<10) == compute(1<<11) {
		t.Error("the work does not depend on its length")
	}
}

func TestOnlyTheMiddleOfLongOutputIsLost(t *testing.T) {
	var e ends
	for i := range 5 {
		_, _ = e.Write([]byte(strings.Repeat(string(rune('a'+i)), endSize)))
	}
	got := e.String()
	if !strings.HasPrefix(got, "aaa") || !strings.HasSuffix(got, "eee") || len(got) > 3*endSize+1 {
		t.Errorf("%d bytes from %q to %q", len(got), got[:3], got[len(got)-3:])
	}
}

// A panic ends the process while package testing goes on: it may have printed a
// result for the benchmark that panicked, and announced the next.
func TestWhoPanickedIsBlamedAndNotWhoCameNext(t *testing.T) {
	const head = "goos: linux\npkg: example.com/theirs\nBenchmarkFine\nBenchmarkFine-2 \t       1\t        12.0 ns/op\nBenchmarkPanics\n"
	const crash = "panic: it has panicked\n\ngoroutine 56 [running]:\nexample.com/theirs.BenchmarkPanics(0xb691d8b6908?)\n\t/work_test.go:46 +0x25\n" +
		"testing.(*B).runN(0xb691d8b6908, 0x1)\n\t/benchmark.go:219 +0x190\ncreated by testing.(*B).run1 in goroutine 1\n\t/benchmark.go:238 +0x90\n"
	for _, c := range []struct{ name, out, stderr, want string }{
		{"as it mostly is", head, crash, "BenchmarkPanics"},
		{"the next was announced", head + "BenchmarkSkips\n", crash, "BenchmarkPanics"},
		{"it has a result", head + "BenchmarkPanics-2 \t       1\t        12.0 ns/op\n", crash, "BenchmarkPanics"},
		{"both", head + "BenchmarkPanics-2 \t       1\t        12.0 ns/op\nBenchmarkSkips\n", crash, "BenchmarkPanics"},
		{"in a part of it", head + "BenchmarkSub/a\nBenchmarkSub/b\nBenchmarkNext\n", strings.ReplaceAll(crash, "BenchmarkPanics(", "BenchmarkSub.func1("), "BenchmarkSub/b"},
		{"in a goroutine of its own", head, strings.ReplaceAll(crash, "BenchmarkPanics(", "work("), "BenchmarkPanics"},
		{"without a stack", head, "exit status 2", "BenchmarkPanics"},
		{"not a benchmark that was announced", head, strings.ReplaceAll(crash, "BenchmarkPanics(", "BenchmarkOther("), "BenchmarkPanics"},
	} {
		l := parseListing(c.out)
		if got := l.ended(c.stderr); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}
