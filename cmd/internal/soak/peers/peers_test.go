package peers

import (
	"os/exec"
	"strings"
	"testing"
	"time"

	"gokata/checker/build"
	"gokata/katas"
)

const printed = `goos: linux
pkg: check
BenchmarkWorkload   	      37	   8206441 ns/op
BenchmarkWorkload   	      36	   8.306441e+06 ns/op	 12 B/op
BenchmarkWorkload-2 	      72	   4106441 ns/op
BenchmarkWorkload-16	      72	   4106441 ns/op
BenchmarkOdd        	      72	   no ns/op
PASS
`

func TestTimesAreReadByGOMAXPROCS(t *testing.T) {
	one, two := Times(printed)
	if len(one) != 2 || one[0] != 8206441 || one[1] != 8306441 || len(two) != 1 || two[0] != 4106441 {
		t.Errorf("%v, %v", one, two)
	}
}

func FuzzTimes(f *testing.F) {
	f.Add(printed)
	f.Fuzz(func(t *testing.T, text string) {
		one, two := Times(text)
		for _, ns := range append(one, two...) {
			if !(ns > 0) {
				t.Errorf("%g ns in %q", ns, text)
			}
		}
	})
}

func TestThePublicWayJudgesByTheMedian(t *testing.T) {
	lines := func(one, two string) string {
		return strings.Repeat("BenchmarkWorkload 1 "+one+" ns/op\n", 2) + "BenchmarkWorkload 1 1000 ns/op\n" + strings.Repeat("BenchmarkWorkload 1 "+one+" ns/op\n", 2) +
			strings.Repeat("BenchmarkWorkload-2 1 "+two+" ns/op\n", 5)
	}
	for _, c := range []struct {
		name, text string
		failed     bool
		pass       bool
		ratio      float64
	}{
		{"enough", lines("30", "20"), false, true, 1.5},
		{"not enough", lines("29", "20"), false, false, 1.45},
		{"a run too few", "BenchmarkWorkload 1 30 ns/op\nBenchmarkWorkload-2 1 20 ns/op\n", false, false, 0},
		{"a benchmark that fails", lines("30", "20") + "FAIL", true, false, 0},
	} {
		said, ratio := output{c.text, c.failed}.ratio()
		if said.Pass != c.pass || ratio != c.ratio || said.Pass == (said.Note != "") {
			t.Errorf("%s: %+v, %g", c.name, said, ratio)
		}
	}
}

func TestAFailureIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"panic: test timed out after 1m0s\n": "does not end",
		"FAIL check/solution [build failed]": "does not build",
		"WARNING: DATA RACE\n--- FAIL":       "race",
		"--- FAIL: TestSum":                  "fails",
	} {
		if got := (output{text, true}).verdict(); got.Pass || got.Note != want {
			t.Errorf("%q: %+v, want %s", text, got, want)
		}
	}
}

// The module around real katas builds, and its tests say what must always hold:
// the reference passes them, with and without the race detector, and what
// answers wrongly does not. How fast they are is not asserted.
func TestTheModuleOfAKataRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with the go command, which takes seconds; run without -short")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Fatal("no go command, which go test itself needs")
	}
	tool, err := build.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	k, err := katas.Load("parallel-sum")
	if err != nil {
		t.Fatal(err)
	}
	files := func(v katas.Variant) map[string][]byte {
		t.Helper()
		f, err := k.Files(v)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	tests := files(katas.Starter)
	for name := range tests {
		if !strings.HasSuffix(name, "_test.go") {
			delete(tests, name)
		}
	}
	r := Runner{Go: tool, Dir: t.TempDir(), BenchTime: time.Millisecond, Limit: time.Minute}
	for v, right := range map[katas.Variant]bool{katas.Solution: true, katas.WrongVariant("procs-chunks"): false} {
		res, err := r.Try(t.Context(), Solution{Files: files(v), Tests: tests, Hidden: files(katas.Hidden)})
		if err != nil {
			t.Fatal(err)
		}
		if res.Test.Pass != right || res.Ratio <= 0 {
			t.Errorf("%s: %+v", v, res)
		}
		if tool.CC != "" && res.Race.Pass != right {
			t.Errorf("%s with -race: %+v", v, res.Race)
		}
	}
}
