//go:build !race

// Not with -race: the children are links to the test binary, and no limit on
// memory fits the race detector.

package meter

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gokata/checker/meter/testdata/solution"
	"gokata/checker/probe"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestMain is also the main function of the children: a link to the test
// binary by the name of a suite serves that suite.
func TestMain(m *testing.M) {
	if s, ok := suites()[filepath.Base(os.Args[0])]; ok {
		probe.Main(s)
	}
	goleak.VerifyTestMain(m)
}

// program is the path of a program that serves a suite.
func program(t *testing.T, suite string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), suite)
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// begin starts a child that serves a suite until the test ends.
func begin(t *testing.T, suite string, procs int) *Child {
	t.Helper()
	c, err := Start(t.Context(), Config{Binary: program(t, suite), Procs: procs, Memory: 700 << 20})
	if err != nil {
		c.Close()
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// task is the order for a case of the child's suite.
func (c *Child) task(t *testing.T, name string) Task {
	t.Helper()
	for i, n := range c.info.Cases {
		if n == name {
			return Task{Index: i, Seed: 1}
		}
	}
	t.Fatalf("no case %q", name)
	return Task{}
}

// does is a case that calls a function and answers "done".
func does(name string, f func()) probe.Case {
	return probe.Case{Name: name, New: func(*rand.Rand) probe.Task {
		return probe.Task{Input: name, Run: f, Output: func() string { return "done" }}
	}}
}

// says is a case that answers with a text of its own.
func says(name string, text func(r *rand.Rand) string) probe.Case {
	return probe.Case{Name: name, New: func(r *rand.Rand) probe.Task {
		out := ""
		return probe.Task{Input: name, Run: func() { out = text(r) }, Output: func() string { return out }}
	}}
}

// suites are what children serve, by the name of the program.
func suites() map[string]probe.Suite {
	number := says("number", func(r *rand.Rand) string { return strconv.Itoa(r.IntN(1000)) })
	calls := 0
	return map[string]probe.Suite{
		"failures":  {Cases: failures()},
		"waits":     {Cases: waits()},
		"right":     {Cases: []probe.Case{number, counted()}, Workloads: []probe.Case{burning()}},
		"leaks":     {Cases: []probe.Case{number, leaking()}, Workloads: []probe.Case{burning()}},
		"panics":    {Cases: []probe.Case{does("number", solution.NilMap)}, Workloads: []probe.Case{does("work", solution.NilMap)}},
		"deadlocks": {Cases: []probe.Case{does("number", solution.Deadlock)}},
		"wrong": {Cases: []probe.Case{says("number", func(*rand.Rand) string { return "-1" })},
			Workloads: []probe.Case{says("work", func(*rand.Rand) string { return "-1" })}},
		"panics-in-the-third-run": {Workloads: []probe.Case{does("work", func() {
			if calls++; calls == 3 {
				solution.NilMap()
			}
		})}},
		"keeps":  {Cases: []probe.Case{bounded(7)}},
		"breaks": {Cases: []probe.Case{bounded(6)}},
		"spins":  {Workloads: []probe.Case{spinning()}},
		"leaks-in-the-third-run": {Workloads: []probe.Case{does("work", func() {
			if calls++; calls == 3 {
				solution.Leak(2)
			}
		})}},
		"adds-later": {Cases: []probe.Case{addsLater(), does("works on by a timer", func() {
			time.AfterFunc(10*time.Millisecond, func() { solution.Burn(50_000_000) })
		}), does("rests", func() {})}},
		"done":    {Workloads: []probe.Case{does("work", func() {})}},
		"reports": {Workloads: []probe.Case{says("a", func(*rand.Rand) string { return "12 34" }), says("b", func(*rand.Rand) string { return "5 6" })}},
		"mumbles": {Workloads: []probe.Case{says("a", func(*rand.Rand) string { return "a while" })}},
		"late":    {Cases: []probe.Case{does("late", func() { solution.Late(50_000_000) }), does("punctual", func() {})}},
		"burns":   {Cases: []probe.Case{clocked(1), clocked(3)}},
		"costs":   {Cases: costs()},
	}
}

// failures are cases that do not come to a good end.
func failures() []probe.Case {
	return []probe.Case{
		does("deadlock", solution.Deadlock),
		does("many deadlocked", solution.ManyDeadlocked),
		does("spin", solution.Spin),
		does("panic in goroutine", solution.PanicInGoroutine),
		does("nil map", solution.NilMap),
		does("panic text", solution.PanicText),
		does("map writes", solution.MapWrites),
		does("map writes beside many", solution.MapWritesBesideMany),
		does("overflow", func() { solution.Overflow(0) }),
		does("allocate", func() { solution.Allocate() }),
		does("print", solution.Print),
		does("print and panic", solution.PrintAndPanic),
		does("unlock", solution.Unlock),
	}
}

// wait is longer than it takes to call something a deadlock.
const wait = looksSure*patience + 700*time.Millisecond

// waits are cases that wait long, and end.
func waits() []probe.Case {
	return []probe.Case{
		does("sleep", func() { solution.Sleepers(wait) }),
		does("timer channel", func() { solution.TimerChannel(wait) }),
		does("deadline", func() { solution.Deadline(wait) }),
		does("ticks", func() { solution.Ticks(100, wait/100) }),
	}
}

// counted is a case with facts.
func counted() probe.Case {
	return probe.Case{Name: "counted", Repeat: 2, New: func(*rand.Rand) probe.Task {
		return probe.Task{Run: func() {}, Output: func() string { return "" },
			Facts: func() map[string]float64 { return map[string]float64{"in_flight": 7} }}
	}}
}

// bounded is a case that counts 7 of something of which limit are allowed.
func bounded(limit int) probe.Case {
	return probe.Case{Name: "counted", New: func(*rand.Rand) probe.Task {
		return probe.Task{Run: func() {}, Output: func() string { return "" }, Bounds: func() []probe.Bound {
			return []probe.Bound{probe.AtLeast("meetings", 7, 1, "serial", ""), probe.AtMost("threads", 7, limit, "unbounded", "Fewer.")}
		}}
	}}
}

func leaking() probe.Case {
	return does("counted", func() { solution.Leak(2) })
}

// addsLater has its answer only when it has returned.
func addsLater() probe.Case {
	return probe.Case{Name: "adds later", New: func(*rand.Rand) probe.Task {
		var there atomic.Bool
		return probe.Task{
			Run: func() {
				go func() {
					time.Sleep(20 * time.Millisecond)
					there.Store(true)
				}()
			},
			Output: func() string { return fmt.Sprint(there.Load()) },
		}
	}}
}

// burning is a workload that computes for some milliseconds and tells its process.
func burning() probe.Case {
	return probe.Case{Name: "work", New: func(r *rand.Rand) probe.Task {
		n, out := 1_000_000+r.IntN(1000), uint64(0)
		return probe.Task{
			Run:    func() { out = solution.Burn(n) },
			Output: func() string { return fmt.Sprint(out) },
			Facts:  func() map[string]float64 { return map[string]float64{"pid": float64(os.Getpid())} },
		}
	}}
}

// clocked burns in some goroutines at once, and tells what getrusage says of it.
func clocked(goroutines int) probe.Case {
	return probe.Case{Name: fmt.Sprint("burn in ", goroutines), New: func(*rand.Rand) probe.Task {
		var before, after syscall.Rusage
		return probe.Task{
			Run: func() {
				_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before)
				done := make(chan uint64)
				for range goroutines {
					go func() { done <- solution.Burn(20_000_000) }()
				}
				for range goroutines {
					<-done
				}
				_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
			},
			Output: func() string { return "" },
			Facts: func() map[string]float64 {
				used := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
				return map[string]float64{"cpu": float64(used)}
			},
		}
	}}
}

// gone says whether a process has ended; one that init is to reap has.
func gone(pid int) bool {
	for range 5000 {
		b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		if err != nil || strings.Contains(string(b), ") Z ") {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

// run runs a case for at most limit.
func (c *Child) run(t *testing.T, ctx context.Context, name string, limit time.Duration) (Outcome, error) {
	t.Helper()
	return c.Run(ctx, c.task(t, name), limit)
}
