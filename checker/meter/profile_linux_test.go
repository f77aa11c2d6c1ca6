//go:build !race

package meter

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/meter/testdata/solution"
	"gokata/checker/probe"
	"gokata/checker/trace"
)

// spinning is a workload that computes in two goroutines for long enough to be
// sampled by a coarse timer.
func spinning() probe.Case {
	return probe.Case{Name: "spin", New: func(*rand.Rand) probe.Task {
		out := make([]uint64, 2)
		return probe.Task{
			Run: func() {
				var wg sync.WaitGroup
				for i := range out {
					wg.Go(func() { out[i] = solution.Burn(100_000_000) })
				}
				wg.Wait()
			},
			Output: func() string { return fmt.Sprint(out) },
		}
	}}
}

func TestProfileFindsTheLoopThatBurns(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program for a while; run without -short")
	}
	t.Parallel()
	var got evidence.Trace
	n := 0
	p := Programs{You: program(t, "spins"), Ref: program(t, "spins")}
	wrong, err := p.Profile(t.Context(), evidence.You, 2, 1, func(raw []byte, out Outcome) (err error) {
		if n++; out.Sample.CPU <= 0 {
			t.Errorf("%d ns of CPU time", out.Sample.CPU)
		}
		got, err = trace.Analyse(bytes.NewReader(raw), trace.Options{})
		return err
	})
	if wrong != nil || err != nil || n != 1 {
		t.Fatalf("%d traces, %+v, %v", n, wrong, err)
	}
	src, err := os.ReadFile("testdata/solution/solution.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(src), "\n")
	first := 0
	for i, l := range lines {
		if strings.HasPrefix(l, "func Burn(") {
			first = i + 1
		}
	}
	if len(got.Hot) == 0 {
		t.Fatalf("no line is hot: %+v", got)
	}
	burnt := 0.0
	for _, h := range got.Hot {
		t.Logf("%s:%d %.2f %s", h.At.File, h.At.Line, h.Share, lines[h.At.Line-1])
		if h.At.File == "solution.go" && first < h.At.Line && h.At.Line <= first+6 {
			burnt += h.Share
		}
	}
	if burnt < 0.9 {
		t.Errorf("%.0f %% of the samples are in the loop that burns: %+v", 100*burnt, got.Hot)
	}
}

func TestProfileTellsWhatWentWrong(t *testing.T) {
	t.Parallel()
	wrong, err := pair(t, "panics").Profile(t.Context(), evidence.You, 2, 1, nil)
	if err != nil || wrong == nil || wrong.Failed != evidence.Panic {
		t.Errorf("%+v, %v", wrong, err)
	}
	stop := errors.New("enough")
	if _, err := pair(t, "done").Profile(t.Context(), evidence.You, 2, 1, func([]byte, Outcome) error { return stop }); err != stop {
		t.Errorf("%v, want %v", err, stop)
	}
}
