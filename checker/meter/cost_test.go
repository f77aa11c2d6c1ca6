//go:build linux && !race

// Not with -race: the children are links to the test binary, and no limit on
// memory fits the race detector.

package meter

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"gokata/checker/meter/testdata/solution"
	"gokata/checker/probe"
)

// What measuring itself costs, and how far the parent's clocks are from those
// that the child reads around the same run.

// spin is the index of the case that computes for some 10 ms and tells what
// its own clocks read around it; empty of the one that does nothing.
const (
	spin = iota
	empty
)

// costs are the cases of the suite "costs".
func costs() []probe.Case {
	return []probe.Case{
		{Name: "spin", New: func(*rand.Rand) probe.Task {
			var wall time.Duration
			var cpu int64
			return probe.Task{
				Run: func() {
					start, before := time.Now(), ownCPU()
					solution.Burn(6_000_000)
					cpu, wall = ownCPU()-before, time.Since(start)
				},
				Output: func() string { return "" },
				Facts: func() map[string]float64 {
					return map[string]float64{"wall": float64(wall), "cpu": float64(cpu)}
				},
			}
		}},
		does("empty", func() {}),
	}
}

// ownCPU is the CPU time of this process, ns, by getrusage, to the µs: where a
// process has a limit on CPU time, as children have, its own
// CLOCK_PROCESS_CPUTIME_ID is behind by up to a tick (4 ms) while it runs.
func ownCPU() int64 {
	var ru unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &ru); err != nil {
		panic(err) // it takes a bad pointer to fail
	}
	return ru.Utime.Nano() + ru.Stime.Nano()
}

// costly starts a child that serves costs.
func costly(tb testing.TB, procs int) *Child {
	tb.Helper()
	self, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	link := filepath.Join(tb.TempDir(), "costs")
	if err := os.Symlink(self, link); err != nil {
		tb.Fatal(err)
	}
	c, err := Start(tb.Context(), Config{Binary: link, Procs: procs})
	if err != nil {
		c.Close()
		tb.Fatal(err)
	}
	tb.Cleanup(c.Close)
	return c
}

// The parent reads wall outside of what the child reads, on the same clock; the
// CPU clock of another process may be behind by what its threads do just then.
func TestTheParentsClocksEncloseTheChilds(t *testing.T) {
	if testing.Short() {
		t.Skip("runs children; run without -short")
	}
	c := costly(t, 2)
	for range 20 {
		out, err := c.Run(t.Context(), Task{Index: spin}, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		s := out.Sample
		if float64(s.Wall) < s.Facts["wall"] || s.Facts["wall"] <= 0 {
			t.Errorf("wall: the parent read %d ns, less than the child's %.0f", s.Wall, s.Facts["wall"])
		}
		if float64(s.CPU) < 0.95*s.Facts["cpu"] || s.Facts["cpu"] <= 0 {
			t.Errorf("CPU: the parent read %d ns, less than the child's %.0f", s.CPU, s.Facts["cpu"])
		}
	}
}

// BenchmarkHarness reports medians: how far the parent reads above the child
// on runs of some 10 ms, and what a round trip without work costs the child in
// CPU time, all in % of such a run. Each should be below 1.
func BenchmarkHarness(b *testing.B) {
	for _, procs := range []int{1, 2} {
		b.Run(fmt.Sprint("GOMAXPROCS=", procs), func(b *testing.B) {
			c := costly(b, procs)
			var runs, wall, cpu, added []float64
			for b.Loop() {
				busy, err := c.Run(b.Context(), Task{Index: spin}, time.Minute)
				if err != nil {
					b.Fatal(err)
				}
				idle, err := c.Run(b.Context(), Task{Index: empty}, time.Minute)
				if err != nil {
					b.Fatal(err)
				}
				s := busy.Sample
				runs = append(runs, s.Facts["cpu"]/1e6)
				wall = append(wall, 100*(float64(s.Wall)/s.Facts["wall"]-1))
				cpu = append(cpu, 100*(float64(s.CPU)/s.Facts["cpu"]-1))
				added = append(added, 100*float64(idle.Sample.CPU)/s.Facts["cpu"])
			}
			middle := func(xs []float64) float64 { slices.Sort(xs); return xs[len(xs)/2] }
			b.ReportMetric(middle(runs), "run-ms")
			b.ReportMetric(middle(wall), "wall-off-%")
			b.ReportMetric(middle(cpu), "cpu-off-%")
			b.ReportMetric(middle(added), "added-cpu-%")
		})
	}
}
